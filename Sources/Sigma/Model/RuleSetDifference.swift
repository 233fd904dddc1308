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
            if let same = candidates.firstIndex(where: { $0.content == one.content }) {
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

    private enum Content: Hashable {
        case rule(Rule)
        case correlation(Correlation)
    }

    private struct Document: Hashable {
        var identifier: String
        var title: String
        var content: Content
    }

    private static func documents(_ set: RuleSet) -> [Document] {
        set.rules.map { rule in
            var plain = rule
            plain.metadata.location = SourceLocation(file: "")
            return Document(
                identifier: rule.metadata.identifier, title: rule.metadata.title, content: .rule(plain))
        }
            + set.correlations.map { resolved in
                var plain = resolved.correlation
                plain.metadata.location = SourceLocation(file: "")
                return Document(
                    identifier: plain.metadata.identifier, title: plain.metadata.title, content: .correlation(plain))
            }
    }
}
