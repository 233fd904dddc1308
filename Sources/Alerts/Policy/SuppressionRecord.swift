// SPDX-License-Identifier: Apache-2.0
import Events
import Strategies

/// A suppression of a run: whether it was in force, and what it silenced.
public struct SuppressionRecord: Hashable, Sendable {
    /// Whether a suppression works.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// It silences what it matches.
        case inForce = "in force"
        /// Its day has come; it silences nothing.
        case expired
        /// It would hide an attack, or cannot be understood; it silences nothing.
        case refused
    }

    /// The id of the strategy it belongs to.
    public var strategy: String
    /// What it says of itself.
    public var suppression: Suppression.Agreement
    /// Whether it works.
    public var state: State
    /// Why it was refused; nil in other states.
    public var refusal: String?
    /// How many findings it silenced; one that several silence counts for each.
    public var hits: UInt64 = 0
    /// Time of the earliest event it silenced; nil when none has a time.
    public var firstSeen: Timestamp?
    /// Time of the latest.
    public var lastSeen: Timestamp?
    /// The rules it silenced something of, by id, sorted.
    public var rules: [String] = []

    /// A record without hits.
    public init(strategy: String, suppression: Suppression.Agreement, state: State, refusal: String? = nil) {
        self.strategy = strategy
        self.suppression = suppression
        self.state = state
        self.refusal = refusal
    }

    /// Counts a finding.
    mutating func count(_ rule: String, from first: Timestamp, to last: Timestamp) {
        hits += 1
        if !rules.contains(rule) {
            rules.append(rule)
            rules.sort()
        }
        if first != .unknown { firstSeen = min(firstSeen ?? first, first) }
        if last != .unknown { lastSeen = max(lastSeen ?? last, last) }
    }
}

extension SuppressionRecord: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case strategy, id, owner, reason, expires, state, refusal, hits, rules
        case firstSeen = "first_seen"
        case lastSeen = "last_seen"
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "strategy": .string(strategy), "id": .string(suppression.id), "owner": .text(suppression.owner),
            "reason": .text(suppression.reason), "expires": .text(suppression.expires),
            "state": .string(state.rawValue), "refusal": .text(refusal), "hits": .integer(Int64(clamping: hits)),
            "first_seen": .text(firstSeen?.rfc3339), "last_seen": .text(lastSeen?.rfc3339), "rules": .strings(rules),
        ]
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        strategy = try container.decode(String.self, forKey: .strategy)
        suppression = try Suppression.Agreement(from: decoder)
        let word = try container.decode(String.self, forKey: .state)
        guard let state = State(rawValue: word) else {
            throw DecodingError.dataCorruptedError(
                forKey: .state, in: container, debugDescription: "unknown state \(word.prefix(40))")
        }
        self.state = state
        refusal = try container.decodeIfPresent(String.self, forKey: .refusal)
        hits = try container.decode(UInt64.self, forKey: .hits)
        firstSeen = try container.decodeIfPresent(Timestamp.self, forKey: .firstSeen)
        lastSeen = try container.decodeIfPresent(Timestamp.self, forKey: .lastSeen)
        rules = try container.decode([String].self, forKey: .rules)
    }
}
