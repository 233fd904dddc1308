// SPDX-License-Identifier: Apache-2.0
import Events

/// Whom an alert is about: matches of one rule on one entity become one alert.
public struct Entity: Hashable, Sendable {
    /// What kind of thing it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// A program run by a user on a host, in a container if there is one.
        case process
        /// A container, or the image it is made of.
        case container
        /// An account on a host.
        case user
        /// A network address, where the record names nothing closer.
        case address
        /// A host; also when the record names nothing at all.
        case host
        /// Who asked the Kubernetes API for what.
        case kubernetes
        /// The group-by values of a correlation.
        case group
        /// Everyone the rule held for, where alerts fold by rule alone.
        case all
    }

    /// What kind of thing it is.
    public var kind: Kind
    /// Its parts on one line, for people: container ids short, absent parts left out.
    public var id: String
    /// Its parts in full.
    public var fields: NamedValues

    /// The longest part kept; longer ones are cut and carry a hash of the whole.
    static let longestPart = 512

    /// An entity of named parts.
    public init(kind: Kind, parts: [(name: String, value: String)]) {
        self.kind = kind
        fields = NamedValues(
            parts.map { ($0.name, Bounded.identity(Array($0.value.utf8).span, limit: Self.longestPart)) })
        let shown = fields.entries.compactMap { entry in
            entry.values.first?.scalarText.map { value in
                switch (kind, entry.name) {
                // The parts of other kinds speak for themselves, a group's are any fields.
                case (.group, let name): "\(name)=\(value)"
                case (_, "container"): Self.short(value)
                default: value
                }
            }
        }
        id = shown.isEmpty ? (kind == .all ? "all entities" : "unknown") : shown.joined(separator: " · ")
    }

    /// Everyone: see `Folding.rule`.
    public static let all = Entity(kind: .all, parts: [])

    /// The group of a correlation: its group-by fields and their values.
    public init(group: [(name: String, value: String)]) { self.init(kind: .group, parts: group) }

    /// Container ids are shown the way container tools show them: the first twelve of 64 hexadecimal digits.
    private static func short(_ container: String) -> String {
        container.utf8.count == 64 && container.allSatisfy(\.isHexDigit) ? String(container.prefix(12)) : container
    }
}

extension Entity: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case kind = "type"
        case id, fields
    }

    /// The JSON form.
    public var json: JSONValue { ["type": .string(kind.rawValue), "id": .string(id), "fields": fields.json] }
}

/// An entity as a number, computed without making strings; see `EntitySelector`.
///
/// Keys can be compared when they were made with the same secret.
public struct EntityKey: Hashable, Sendable {
    let hash: UInt64

    init(hash: UInt64) { self.hash = hash }

    /// The key of a correlation's group.
    public init(group: [(name: String, value: String)], secret: Secret = .process) {
        var hash = Entity.Kind.group.seed
        for (name, value) in group {
            hash = secret.hash(Array(name.utf8).span, after: hash)
            hash = secret.hash(Array(value.utf8).span, after: hash)
        }
        self.hash = hash
    }

    /// Everyone: see `Folding.rule`.
    static let all = EntityKey(hash: Entity.Kind.all.seed)
}

extension Entity.Kind {
    /// What the hash of a key begins with, so that the same parts of another kind give another key.
    var seed: UInt64 {
        switch self {
        case .process: 1
        case .container: 2
        case .user: 3
        case .address: 4
        case .host: 5
        case .kubernetes: 6
        case .group: 7
        case .all: 8
        }
    }
}
