// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

extension HuntSummary: JSONRepresentable {
    /// The JSON form, with its keys always there and in this order.
    public var json: JSONValue {
        [
            "schema": .string(Self.schema),
            "inputs": [
                "read": .integer(Int64(inputsRead)),
                "skipped": .array(inputsSkipped.map { ["path": .string($0.path), "reason": .string($0.reason)] }),
            ],
            "bytes": Self.count(bytes), "records": Self.count(records), "events": Self.count(events),
            "events_by_logsource": .object(
                eventsByLogsource.sorted { $0.key < $1.key }.map { .init($0.key, Self.count($0.value)) }),
            "problems": .array(problems.map(Self.json)),
            "rules": [
                "loaded": .integer(Int64(rulesLoaded)), "refused": .integer(Int64(rulesRefused)),
                "mute": .array(muteRules.map(Self.json)),
            ],
            "alerts_by_level": .object(
                Level.allCases.reversed().map { .init($0.rawValue, .integer(Int64(alertsByLevel[$0] ?? 0))) }),
            "suppressions": .array(suppressions.map(\.json)),
            "folded_repeats": Self.count(foldedRepeats), "evicted_alerts": Self.count(evictedAlerts),
            "losses": .array(losses.map(\.json)), "duration_seconds": .number(duration),
        ]
    }

    private static func count(_ number: UInt64) -> JSONValue { .integer(Int64(clamping: number)) }

    private static func json(_ problem: Problem) -> JSONValue {
        [
            "kind": .string(problem.kind), "count": count(problem.count),
            "samples": .array(
                problem.samples.map {
                    ["path": .string($0.path), "position": count($0.position), "message": .string($0.message)]
                }),
        ]
    }

    private static func json(_ rule: MuteRule) -> JSONValue {
        [
            "title": .string(rule.title), "id": .text(rule.id), "missing_logsource": .text(rule.missingLogsource),
            "missing_fields": .strings(rule.missingFields),
        ]
    }
}

extension HuntSummary: Decodable {
    private enum CodingKeys: String, CodingKey {
        case inputs, bytes, records, events, problems, rules, suppressions, losses
        case eventsByLogsource = "events_by_logsource"
        case alertsByLevel = "alerts_by_level"
        case foldedRepeats = "folded_repeats"
        case evictedAlerts = "evicted_alerts"
        case duration = "duration_seconds"
    }

    private struct Inputs: Decodable {
        var read: Int
        var skipped: [SkippedInput]
    }

    private struct Rules: Decodable {
        var loaded: Int
        var refused: Int
        var mute: [MuteRule]
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let inputs = try container.decode(Inputs.self, forKey: .inputs)
        (inputsRead, inputsSkipped) = (inputs.read, inputs.skipped)
        bytes = try container.decode(UInt64.self, forKey: .bytes)
        records = try container.decode(UInt64.self, forKey: .records)
        events = try container.decode(UInt64.self, forKey: .events)
        eventsByLogsource = try container.decode([String: UInt64].self, forKey: .eventsByLogsource)
        problems = try container.decode([Problem].self, forKey: .problems)
        let rules = try container.decode(Rules.self, forKey: .rules)
        (rulesLoaded, rulesRefused, muteRules) = (rules.loaded, rules.refused, rules.mute)
        for (name, count) in try container.decode([String: Int].self, forKey: .alertsByLevel) where count > 0 {
            if let level = Level(rawValue: name) { alertsByLevel[level] = count }
        }
        suppressions = try container.decodeIfPresent([SuppressionRecord].self, forKey: .suppressions) ?? []
        foldedRepeats = try container.decode(UInt64.self, forKey: .foldedRepeats)
        evictedAlerts = try container.decode(UInt64.self, forKey: .evictedAlerts)
        losses = try container.decodeIfPresent([HuntLoss].self, forKey: .losses) ?? []
        duration = try container.decode(Double.self, forKey: .duration)
    }
}
