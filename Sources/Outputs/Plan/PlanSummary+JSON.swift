// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma

extension PlanSummary {
    /// The JSON form; rules are named by id and title.
    public func json(rules: RuleSet) -> JSONValue {
        func named(_ numbers: [Int]) -> JSONValue {
            .array(
                numbers.map { number in
                    let metadata = rules.rules[number].metadata
                    return .compact([
                        "id": metadata.id.map(JSONValue.string), "title": .string(metadata.title),
                    ])
                })
        }
        return [
            "rules": count(self.rules), "refused_rules": count(refusedRules), "predicates": count(predicates),
            "shared_predicates": count(sharedPredicates), "predicate_uses": count(predicateUses), "steps": count(steps),
            "regexes": count(regexes), "gated_regexes": count(gatedRegexes),
            "tests": .array(
                tests.map { test in
                    ["kind": .string(test.kind), "indexed": .boolean(test.isIndexed), "count": count(test.count)]
                }),
            "routes": .array(routes.map(\.json)), "unconditional_rules": named(unconditionalRules),
            "rules_woken_by_presence": named(rulesWokenByPresence),
        ]
    }
}

extension PlanSummary.RouteSummary {
    fileprivate var json: JSONValue {
        .compact([
            "product": source.product.map(JSONValue.string), "category": source.category.map(JSONValue.string),
            "service": source.service.map(JSONValue.string), "rules": count(rules), "fields": count(fields),
            "literals": count(literals), "keywords": count(keywords), "unconditional": count(unconditional),
            "busiest": busiest.map { ["field": .string($0.field), "literals": count($0.literals)] },
        ])
    }
}

private func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }
