// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Lint findings.
struct LintTests {
    private func findings(_ text: String) -> [Diagnostic] { RuleLint.check(load(text)) }
    private let useful = "falsepositives: [Backup software]\n"

    private func codes(_ detection: String) -> [String] {
        findings(rule(detection, extra: "falsepositives: [Backup software]")).map(\.code)
    }

    @Test func `a good rule has no findings`() {
        #expect(codes("sel: {Image|endswith: /python3}\ncondition: sel").isEmpty)
    }

    @Test(arguments: [
        ("sel_a: {f: 1}\nb: {f: 2}\ncondition: b or 1 of sel_*", ["single-item-of"]),
        ("a: {f: 1}\nb: {f: 2}\ncondition: 1 of them", []),
        ("sel: {f|contains: '*x'}\ncondition: sel", ["redundant-wildcard"]),
        ("sel: {f|startswith: 'x*'}\ncondition: sel", ["redundant-wildcard"]),
        ("sel: {f|endswith: 'x*'}\ncondition: sel", []), ("sel: {f|contains: 'a*b'}\ncondition: sel", []),
        (#"sel: {f|startswith: 'x\*'}"# + "\ncondition: sel", []),
        ("sel: {f: '*'}\ncondition: sel", ["wildcard-only-value"]),
        ("sel: {' f': 1}\ncondition: sel", ["field-with-space"]), ("sel: {Threat Name: 1}\ncondition: sel", []),
        ("sel: {f: [a, A]}\ncondition: sel", ["duplicate-value"]), ("sel: {f|cased: [a, A]}\ncondition: sel", []),
        ("sel: {f|re: ['a', 'A']}\ncondition: sel", ["regex-could-be-plain", "regex-could-be-plain"]),
        ("sel: {f: [1, '1']}\ncondition: sel", ["duplicate-value"]),
        ("sel: {f|re: '^.*evil\\.exe$'}\ncondition: sel", ["regex-could-be-plain"]),
        ("sel: {f|re: 'a+'}\ncondition: sel", []), ("sel: {f|re: 'a\\d'}\ncondition: sel", []),
        ("sel: {f|re: '.*'}\ncondition: sel", []),
        ("sel: {f|re: 'x|y'}\ncondition: sel", []),
    ])
    func `searches are checked`(detection: String, expected: [String]) {
        #expect(codes(detection) == expected)
    }

    @Test(arguments: [
        ("id: 11111111-2222-3333-4444-555555555555", "", "missing-id"), ("level: low", "", "missing-level"),
        ("status: test", "", "missing-status"),
        ("description: For the tests.", "", "missing-description"),
        ("title: Test", "title: " + String(repeating: "x", count: 257), "title-too-long"),
        ("falsepositives: [Backup software]", "", "weak-false-positives"),
        ("falsepositives: [Backup software]", "falsepositives: [Unknown, unlikely.]", "weak-false-positives"),
        ("level: low", "level: low\ntags: [attack]", "bad-tag"),
        ("level: low", "level: low\ntags: [Attack.T1059]", "bad-tag"),
        ("level: low", "level: low\ntags: ['attack. t1059']", "bad-tag"),
    ])
    func `meta data is checked`(line: String, replacement: String, code: String) {
        let text = rule("sel: {f: 1}\ncondition: sel", extra: "falsepositives: [Backup software]")
        #expect(
            findings(text.replacing(line + "\n", with: replacement.isEmpty ? "" : replacement + "\n")).map(\.code) == [
                code
            ])
    }

    @Test func `an unknown level is reported once`() {
        let set = load(
            rule(item: "f: 1", modifiers: "falsepositives: [Backup software]").replacing(
                "level: low", with: "level: urgent"))
        #expect(warnings(set) == ["unknown-level"])
        #expect(RuleLint.check(set).isEmpty)
    }

    @Test func `ids and names must be unique, correlations included`() {
        let one = rule(item: "f: 1", modifiers: "falsepositives: [Backup software]\nname: n")
        let correlation =
            "title: C\nid: 21111111-2222-3333-4444-555555555555\nname: n\nlevel: low\nstatus: test\ndescription: d\n"
            + "correlation: {type: event_count, rules: n, group-by: h, timespan: 1m, condition: {gte: 2}}\n"
        let found = findings(one + "---\n" + one + "---\n" + correlation)
        #expect(found.map(\.code) == ["duplicate-id", "duplicate-name", "duplicate-name"])
        #expect(found.map(\.location.line) == [14, 14, 27])
    }

    @Test func `what a filter joined is left to the filter`() {
        let filter =
            "title: F\nlogsource: {product: linux}\nfilter: {rules: any, sel: {f|contains: '*x'}, condition: not 1 of sel}\n"
        #expect(
            findings(rule("sel: {f: 1}\ncondition: sel", extra: "falsepositives: [Backup software]") + "---\n" + filter)
                .isEmpty)
    }
}
