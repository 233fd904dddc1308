// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

@testable import Linting

/// A folder that is removed with the test.
func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/vedette-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
}

struct ImportTests {
    private static let foreign = """
        # Alerting Strategy: Odd Downloads

        A preamble.

        ## 1. Purpose
        Find  *odd*   bytes.\u{20}\u{20}

        ## MITRE ATT&CK
        - Technique: T1105, T1059.004
        - Tactic: Command and Control
        - Platforms: Linux
        ## Notes of our own
        kept
        ## Testing
        1. **Fetch it:**
           - `curl -o /tmp/x http://127.0.0.1/x`
        2. Run a script `a.py`:
           ```python
           import os
           os.system("id")
           ```
           with `python3 a.py`
        3. Watch.
        ## Severity: High
        T1027 may follow.
        """

    private static func imported(_ text: String) throws -> ImportedStrategy {
        try StrategyImporter.importing(document(text), fallback: "file name")
    }

    @Test func `sections are carried over byte for byte under our headings`() throws {
        let result = try Self.imported(Self.foreign)
        #expect(result.files.name == "odd-downloads")
        let source = document(Self.foreign)
        let copy = StrategyDocument(parsing: try #require(result.files.files["strategy.md"]), path: "strategy.md")
        #expect(copy.diagnostics.isEmpty)
        #expect(copy.title == source.title)
        #expect(
            copy.sections.map(\.heading) == [
                "Goal", "Categorization", "Notes of our own", "Validation", "Severity: High",
            ])
        for (mine, theirs) in zip(copy.sections, source.sections) {
            #expect(copy.bytes[mine.body].starts(with: source.bytes[theirs.body]))
        }
        #expect(String(decoding: copy.bytes, as: UTF8.self).contains("\n\nA preamble.\n\n## Goal\n"))
        #expect(copy.blocks.categorization?.techniques == ["T1105", "T1059.004"])
        #expect(copy.blocks.categorization?.tactics == ["command-and-control"])
        #expect(copy.blocks.categorization?.platforms == ["linux"])
        #expect(result.notes.contains { $0.contains("T1027") })
        #expect(result.notes.contains("the section 'Response' is missing"))
    }

    @Test func `commands of the validation become draft emulations`() throws {
        let files = try Self.imported(Self.foreign).files.files
        let text = String(decoding: try #require(files["emulations/T1105.yml"]), as: UTF8.self)
        let reading = Emulation.read(text, file: "emulations/T1105.yml")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.emulations.map(\.name) == ["Fetch it", "Run a script a.py"])
        #expect(reading.emulations.map(\.executor) == ["sh", "sh"])
        #expect(reading.emulations[0].command?.text == "curl -o /tmp/x http://127.0.0.1/x\n")
        #expect(
            reading.emulations[1].command?.text.contains("import os\nos.system(\"id\")\nEND_OF_STEP\npython3 a.py")
                == true)
        #expect(reading.emulations[1].cleanup?.text == "rm -f -- a.py")
        #expect(text.contains("vedette: {oracle: todo, kind: attack, expect: []}"))
        #expect(reading.emulations[1].isNamed(by: "T1105.yml#run-a-script-a-py"))
    }

    @Test func `what is no strategy is refused, and so is a folder that exists`() throws {
        #expect(throws: StrategyError.self) { try Self.imported("# Shopping list\n- milk\n") }
        try withFolder { folder in
            let files = try Self.imported(Self.foreign)
            let path = try files.write(to: folder)
            #expect(try Strategy(path: path)?.title == "Alerting Strategy: Odd Downloads")
            #expect(throws: StrategyError.self) { try files.write(to: folder) }
        }
    }

    @Test(
        .enabled(if: Seeds.root != nil, Comment(rawValue: Seeds.absent)), arguments: [Seeds.python, Seeds.containers])
    func `the first documents import whole`(name: String) throws {
        let result = try StrategyImporter.read((Seeds.root ?? "") + "/" + name)
        let source = StrategyDocument(parsing: try Seeds.bytes(name), path: name)
        let copy = StrategyDocument(parsing: try #require(result.files.files["strategy.md"]), path: name)
        #expect(copy.diagnostics.isEmpty)
        #expect(copy.sections.map(\.kind) == source.sections.map(\.kind))
        for (mine, theirs) in zip(copy.sections, source.sections) {
            #expect(copy.bytes[mine.body].starts(with: source.bytes[theirs.body]))
        }
        let drafts = result.files.files.filter { $0.key.hasPrefix("emulations/") }
        let reading = Emulation.read(String(decoding: try #require(drafts.values.first), as: UTF8.self), file: "e.yml")
        #expect(reading.diagnostics.isEmpty)
        #expect(reading.emulations.count == (name == Seeds.python ? 4 : 1))
        #expect(copy.blocks.categorization?.techniques == [name == Seeds.python ? "T1059.006" : "T1059"])
    }

    @Test(arguments: [
        "rsigma.ads.strategy: Look at curl.\nrsigma.ads.blind_spots: [wget, busybox]\n",
        "custom_attributes:\n  rsigma.ads.strategy: Look at curl.\n  rsigma.ads.blind_spots: [wget, busybox]\n",
        "rsigma:\n  ads:\n    strategy: Look at curl.\n    blind_spots: [wget, busybox]\n",
    ])
    func `a rule that carries a strategy is read like a document`(attributes: String) throws {
        let rule = """
            title: Odd downloads
            description: Find downloads.
            tags: [attack.t1105, attack.command-and-control]
            falsepositives: [Updates]
            logsource: {product: linux, category: process_creation}
            detection: {s: {Image: /usr/bin/curl}, condition: s}

            """ + attributes
        try withFolder { folder in
            let path = folder + "/rule.yml"
            try Data(rule.utf8).write(to: URL(fileURLWithPath: path))
            let loaded = RuleLoader().load(paths: [path])
            let first = try #require(loaded.rules.first)
            let document = try #require(RuleDocument(first)).document
            #expect(document.title == "Odd downloads")
            #expect(document.section(.goal)?.prose == "Find downloads.")
            #expect(document.section(.goal)?.location == SourceLocation(file: path, line: 2))
            #expect(document.section(.strategyAbstract)?.prose == "Look at curl.")
            #expect(document.section(.blindSpots)?.passages.map(\.text) == ["wget", "busybox"])
            #expect(CategorizationClaims(document).techniques.map(\.id) == ["T1105"])
            let imported = try StrategyImporter.read(path)
            #expect(imported.files.files["rules/rule.yml"] == Array(rule.utf8))
            #expect(imported.files.name == "odd-downloads")
        }
        let plain = RuleLoader().load(text: rule.replacing(attributes, with: ""), file: "r.yml").rules
        #expect(plain.compactMap { RuleDocument($0) }.isEmpty)
    }
}

struct SkeletonTests {
    @Test func `a fresh strategy lacks only what its author must write`() throws {
        try withFolder { folder in
            let path = try StrategySkeleton(name: "odd-downloads").write(to: folder)
            let strategy = try #require(try Strategy(path: path))
            #expect(strategy.title == "Odd downloads")
            #expect(strategy.document.diagnostics.isEmpty)
            let subject = LintSubject(LoadedStrategy(strategy))
            #expect(subject.rules.refused == 0)
            #expect(subject.rules.diagnostics.isEmpty)
            #expect(RuleLint.check(subject.rules).isEmpty)
            let findings = StrategyLint(attack: nil, python: nil, today: "2026-01-01").check(subject)
            #expect(Set(findings.map(\.code)) == ["section-empty", "check-skipped"])
            #expect(
                findings.filter { $0.code == "section-empty" }.map(\.message).count == 5, "\(findings.map(\.message))")
            #expect(throws: StrategyError.self) { try StrategySkeleton(name: "odd-downloads").write(to: folder) }
        }
    }

    @Test(arguments: ["", "Odd", "a b", "-a", "a--b", "../x", "a/b", String(repeating: "a", count: 65), "é"])
    func `a name that is no folder's is refused`(name: String) {
        #expect(throws: StrategyError.self) { try StrategySkeleton(name: name) }
    }
}
