// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What an alert says about its rule.
public struct RuleSummary: Hashable, Sendable {
    /// UUID of the rule.
    public var id: String?
    /// Short title.
    public var title: String
    /// How urgent the rule says a match is; the alert's own level is its priority's.
    public var level: Level
    /// Unique name of the rule.
    public var name: String?
    /// What the rule catches.
    public var description: String?
    /// Where the knowledge comes from.
    public var references: [String]
    /// Known benign causes.
    public var falsePositives: [String]
    /// The rule's tags as written.
    public var tags: [String]
    /// The rule's file as the user named it.
    public var path: String
    /// Line the rule starts at; 0 when unknown.
    public var line: Int

    /// The level of a rule that names none.
    ///
    /// Sigma gives no default; the middle neither hides the alert nor pages anyone.
    public static let defaultLevel = Level.medium

    /// Summarises a rule.
    public init(_ rule: Metadata) {
        id = rule.id
        title = rule.title
        level = rule.level ?? Self.defaultLevel
        name = rule.name
        description = rule.description
        references = rule.references
        falsePositives = rule.falsePositives
        tags = rule.tags
        path = rule.location.file
        line = rule.location.line
    }

    /// What to call the rule by: id, else name, else title.
    public var identifier: String { id ?? name ?? title }
}

extension RuleSummary: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, title, level, name, description, references, tags, path, line
        case falsePositives = "falsepositives"
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "id": .text(id), "title": .string(title), "level": .string(level.rawValue), "name": .text(name),
            "description": .text(description), "references": .strings(references),
            "falsepositives": .strings(falsePositives), "tags": .strings(tags), "path": .string(path),
            "line": .integer(Int64(line)),
        ]
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decodeIfPresent(String.self, forKey: .id)
        title = try container.decode(String.self, forKey: .title)
        let word = try container.decode(String.self, forKey: .level)
        guard let level = Level(rawValue: word) else {
            throw DecodingError.dataCorruptedError(
                forKey: .level, in: container, debugDescription: "unknown level \(word.prefix(40))")
        }
        self.level = level
        name = try container.decodeIfPresent(String.self, forKey: .name)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        references = try container.decode([String].self, forKey: .references)
        falsePositives = try container.decode([String].self, forKey: .falsePositives)
        tags = try container.decode([String].self, forKey: .tags)
        path = try container.decode(String.self, forKey: .path)
        line = try container.decode(Int.self, forKey: .line)
    }
}
