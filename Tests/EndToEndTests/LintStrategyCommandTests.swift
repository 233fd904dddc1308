// SPDX-License-Identifier: Apache-2.0
import Foundation
import Linting
import TestSupport
import Testing

/// `vedette lint` on strategies and documents, from outside.
@Suite struct LintStrategyCommandTests {
    private static let document = """
        # Odd

        ## Goal

        Catch it.

        ## Categorization

        T9999

        ## Validation

        ```sh
        python3 -m subprocess
        ```

        """

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(Self.document.utf8, "notes/odd one.md")
    }

    private func lint(_ arguments: String...) throws -> Program.Result {
        try Program.run(["lint"] + arguments, folder: folder.path)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `the shipped strategies hold`() throws {
        let result = try Program.run(["lint", "--strict", "Strategies"])
        #expect(result.code == 0)
        #expect(result.output.isEmpty, "\(result.output)")
        #expect(result.errors.hasPrefix("2 strategies, 0 documents, "))
    }

    @Test(.enabled(if: Seeds.root != nil, Comment(rawValue: Seeds.absent)))
    func `the documents the project started from do not, and the steps that do nothing are named`() throws {
        let seeds = try #require(Seeds.root)
        let result = try Program.run(["lint", seeds])
        #expect(result.code == 1)
        for code in [
            "module-without-main", "python-undefined-name", "wrong-argument", "step-platform", "priority-unconditional",
            "false-positive-vague", "blind-spot-unproven", "assumption-unprobed", "response-generic",
        ] { #expect(result.output.contains("[\(code)]"), "\(code)") }
        #expect(result.errors.hasPrefix("0 strategies, 2 documents; "))
    }

    @Test func `a document is told its findings with line and column`() throws {
        let result = try lint("notes/odd one.md")
        #expect(result.code == 1)
        #expect(
            result.lines.contains {
                $0.hasPrefix("notes/odd one.md:9:1: error: ") && $0.hasSuffix("[technique-unknown]")
            },
            "\(result.output)")
        #expect(
            result.lines.contains { $0.hasPrefix("notes/odd one.md:14") && $0.hasSuffix("[module-without-main]") },
            "\(result.output)")
    }

    @Test func `the forms agree`() throws {
        let text = try lint("notes").lines
        let json = try object(try lint("--format", "json", "notes").output)
        let findings = try #require(json["findings"] as? [[String: Any]])
        #expect(findings.count == text.count)
        #expect(findings.allSatisfy { ($0["explanation"] as? String)?.isEmpty == false })
        #expect(findings.allSatisfy { ($0["mend"] as? String)?.isEmpty == false })
        let sarif = try lint("--format", "sarif", "notes")
        #expect(sarif.code == 1)
        let log = try SARIFResults(try object(sarif.output))
        #expect(log.rules == findings.map { $0["rule"] as? String })
        #expect(log.lines == findings.map { $0["line"] as? Int })
        #expect(Set(log.files) == ["notes/odd%20one.md"])
    }

    @Test func `notes are shown on demand and never fail`() throws {
        let path = Checkout.root + "/Strategies/python-execution"
        let result = try Program.run(["lint", "--notes", "--strict", path])
        #expect(result.code == 0)
        #expect(result.lines.allSatisfy { $0.contains(": note: ") })
    }

    @Test(arguments: StrategyFindingCatalogue.all.map(\.code).filter { $0.hasPrefix("s") })
    func `a finding about strategies can be explained`(code: String) throws {
        let result = try Program.run(["lint", "--explain", code])
        #expect(result.code == 0)
        #expect(result.output.hasPrefix(code + " ("))
        #expect(result.output.contains("\n\nMend: "))
    }

    @Test func `every kind of finding has its place on the reference page`() throws {
        let page = try String(contentsOfFile: Checkout.root + "/docs/reference/findings.md", encoding: .utf8)
        for entry in StrategyFindingCatalogue.all { #expect(page.contains("\n### \(entry.code)\n"), "\(entry.code)") }
    }
}

/// A SARIF log, refused when it lacks what the standard requires (SARIF 2.1.0, sections 3.13, 3.14, 3.18, 3.19, 3.27).
private struct SARIFResults {
    var rules: [String?] = []
    var lines: [Int?] = []
    var files: [String] = []

    init(_ log: [String: Any]) throws {
        #expect(Set(log.keys) == ["$schema", "version", "runs"])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        #expect(Set(run.keys) == ["tool", "results", "columnKind"])
        #expect(["utf16CodeUnits", "unicodeCodePoints"].contains(run["columnKind"] as? String))
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "vedette")
        let described = try #require(driver["rules"] as? [[String: Any]]).map { $0["id"] as? String }
        #expect(Set(described).count == described.count)
        for result in try #require(run["results"] as? [[String: Any]]) {
            #expect(Set(result.keys) == ["ruleId", "ruleIndex", "level", "message", "locations"])
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(described[index] == result["ruleId"] as? String)
            #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
            #expect((result["message"] as? [String: Any])?["text"] is String)
            let place = try #require((result["locations"] as? [[String: Any]])?.first)
            let physical = try #require(place["physicalLocation"] as? [String: Any])
            files.append(try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String))
            lines.append((physical["region"] as? [String: Any])?["startLine"] as? Int)
            rules.append(result["ruleId"] as? String)
        }
    }
}
