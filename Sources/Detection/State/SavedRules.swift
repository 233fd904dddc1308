// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Writes which rule is meant: its key the first time, its place from then on.
package struct SavedRules {
    private let rules: RuleSet
    private var places: [Int: Int] = [:]

    /// Names rules of a set.
    package init(rules: RuleSet) { self.rules = rules }

    /// Writes a rule's key or place.
    package mutating func write(_ rule: Int, to writer: inout StateWriter) {
        if let place = places[rule] { return writer.write(place) }
        places[rule] = places.count
        writer.write(places.count - 1)
        writer.write(rules.fingerprint(ofRule: rule))
    }
}

/// Reads what `SavedRules` wrote, and finds the rule in the set of this run.
package struct RestoredRules {
    private let rules: RuleSet
    /// The numbers of the rules that may be meant, by identifier.
    private var candidates: [String: [Int]] = [:]
    private var found: [(number: Int?, identifier: String)] = []

    /// Looks among some rules of a set.
    package init(rules: RuleSet, among numbers: some Sequence<Int>) {
        self.rules = rules
        for number in numbers { candidates[rules.rules[number].metadata.identifier, default: []].append(number) }
    }

    /// The number of a rule in this run, nil when it is gone or looks for something else; and what it is called.
    package mutating func read(
        from reader: inout StateReader
    ) throws(StateError) -> (number: Int?, identifier: String) {
        let place = try reader.readInt(in: 0..<found.count + 1)
        if place < found.count { return found[place] }
        let key = try reader.readFingerprint()
        var number: Int?
        // Each is meant once: of rules that are alike in all, the first that is free.
        if let index = candidates[key.identifier]?.firstIndex(where: { rules.fingerprint(ofRule: $0) == key }) {
            number = candidates[key.identifier]?.remove(at: index)
        }
        found.append((number, key.identifier))
        return (number, key.identifier)
    }
}

extension StateWriter {
    package mutating func write(_ key: RuleFingerprint) {
        write(key.identifier)
        write(key.digest)
    }

    package mutating func write(_ digest: SipHash.Digest) {
        write(fixed: digest.low)
        write(fixed: digest.high)
    }
}

extension StateReader {
    package mutating func readFingerprint() throws(StateError) -> RuleFingerprint {
        let identifier = try readString()
        return RuleFingerprint(identifier: identifier, digest: try readDigest())
    }

    package mutating func readDigest() throws(StateError) -> SipHash.Digest {
        let low = try readFixed()
        return SipHash.Digest(low: low, high: try readFixed())
    }
}
