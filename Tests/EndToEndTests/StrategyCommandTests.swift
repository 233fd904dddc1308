// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `vedette strategy new`, `import` and `test` from outside.
@Suite struct StrategyCommandTests {
    private static let foreign = """
        # Detect odd schedulers

        ## Objective

        An intruder has a program run by a scheduler nobody looks at.

        ## MITRE ATT&CK

        Persistence / T1053.006 and T9999.

        ## Alert Priority

        **Severity: High**

        ## Validation (Adversary Emulation)

        ```bash
        systemd-run --user --on-calendar=hourly /tmp/x
        ```

        ```python
        os.system("id")
        ```

        ## Our own notes

        Kept as they are.

        """

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func vedette(_ arguments: String...) throws -> Program.Result {
        try Program.run(arguments, folder: folder.path)
    }

    private func read(_ path: String) throws -> String {
        try String(contentsOfFile: folder.path + "/" + path, encoding: .utf8)
    }

    // MARK: new

    @Test func `a new strategy has everything, and its telemetry passes`() throws {
        let made = try vedette("strategy", "new", "odd-timers", "--to", "mine")
        #expect(made.code == 0)
        #expect(made.output == "mine/odd-timers\n")
        #expect(made.notes.hasPrefix("next: write mine/odd-timers/strategy.md"))
        let test = try vedette("strategy", "test", "--strategies", "mine")
        #expect(test.code == 0, "\(test.output)")
        let lint = try vedette("lint", "mine")
        #expect(lint.code == 1)
        #expect(lint.lines.allSatisfy { $0.hasSuffix("[section-empty]") }, "only its author's part is missing")
        let again = try vedette("strategy", "new", "odd-timers", "--to", "mine")
        #expect(again.code == 2)
        #expect(again.output.isEmpty)
        #expect(again.notes.contains("mine/odd-timers"))
    }

    @Test(arguments: [["new"], ["new", "Odd Name"], ["new", "../out"], ["import"], ["import", "no-such-file.md"]])
    func `a wrong call ends with 2`(arguments: [String]) throws {
        let result = try Program.run(["strategy"] + arguments, folder: folder.path)
        #expect(result.code == 2)
        #expect(!result.errors.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    // MARK: import

    @Test func `a foreign document becomes a strategy, and what is missing or wrong is listed`() throws {
        _ = try folder.write(Self.foreign.utf8, "report.md")
        let result = try vedette("strategy", "import", "report.md")
        #expect(result.code == 0)
        #expect(result.output == "./detect-odd-schedulers\n")
        for part in [
            "note: recognised T1053.006, T9999", "the section 'Technical Context' is missing",
            "1 validation step became a draft", "[technique-unknown]", "T9999", "[python-undefined-name]",
            "[priority-unconditional]", "`vedette lint ./detect-odd-schedulers` lists all of it",
        ] { #expect(result.notes.contains(part), "\(part) is not in \(result.notes)") }
        let document = try read("detect-odd-schedulers/strategy.md")
        #expect(document.contains("An intruder has a program run by a scheduler nobody looks at."))
        #expect(document.contains("## Our own notes\n\nKept as they are."))
        let lint = try vedette("lint", "detect-odd-schedulers")
        #expect(lint.code == 1)
        #expect(lint.output.contains("[technique-unknown]"))
        #expect(try vedette("strategy", "import", "report.md").code == 2, "the folder exists")
    }

    @Test func `a rule that carries a strategy becomes one`() throws {
        let rule = """
            title: Odd scheduler
            id: 11111111-0000-4000-8000-000000000000
            status: test
            level: low
            description: Catch it.
            logsource: {product: linux, category: process_creation}
            detection: {selection: {Image: /usr/bin/x}, condition: selection}
            tags: [attack.t1053.006]
            custom_attributes:
              rsigma.ads.technical_context: It is odd.
            """
        _ = try folder.write(rule.utf8, "rule.yml")
        let result = try vedette("strategy", "import", "rule.yml", "--to", "out")
        #expect(result.code == 0, "\(result.errors)")
        let made = try #require(result.lines.first)
        #expect(try read("\(made)/strategy.md").contains("Catch it."))
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + made + "/rules").isEmpty)
    }

    // MARK: test

    @Test func `a case that does not come out as asked for is told, and so is a closed blind spot`() throws {
        _ = try vedette("strategy", "new", "odd")
        let rule = try read("odd/rules/example.yml")
        let id = try #require(rule.firstMatch(of: /[0-9a-f-]{36}/).map { String($0.output) })
        // The benign case is asked to fire, the attack to be missed.
        let swapped = """
            cases:
              - {name: quiet, kind: attack, files: [download-to-home.audit.log], fires: [\(id)]}
              - {name: loud, kind: miss, files: [download-to-memory.audit.log]}
            """
        _ = try folder.write(swapped.utf8, "odd/telemetry/cases.yml")
        let result = try vedette("strategy", "test", "--strategies", "odd", "--junit", "results.xml")
        #expect(result.code == 1)
        for part in [
            "odd: below proof level 2", "\(id) did not fire",
            "the blind spot is closed, so the document is out of date",
            "lacks a firing case and a silent case", "2 cases (1 attack, 0 benign, 1 miss), 1 rule, 3 failed",
        ] { #expect(result.output.contains(part), "\(part) is not in \(result.output)") }
        let xml = try JUnitResults(read("results.xml"))
        #expect(xml.suites == ["odd"])
        #expect(xml.tests == ["quiet", "loud", "Download into shared memory by curl"])
        #expect(xml.failures.count == 3)
        #expect(xml.declared == [3, 3])
    }

    @Test func `JUnit results are well-formed whatever the names are`() throws {
        _ = try vedette("strategy", "new", "odd")
        let cases = try read("odd/telemetry/cases.yml").replacing(
            "name: download-to-home", with: #"name: "<a & \"b\">""#)
        _ = try folder.write(cases.utf8, "odd/telemetry/cases.yml")
        #expect(try vedette("strategy", "test", "--strategies", "odd", "--junit", "results.xml").code == 0)
        let xml = try JUnitResults(read("results.xml"))
        #expect(xml.tests.contains("<a & \"b\">"))
        #expect(xml.failures.isEmpty)
    }

    @Test(arguments: [
        (["--strategies", "/no/such/folder"], "no such folder"), (["--strategies", "."], "holds no strategy"),
        (["no-such-strategy"], "is no strategy here; there are: container-evasion, python-execution"),
    ])
    func `what cannot be tested ends with 2`(arguments: [String], part: String) throws {
        let environment = ["VEDETTE_STRATEGIES": Checkout.root + "/Strategies"]
        let result = try Program.run(
            ["strategy", "test"] + arguments, folder: folder.path, environment: environment)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.notes.contains(part), "\(result.notes)")
    }

    @Test func `cases that cannot be read end with 2 and their place`() throws {
        _ = try vedette("strategy", "new", "odd")
        _ = try folder.write("cases:\n  - {name: a, kind: odd}\n".utf8, "odd/telemetry/cases.yml")
        let result = try vedette("strategy", "test", "--strategies", "odd")
        #expect(result.code == 2)
        #expect(result.notes.contains("odd/telemetry/cases.yml:2"), "\(result.notes)")
    }
}
