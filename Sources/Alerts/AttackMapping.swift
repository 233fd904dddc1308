// SPDX-License-Identifier: Apache-2.0

/// What of MITRE ATT&CK a rule is about, read from its `attack.` tags (Sigma specification 2.1, appendix "Tags").
public struct AttackMapping: Hashable, Sendable {
    /// A technique or sub-technique.
    public struct Technique: Hashable, Sendable {
        /// `T1059` or `T1059.006`.
        public var id: String
        /// Its name, where the caller knows it; tags carry none.
        public var name: String?

        /// Names a technique.
        public init(id: String, name: String? = nil) {
            self.id = id
            self.name = name
        }

        /// The technique a sub-technique belongs to; a technique's own id.
        public var parent: String { id.firstIndex(of: ".").map { String(id[..<$0]) } ?? id }
    }

    /// Short names of tactics in the order of the tags, such as `command-and-control`.
    public var tactics: [String] = []
    /// Techniques in the order of the tags.
    public var techniques: [Technique] = []

    /// Reads tags.
    ///
    /// Tags of other families (`cve.`, `detection.` …), and ATT&CK's groups, software and data sources, are not part of
    /// the mapping; they stay among the rule's tags.
    public init(tags: [String]) {
        for tag in tags {
            guard let dot = tag.firstIndex(of: "."), tag[..<dot].lowercased() == "attack" else { continue }
            let word = String(tag[tag.index(after: dot)...])
            if let tactic = Tactic.named(word) {
                if !tactics.contains(tactic.name) { tactics.append(tactic.name) }
            } else if let id = Self.techniqueID(word), !techniques.contains(where: { $0.id == id }) {
                techniques.append(Technique(id: id))
            }
        }
    }

    /// `t1059.006` to `T1059.006`; nil for what is no technique id (`T` and four digits, `.` and three digits).
    static func techniqueID(_ word: String) -> String? {
        let bytes = Array(word.utf8)
        guard bytes.count == 5 || bytes.count == 9, bytes[0] | 0x20 == UInt8(ascii: "t") else { return nil }
        for (index, byte) in bytes.enumerated().dropFirst() {
            guard index == 5 ? byte == UInt8(ascii: ".") : byte &- UInt8(ascii: "0") < 10 else { return nil }
        }
        return word.uppercased()
    }
}

extension AttackMapping: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["tactics": .strings(tactics), "techniques": .array(techniques.map(\.json))]
    }
}

extension AttackMapping.Technique: JSONRepresentable, Decodable {
    /// The JSON form; `name` only where it is known.
    public var json: JSONValue { .compact(["id": .string(id), "name": name.map(JSONValue.string)]) }
}
