// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import Testing

@testable import Linting

struct ReportTests {
    private static let report = LintReport(
        findings: [
            StrategyFindingCode.sectionMissing.diagnostic(
                "a \"b\"", at: SourceLocation(file: "a b/s.md", line: 3, column: 2)),
            Diagnostic(.warning, "unknown-modifier", "m", at: SourceLocation(file: "r.yml")),
            StrategyFindingCode.checkSkipped.diagnostic("n", at: SourceLocation(file: "r.yml", line: 1)),
        ], version: "1.2.3")

    @Test func `text has a line for each finding`() {
        #expect(
            Self.report.text == """
                a b/s.md:3:2: error: a "b" [section-missing]
                r.yml: warning: m [unknown-modifier]
                r.yml:1: note: n [check-skipped]

                """)
    }

    @Test func `SARIF has the shape that section 3 of its standard demands`() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(try Self.report.sarif.utf8)) as? [String: Any])
        #expect(object["version"] as? String == "2.1.0")
        #expect((object["$schema"] as? String)?.contains("sarif-2.1.0") == true)
        let run = try #require((object["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "vedette")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 3)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
            #expect(["none", "note", "warning", "error"].contains(result["level"] as? String ?? ""))
            #expect((result["message"] as? [String: Any])?["text"] is String)
            let location = try #require((result["locations"] as? [[String: Any]])?.first)
            let physical = try #require(location["physicalLocation"] as? [String: Any])
            let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
            #expect(URL(string: uri) != nil && !uri.contains(" "))
            if let region = physical["region"] as? [String: Any] { #expect((region["startLine"] as? Int ?? 0) > 0) }
        }
        #expect(rules.allSatisfy { (($0["help"] as? [String: Any])?["text"] as? String)?.isEmpty == false })
    }

    @Test func `JSON carries place, meaning and mend`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(try Self.report.json.utf8)) as? [String: Any]
        let findings = try #require(object?["findings"] as? [[String: Any]])
        #expect(findings.map { $0["rule"] as? String } == ["section-missing", "unknown-modifier", "check-skipped"])
        #expect(findings.map { $0["line"] as? Int } == [3, nil, 1])
        #expect(findings.allSatisfy { $0["mend"] is String && $0["explanation"] is String })
    }
}
