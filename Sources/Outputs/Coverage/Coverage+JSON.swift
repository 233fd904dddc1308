// SPDX-License-Identifier: Apache-2.0
import Alerts
import Attack
import Proving
import Strategies

extension Coverage: JSONRepresentable {
    /// The JSON form, described in `docs/how-to/show-coverage.md`.
    public var json: JSONValue {
        [
            "attack": .string(attackVersion),
            "computed": .string(date),
            "strategies": .array(
                strategies.map { strategy in
                    [
                        "id": .string(strategy.id), "title": .string(strategy.title),
                        "rules": .integer(Int64(strategy.rules.count)), "proof": strategy.proof.json,
                    ]
                }),
            "techniques": .array(techniques.map(\.json)),
            "elements": .array(elements.map(\.json)),
        ]
    }
}

extension ProofState: JSONRepresentable {
    /// The JSON form: level, meaning, date and what keeps it from the next level.
    public var json: JSONValue {
        [
            "level": .integer(Int64(level.rawValue)), "meaning": .string(level.summary), "date": .string(date),
            "obstacles": .strings(obstacles),
        ]
    }
}

extension Coverage.Technique: JSONRepresentable {
    /// The JSON form.
    public var json: JSONValue {
        .compact([
            "id": .string(id), "name": attack == nil ? nil : .string(name),
            "tactics": attack.map { .strings($0.tactics) }, "remark": remark.map(JSONValue.string),
            "proof": proof?.json,
            "rules": .array(
                rows.map { row in
                    [
                        "strategy": .string(row.strategy), "id": .string(row.rule), "title": .string(row.title),
                        "proof": row.proof.json,
                    ]
                }),
            "claimed_without_rule_by": .strings(unmetClaims),
        ])
    }
}

extension Coverage.Element: JSONRepresentable {
    /// The JSON form.
    public var json: JSONValue {
        .compact([
            "strategy": .string(strategy), "technique": .string(technique), "analytic": .string(analytic),
            "element": .string(field), "description": .string(description), "bound": .boolean(isBound),
            "values": values, "learned": learned, "reason": reason,
        ])
    }

    private var values: JSONValue? { if case .values(let values) = binding { .strings(values) } else { nil } }
    private var learned: JSONValue? { if case .learned(let text) = binding { .string(text) } else { nil } }
    private var reason: JSONValue? { if case .unbound(let text) = binding { .string(text) } else { nil } }
}
