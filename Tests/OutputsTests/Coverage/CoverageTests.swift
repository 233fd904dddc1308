// SPDX-License-Identifier: Apache-2.0
import Alerts
import Attack
import Outputs
import Proving
import Strategies
import Testing

@Suite struct CoverageTests {
    private let coverage = Coverage(CoverageSamples.two, date: CoverageSamples.date)

    private func technique(_ id: String) throws -> Coverage.Technique {
        try #require(coverage.techniques.first { $0.id == id })
    }

    @Test func `techniques come from tags and claims, each once and in order`() {
        #expect(
            coverage.techniques.map(\.id) == ["T1059.004", "T1059.006", "T1086", "T1546.018", "T9999"])
    }

    @Test(
        arguments: [
            ("T1059.006", ["one", "two"], 2), ("T1059.004", ["one", "three"], 2), ("T9999", ["two"], 1),
            ("T1546.018", [], nil),
        ] as [(String, [String], Int?)])
    func `a technique has its rules and the best that is proved of one`(id: String, rules: [String], level: Int?) throws
    {
        let found = try technique(id)
        #expect(found.rows.map(\.rule) == rules)
        #expect(found.proof?.level.rawValue == level)
    }

    @Test func `the date of a technique's proof is that of the rule with the best proof`() throws {
        #expect(try technique("T1059.006").proof?.day == "2026-03-04")
        #expect(try technique("T9999").proof?.day == "2026-03-01")
    }

    @Test func `a claim without a rule is shown as such, and only there`() throws {
        #expect(try technique("T1546.018").unmetClaims == ["python"])
        #expect(try technique("T1059.006").unmetClaims.isEmpty)
    }

    @Test(
        arguments: [("T9999", "not in this version of ATT&CK"), ("T1086", "revoked by T1059.001"), ("T1059.006", nil)]
            as [(String, String?)])
    func `an id that does not stand is remarked on`(id: String, remark: String?) throws {
        #expect(try technique(id).remark == remark)
    }

    @Test func `a sub-technique's name starts with that of its technique`() throws {
        #expect(try technique("T1059.006").name == "Command and Scripting Interpreter: Python")
    }

    @Test func `elements of the analytics of the declared platforms are bound, unbound or not mentioned`() {
        let own = coverage.elements.filter { $0.technique == "T1059.006" }
        #expect(Set(own.map(\.analytic)) == ["AN0174"])
        #expect(own.map(\.field) == ["ScriptDir", "ScheduledContext", "NetworkActivity"])
        #expect(own.map(\.isBound) == [true, true, false])
        let unmentioned = coverage.elements.filter { $0.technique == "T1546.018" }
        #expect(!unmentioned.isEmpty && unmentioned.allSatisfy { $0.binding == nil && !$0.isBound })
    }

    @Test func `the table never shows a level without its date`() {
        let text = CoverageText(coverage, style: TableStyle(width: 120)).text
        for line in text.split(separator: "\n") where line.hasPrefix("T1") || line.hasPrefix("  Rule") {
            #expect(line.contains("2026-03-0"), "\(line)")
        }
        #expect(text.contains("python: proof level 2"))
        #expect(text.contains("CLAIMED WITHOUT A RULE"))
        #expect(text.contains("T1086 PowerShell (revoked by T1059.001)"))
        #expect(text.contains("2 of "))
        #expect(text.contains("unbound: T1059.006 AN0174 NetworkActivity (python): no network telemetry"))
    }

    @Test func `nothing at all is covered by nothing`() {
        let empty = Coverage([], date: CoverageSamples.date)
        #expect(empty.techniques.isEmpty && empty.elements.isEmpty)
        #expect(CoverageText(empty, style: TableStyle(width: 80)).text == "\n")
        #expect(empty.navigatorLayer()["techniques"] == .array([]))
    }

    @Test func `titles cannot act on the terminal`() {
        var hostile = CoverageSamples.two[0]
        hostile.id = "\u{1B}[2J"
        hostile.rules[0].title = "a\u{202E}b\u{1B}]0;x\u{7}"
        let text = CoverageText(Coverage([hostile], date: CoverageSamples.date), style: TableStyle(width: 120)).text
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeOnTerminals })
    }

    @Test func `the JSON says of every rule what is proved and when`() {
        let json = coverage.json
        #expect(json["attack"] == "18.1")
        guard case .array(let techniques) = json["techniques"] else { return #expect(Bool(false), "no techniques") }
        for technique in techniques {
            guard case .array(let rules) = technique["rules"] else { return #expect(Bool(false), "no rules") }
            for rule in rules { #expect(rule["proof"]?["level"] != nil && rule["proof"]?["date"] != nil) }
        }
    }
}
