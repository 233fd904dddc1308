// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

@testable import Linting

/// Findings that need the rules, cases and emulations beside a document.
struct FolderLintTests {
    /// The findings about a fresh strategy of which one file was changed, without those about empty sections.
    private static func codes(_ file: String, _ part: String, _ replacement: String) throws -> [String] {
        var codes: [String] = []
        try withFolder { folder in
            let path = try StrategySkeleton(name: "odd-downloads").write(to: folder)
            let name = path + "/" + file
            let before = try String(contentsOfFile: name, encoding: .utf8)
            let after = before.replacing(part, with: replacement)
            try #require(after != before)
            try Data(after.utf8).write(to: URL(fileURLWithPath: name))
            let strategy = try #require(try Strategy(path: path))
            codes = StrategyLint(attack: nil, python: nil, today: "2026-01-01").check(
                LintSubject(LoadedStrategy(strategy))
            )
            .filter { $0.severity != .note && $0.code != "section-empty" }.map(\.code)
        }
        return codes
    }

    @Test(arguments: [
        ("strategy.md", "case: download-by-other-program", "case: nowhere", ["case-unknown"]),
        ("strategy.md", "case: download-by-other-program", "case: download-to-home", ["case-kind"]),
        ("strategy.md", "    case: download-by-other-program\n", "", ["blind-spot-unproven"]),
        (
            "strategy.md", "    statement: Downloads", "    rules: [00000000-aaaa]\n    statement: Downloads",
            ["rule-unknown"]
        ),
        ("strategy.md", "case: download-to-memory", "case: download-to-home", ["case-kind"]),
        ("strategy.md", "    case: download-to-memory\n", "", ["step-unbound"]),
        ("strategy.md", "    case: download-to-memory\n", "    emulation: T1105.yml#x\n", ["emulation-unknown"]),
        ("strategy.md", "fields: [Image, CommandLine]", "fields: [Image]", ["field-without-source"]),
        ("strategy.md", "category: process_creation", "category: file_event", ["rule-without-data"]),
        ("telemetry/cases.yml", "kind: attack", "kind: nothing", ["cases-unreadable"]),
        ("telemetry/cases.yml", "cases:", "items:", ["cases-unreadable"]),
        ("telemetry/cases.yml", "fires: [example]", "fires: [exmple]", ["rule-unknown", "rule-untested"]),
        ("strategy.md", "expect: [example]", "expect: [exmple]", ["rule-unknown"]),
        ("strategy.md", "selection: {User: [www-data", "selection: {User|re: '(', Image: [www-data", ["bad-regex"]),
    ])
    func `what stands beside the document is held against it`(
        file: String, part: String, replacement: String, expected: [String]
    ) throws {
        var found = try Self.codes(file, part, replacement)
        // Cases that cannot be read leave everything that names them open.
        if expected == ["cases-unreadable"] { found.removeAll { ["case-unknown", "rule-untested"].contains($0) } }
        #expect(found.sorted() == expected)
    }

    @Test func `an error in the cases is located`() throws {
        try withFolder { folder in
            let path = try StrategySkeleton(name: "odd-downloads").write(to: folder)
            let file = path + "/telemetry/cases.yml"
            let text = try String(contentsOfFile: file, encoding: .utf8).replacing("kind: benign", with: "kind: x")
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            let subject = LintSubject(LoadedStrategy(try #require(try Strategy(path: path))))
            #expect(subject.diagnostics.map(\.location.file) == [file])
            #expect((subject.diagnostics.first?.location.line ?? 0) > 5)
        }
    }

    @Test func `strategies, documents and rules are told apart below a folder`() throws {
        try withFolder { folder in
            _ = try StrategySkeleton(name: "one").write(to: folder + "/deep")
            for (name, text) in [
                ("ads.txt", LintTests.clean), ("readme.md", "# Readme\n## Goal\n"), ("rule.yml", "title: x\n"),
                (".hidden.md", LintTests.clean),
            ] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            let targets = try LintTargets(paths: [folder + "/"])
            #expect(targets.strategies.map(\.id) == ["one"])
            #expect(targets.documents.map(\.path) == [folder + "/ads.txt"])
            #expect(targets.ruleFiles == [folder + "/rule.yml"])
            #expect(try LintTargets(paths: [folder + "/readme.md"]).documents.count == 1)
            #expect(try LintTargets(paths: [folder + "/deep/one/strategy.md"]).strategies.map(\.id) == ["one"])
            #expect(throws: StrategyError.self) { try LintTargets(paths: [folder + "/nowhere"]) }
        }
    }
}
