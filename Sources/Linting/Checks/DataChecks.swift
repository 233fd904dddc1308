// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma
import Strategies

/// Does declared telemetry give what the rules ask for.
enum DataChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        let data = document.blocks.data
        guard !data.isEmpty else {
            return findings.add(
                .dataUndeclared, "no block declares which events and fields the strategy needs",
                at: document.place(of: .strategyAbstract))
        }
        for rule in subject.rules.rules {
            let own = data.filter { covers($0.logsource, rule.logsource) }
            guard !own.isEmpty else {
                findings.add(
                    .ruleWithoutData, "no declared data has the log source of the rule '\(rule.metadata.title)'",
                    at: rule.metadata.location)
                continue
            }
            let given = Set(own.flatMap(\.fields))
            var missing: [String] = []
            for field in fields(of: rule) where !given.contains(field.name) && !missing.contains(field.name) {
                missing.append(field.name)
                findings.add(
                    .fieldWithoutSource,
                    "the rule asks for '\(field.name)', which the data '\(own.map(\.id).joined(separator: "', '"))' "
                        + "does not declare" + NearestName.hint(for: field.name, among: given), at: field.location)
            }
        }
    }

    /// Whether a requirement speaks of the events a rule looks at: nothing both name differs, and something agrees.
    static func covers(_ data: RuleLogSource, _ rule: RuleLogSource) -> Bool {
        func agrees(_ a: String?, _ b: String?) -> Bool { a == nil || b == nil || a == b }
        return agrees(data.category, rule.category) && agrees(data.product, rule.product)
            && agrees(data.service, rule.service)
    }

    static func fields(of rule: Rule) -> [(name: String, location: SourceLocation)] {
        rule.detection.searches.flatMap { fields(of: $0.search) }
    }

    private static func fields(of search: Search) -> [(name: String, location: SourceLocation)] {
        switch search {
        case .all(let parts), .any(let parts): parts.flatMap(fields(of:))
        case .item(let item): item.field.map { [($0, item.location)] } ?? []
        }
    }
}
