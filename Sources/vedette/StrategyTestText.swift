// SPDX-License-Identifier: Apache-2.0

import Foundation
import Proving
import Sigma
import Strategies

/// The results of one strategy for a person.
struct StrategyTestText {
    let text: String

    init(_ report: StrategyTestReport, isVerbose: Bool) {
        var lines = ["\(report.strategy): \(report.passed ? "proof level 2" : "below proof level 2")"]
        for diagnostic in report.refusedRules {
            lines.append("  refused  \(diagnostic.location): \(diagnostic.message)")
        }
        let width = report.cases.map(\.name.count).max() ?? 0
        for one in report.cases where isVerbose || !one.passed {
            let name = one.name.padding(toLength: width, withPad: " ", startingAt: 0)
            let kind = one.kind.rawValue.padding(toLength: 6, withPad: " ", startingAt: 0)
            lines.append("  \(one.passed ? "ok    " : "FAILED")  \(kind)  \(name)  \(one.events) events")
            lines += one.failures.map { "          \($0)" }
        }
        for rule in report.rules where !rule.passed {
            let missing = [rule.firing.isEmpty ? "a firing case" : nil, rule.silent.isEmpty ? "a silent case" : nil]
            lines.append(
                "  FAILED  rule    \(rule.title) (\(rule.id)): lacks \(missing.compactMap { $0 }.joined(separator: " and "))"
            )
        }
        for one in report.suppressions where !one.passed {
            lines.append("  FAILED  suppression  \(one.id)")
            lines += one.failures.map { "          \($0)" }
        }
        let counts = CaseKind.allCases.map { kind in "\(report.cases.count { $0.kind == kind }) \(kind.rawValue)" }
        lines.append(
            "  \(report.cases.count.counted("case")) (\(counts.joined(separator: ", "))), "
                + "\(report.rules.count.counted("rule")), \(report.failedCount) failed"
        )
        text = lines.joined(separator: "\n")
    }
}
