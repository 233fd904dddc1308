// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Strategies

extension Alert: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case schema, id, rule, priority, suppressed, strategy, attack, count, entity, why, correlation, source
        case differing, sources, events
        case moreSources = "more_sources"
        case firstSeen = "first_seen"
        case lastSeen = "last_seen"
    }

    /// The JSON form, described by `docs/reference/alert.schema.json`.
    ///
    /// Every key is always there.
    public var json: JSONValue {
        [
            "schema": .string(Self.schema), "id": .string(id), "rule": rule.json, "priority": priority.json,
            "suppressed": suppressed?.json ?? .null, "strategy": strategyJSON ?? .null, "attack": attack.json,
            "count": .integer(Int64(count)),
            "first_seen": .text(firstSeen?.rfc3339), "last_seen": .text(lastSeen?.rfc3339), "entity": entity.json,
            "why": .array(why.map(\.json)), "correlation": correlation?.json ?? .null,
            "source": source?.json ?? .null, "differing": .array(differing.map(\.json)),
            "sources": .array(sources.map(\.json)), "more_sources": .integer(Int64(moreSources)),
            "events": .array(events.map(\.json)),
        ]
    }

    /// The strategy with its guidance.
    public var strategyJSON: JSONValue? {
        guard let strategy, case .object(let members) = strategy.json else { return nil }
        return .object(members + guidance.members)
    }

    /// Reads the JSON form; refuses other schemas.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try container.decode(String.self, forKey: .schema)
        guard schema == Self.schema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: container,
                debugDescription: "this is \(schema.prefix(40)), not \(Self.schema)")
        }
        id = try container.decode(String.self, forKey: .id)
        rule = try container.decode(RuleSummary.self, forKey: .rule)
        priority =
            try container.decodeIfPresent(AlertPriority.self, forKey: .priority) ?? AlertPriority(rule: rule.level)
        suppressed = try container.decodeIfPresent(Suppression.Agreement.self, forKey: .suppressed)
        guidance = try container.decodeIfPresent(Guidance.self, forKey: .strategy) ?? Guidance()
        strategy = try container.decodeIfPresent(StrategyReference.self, forKey: .strategy)
        attack = try container.decode(AttackMapping.self, forKey: .attack)
        count = try container.decode(Int.self, forKey: .count)
        firstSeen = try container.decodeIfPresent(Timestamp.self, forKey: .firstSeen)
        lastSeen = try container.decodeIfPresent(Timestamp.self, forKey: .lastSeen)
        entity = try container.decode(Entity.self, forKey: .entity)
        why = try container.decode([Explanation].self, forKey: .why)
        correlation = try container.decodeIfPresent(CorrelationDetail.self, forKey: .correlation)
        source = try container.decodeIfPresent(Source.self, forKey: .source)
        differing = try container.decodeIfPresent([DifferingField].self, forKey: .differing) ?? []
        sources = try container.decodeIfPresent([AlertSource].self, forKey: .sources) ?? []
        moreSources = try container.decodeIfPresent(Int.self, forKey: .moreSources) ?? 0
        events = try container.decode([EventSnapshot].self, forKey: .events)
    }
}
