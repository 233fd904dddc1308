// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

@testable import Linting

@Suite(.enabled(if: Seeds.root != nil, Comment(rawValue: Seeds.absent)))
struct SeedLintTests {
    private static func findings(_ name: String, python: PythonInspector? = PythonInspector()) throws -> [Diagnostic] {
        let document = StrategyDocument(parsing: try Seeds.bytes(name), path: name)
        return StrategyLint(attack: PinnedAttack(), python: python, today: "2026-01-01").check(
            LintSubject(document: document))
    }

    private static func lines(_ code: StrategyFindingCode, _ findings: [Diagnostic]) -> [Int] {
        findings.filter { $0.code == code.rawValue }.map(\.location.line)
    }

    @Test(.enabled(if: PythonInspector() != nil, "there is no python3 here"))
    func `two of the four steps of the Python document emulate nothing, and lint says why`() throws {
        let findings = try Self.findings(Seeds.python)
        #expect(Self.lines(.moduleWithoutMain, findings) == [67])
        #expect(Self.lines(.pythonUndefinedName, findings) == [80])
        #expect(findings.contains { $0.message.contains("'os'") })
        #expect(Self.lines(.titleGeneric, findings) == [1])
        #expect(Self.lines(.priorityUnconditional, findings).count == 1)
        #expect(Self.lines(.falsePositiveVague, findings).count == 3)
        #expect(Self.lines(.blindSpotUnproven, findings).count == 3)
        #expect(Self.lines(.assumptionUnprobed, findings).count == 2)
        #expect(Self.lines(.responseGeneric, findings).count == 4)
        #expect(Self.lines(.resourcesWithoutLink, findings).count == 1)
        #expect(Self.lines(.stepWithoutCommand, findings).isEmpty)
        #expect(Self.lines(.sectionMissing, findings).isEmpty)
    }

    @Test func `the container document asks for AutoIt where containers run, and lint says so`() throws {
        let findings = try Self.findings(Seeds.containers, python: nil)
        #expect(Self.lines(.stepPlatform, findings).count == 1)
        #expect(Self.lines(.stepWithoutCommand, findings).count == 3)
        #expect(Self.lines(.stepPlaceholder, findings).count == 2)
        #expect(Self.lines(.wrongArgument, findings).count == 2)
        #expect(Self.lines(.platformUntested, findings).count == 2)
        #expect(Self.lines(.titleGeneric, findings).isEmpty)
        #expect(Self.lines(.responseGeneric, findings).count == 4)
        #expect(Self.lines(.priorityUnconditional, findings).count == 1)
    }

    @Test(arguments: [Seeds.python, Seeds.containers])
    func `both are found in a folder and fail`(name: String) throws {
        let targets = try LintTargets(paths: [try #require(Seeds.root)])
        #expect(targets.documents.contains { $0.path.hasSuffix(name) })
        #expect(try Self.findings(name).contains { $0.severity == .error })
    }

    @Test(.enabled(if: PythonInspector() != nil, "there is no python3 here"))
    func `the page about the two documents is what lint says today`() throws {
        let page = SeedPage.render([
            ("Adversarial Python execution", try Self.findings(Seeds.python)),
            ("Containers used to slip past monitoring", try Self.findings(Seeds.containers)),
        ])
        let path = Checkout.root + "/docs/explanation/seed-strategies.md"
        if ProcessInfo.processInfo.environment["VEDETTE_REGENERATE"] != nil {
            try Data(page.utf8).write(to: URL(fileURLWithPath: path))
        }
        let present = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        #expect(present == page, "stale: run the tests with VEDETTE_REGENERATE=1")
    }
}
