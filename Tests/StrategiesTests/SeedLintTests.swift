// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Testing

@testable import Strategies

@Suite(.enabled(if: Seeds.root != nil, Comment(rawValue: Seeds.absent)))
struct SeedLintTests {
    private static func findings(_ name: String, title: String) throws -> [Diagnostic] {
        let document = StrategyDocument(parsing: try Seeds.bytes(name), path: title)
        return StrategyLint(attack: nil, python: PythonInspector(), today: "2026-01-01")
            .check(LintSubject(document: document))
    }

    @Test func `shows`() throws {
        for name in [Seeds.python, Seeds.containers] {
            print(LintReport(findings: try Self.findings(name, title: "seed"), version: "0").text)
        }
    }
}
