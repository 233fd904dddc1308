// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Conditions: precedence, selectors, refusals.
struct ConditionTests {
    private static let searches = ["sel", "sel_a", "sel_b", "filter_x", "_private", "and_more", "notepad", "of-course"]

    private func loaded(_ condition: String) -> RuleSet {
        let searches = Self.searches.map { "\($0): {f: 1}" }.joined(separator: "\n")
        return load(rule("\(searches)\ncondition: \(condition)"))
    }

    @Test(arguments: [
        ("sel", "sel"), ("(sel)", "sel"), ("sel and sel_a or sel_b", "((sel and sel_a) or sel_b)"),
        ("sel or sel_a and sel_b", "(sel or (sel_a and sel_b))"), ("not sel and sel_a", "(not sel and sel_a)"),
        ("not (sel or sel_a)", "not (sel or sel_a)"), ("not not sel", "not not sel"),
        ("sel AND NOT sel_a Or sel_b", "((sel and not sel_a) or sel_b)"),
        ("1 of sel_*", #"any["sel_a", "sel_b"]"#), ("any of sel_*", #"any["sel_a", "sel_b"]"#),
        ("all of sel*", #"all["sel", "sel_a", "sel_b"]"#), ("2 of sel*", #"2["sel", "sel_a", "sel_b"]"#),
        ("1 of *_a", #"any["sel_a"]"#),
        ("1 of *e*", ##"any["sel", "sel_a", "sel_b", "filter_x", "and_more", "notepad", "of-course"]"##),
        ("1 of sel", #"any["sel"]"#), ("1 of _*", #"any["_private"]"#),
        ("All Of Them", #"all["sel", "sel_a", "sel_b", "filter_x", "and_more", "notepad", "of-course"]"#),
        ("not 1 of filter_*", #"not any["filter_x"]"#),
        ("sel and not 1 of filter_*", #"(sel and not any["filter_x"])"#),
        ("and_more and notepad or of-course", "((and_more and notepad) or of-course)"),
        ("(sel)and(sel_a)", "(sel and sel_a)"), ("sel and sel_a and sel_b", "(sel and sel_a and sel_b)"),
        ("\"sel\"", "sel"), ("|-\n    sel\n    or sel_a", "(sel or sel_a)"), ("_private", "_private"),
    ])
    func `a condition is parsed`(text: String, parsed: String) {
        let set = loaded(text)
        #expect(set.rules.first?.detection.conditions.map(describe) == [parsed], "\(set.diagnostics)")
    }

    @Test(arguments: [
        ("sel and", "bad-condition"), ("and sel", "bad-condition"), ("sel sel_a", "bad-condition"),
        ("(sel", "bad-condition"),
        ("sel)", "bad-condition"), ("()", "bad-condition"), ("''", "bad-condition"), ("not", "bad-condition"),
        ("1 of", "bad-condition"), ("some of them", "bad-condition"), ("of them", "bad-condition"),
        ("[sel, {a: 1}]", "bad-condition"),
        ("sel or missing", "unknown-search"), ("Sel", "unknown-search"), ("1 of nothing*", "empty-selector"),
        ("1 of se", "empty-selector"), ("0 of them", "bad-quantifier"), ("9 of them", "bad-quantifier"),
        ("sel | count() > 5", "aggregation-condition"), ("sel | near sel_a", "aggregation-condition"),
        ("near sel", "aggregation-condition"), ("[]", "missing-condition"), ("null", "missing-condition"),
        ("", "missing-condition"),
    ])
    func `a condition is refused where it stands`(text: String, code: String) {
        let set = loaded(text)
        #expect(errors(set) == [code])
        #expect(set.diagnostics.first { $0.severity == .error }?.location.line ?? 0 >= 8)
    }

    @Test func `a list of conditions is kept as alternatives`() {
        #expect(loaded("[sel, not sel_a]").rules.first?.detection.conditions.map(describe) == ["sel", "not sel_a"])
    }

    @Test func `searches nobody uses are pointed out`() {
        let set = load(rule("a: {f: 1}\nb: {f: 2}\n_c: {f: 3}\ncondition: a"))
        #expect(warnings(set) == ["unused-search", "unused-search"])
        #expect(set.diagnostics.map(\.location.line) == [9, 10])
    }

    @Test(arguments: [
        String(repeating: "(", count: 5000) + "sel" + String(repeating: ")", count: 5000),
        String(repeating: "not ", count: 4000) + "sel", String(repeating: "sel or ", count: 9000) + "sel",
    ])
    func `conditions are bounded`(text: String) {
        #expect(errors(loaded(text)) == ["condition-too-deep"])
    }

    @Test(arguments: [
        ("sel: {f: 1}", "missing-condition"), ("condition: sel", "missing-detection"),
        ("sel: {f: 1}\ntimeframe: 5m\ncondition: sel", "obsolete-timeframe"),
        ("sel: {}\ncondition: sel", "empty-search"),
        ("sel: []\ncondition: sel", "empty-search"), ("sel:\ncondition: sel", "empty-search"),
    ])
    func `a detection must have searches and a condition`(detection: String, code: String) {
        #expect(errors(load(rule(detection))) == [code])
    }
}
