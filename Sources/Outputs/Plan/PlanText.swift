// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// A compiled plan, for people.
public struct PlanText {
    private let summary: PlanSummary
    private let rules: RuleSet
    private let style: TableStyle
    private let most: Int

    /// Prepares the text; lists show at most `most` entries each.
    public init(_ summary: PlanSummary, rules: RuleSet, style: TableStyle, most: Int = 15) {
        self.summary = summary
        self.rules = rules
        self.style = style
        self.most = most
    }

    /// The text, ended by a line feed.
    public var text: String {
        var lines = [
            "\(bold("Rules")): \(summary.rules) compiled, \(summary.refusedRules) refused",
            "\(bold("Predicates")): \(summary.predicates) different, asked \(summary.predicateUses) times; "
                + "\(summary.sharedPredicates) are shared by several rules and answered once for all",
            "\(bold("Steps")) of all conditions: \(summary.steps)",
            "\(bold("Regular expressions")): \(summary.regexes), \(summary.gatedRegexes) of them searched for only behind "
                + "a literal",
            "", bold("TESTS"),
        ]
        for test in summary.tests {
            let way = test.isIndexed ? "one look at the value answers all" : "asked one by one, where still needed"
            lines.append("  \(right(test.count, 7))  \(left(test.kind, 14))  \(way)")
        }
        lines += ["", bold("ROUTES") + " (a rule is looked at only for events of its log source)"]
        lines.append("    rules   fields  literals  keywords  always  log source; field with most literals")
        for route in summary.routes.prefix(most) {
            let busiest = route.busiest.map { "; \($0.field) \($0.literals)" } ?? ""
            lines.append(
                "  \(right(route.rules, 7))  \(right(route.fields, 7))  \(right(route.literals, 8))  "
                    + "\(right(route.keywords, 8))  \(right(route.unconditional, 6))  "
                    + "\(Displayed("\(route.source)\(busiest)"))")
        }
        lines += more(summary.routes.count)
        lines += list("RULES WITHOUT A NECESSARY CONDITION", "evaluated for every event", summary.unconditionalRules)
        lines += list(
            "RULES WOKEN BY THE PRESENCE OF A FIELD", "no literal must be there", summary.rulesWokenByPresence)
        return lines.joined(separator: "\n") + "\n"
    }

    private func list(_ title: String, _ remark: String, _ numbers: [Int]) -> [String] {
        var lines = ["", "\(bold(title)) (\(remark)): \(numbers.count)"]
        lines += numbers.prefix(most).map { "  \(Displayed(rules.rules[$0].metadata.title))" }
        return lines + more(numbers.count)
    }

    private func more(_ count: Int) -> [String] { count > most ? ["  and \(count - most) more"] : [] }

    private func bold(_ text: String) -> String { style.text(Displayed(text), .bold) }

    private func right(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
