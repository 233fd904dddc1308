// SPDX-License-Identifier: Apache-2.0

/// How one rule set differs from another, for telling what a reload changed.
public struct RuleSetDifference: Hashable, Sendable {
    /// Titles of rules and correlations that are new, in their order.
    public var added: [String] = []
    /// Titles of those that are gone.
    public var removed: [String] = []
    /// Titles of those whose content is another under the same id.
    public var changed: [String] = []

    /// Whether nothing differs.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// Compares; where a rule stands in its file does not matter.
    public init(from old: RuleSet, to new: RuleSet) {
        let (before, after) = (Self.documents(old), Self.documents(new))
        var known: [String: [Document]] = [:]
        for one in before { known[one.identifier, default: []].append(one) }
        for one in after {
            guard var candidates = known[one.identifier], !candidates.isEmpty else {
                added.append(one.title)
                continue
            }
            if let same = candidates.firstIndex(of: one) {
                candidates.remove(at: same)
            } else {
                candidates.removeFirst()
                changed.append(one.title)
            }
            known[one.identifier] = candidates
        }
        for one in before {
            guard let left = known[one.identifier], left.contains(one) else { continue }
            known[one.identifier] = left.filter { $0 != one }
            removed.append(one.title)
        }
    }

    /// A document without the places it stands in.
    private struct Document: Hashable {
        var fingerprint: RuleFingerprint
        var metadata: Metadata

        var identifier: String { fingerprint.identifier }
        var title: String { metadata.title }

        init(_ fingerprint: RuleFingerprint, _ metadata: Metadata) {
            self.fingerprint = fingerprint
            self.metadata = metadata
            self.metadata.location = SourceLocation(file: "")
        }
    }

    private static func documents(_ set: RuleSet) -> [Document] {
        set.rules.indices.map { Document(set.fingerprint(ofRule: $0), set.rules[$0].metadata) }
            + zip(set.correlationFingerprints(), set.correlations).map { Document($0, $1.correlation.metadata) }
    }
}
