// SPDX-License-Identifier: Apache-2.0
import Sigma

/// How urgent an alert is, and why.
public struct AlertPriority: Hashable, Sendable {
    /// How urgent it is.
    public var level: Level
    /// Why the level is not simply the rule's; nil when it is.
    public var because: String?
    /// Number of the criterion in the strategy's document, from 1; nil when none held.
    public var criterion: Int?
    /// The rule's own level.
    public var ruleLevel: Level

    /// What an alert says when the strategy names a level for everything no criterion is about.
    public static let defaultReason = "default of the strategy"
    /// The longest reason kept, in bytes.
    public static let longestReason = 1024

    /// The rule's own level.
    public init(rule level: Level) { (self.level, ruleLevel) = (level, level) }

    /// A level with its reason.
    public init(level: Level, because: String, criterion: Int? = nil, ruleLevel: Level) {
        self.level = level
        self.because = Bounded.text(because, limit: Self.longestReason)
        self.criterion = criterion
        self.ruleLevel = ruleLevel
    }
}

extension AlertPriority: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case level, because, criterion
        case ruleLevel = "rule_level"
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "level": .string(level.rawValue), "because": .text(because),
            "criterion": criterion.map { .integer(Int64($0)) } ?? .null, "rule_level": .string(ruleLevel.rawValue),
        ]
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func level(_ key: CodingKeys) throws -> Level {
            let word = try container.decode(String.self, forKey: key)
            guard let level = Level(rawValue: word) else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container, debugDescription: "unknown level \(word.prefix(40))")
            }
            return level
        }
        self.level = try level(.level)
        because = try container.decodeIfPresent(String.self, forKey: .because)
        criterion = try container.decodeIfPresent(Int.self, forKey: .criterion)
        ruleLevel = try level(.ruleLevel)
    }
}
