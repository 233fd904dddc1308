// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Filters joined to rules.
struct FilterTests {
    private let base = """
        title: First
        name: first
        logsource: {product: Linux, category: process_creation}
        detection: {sel: {f: 1}, other: {g: 2}, condition: 1 of them}
        ---
        title: Second
        name: second
        logsource: {product: windows, category: process_creation}
        detection: {sel: {f: 1}, condition: [sel, not sel]}
        ---

        """

    private func filter(
        _ rules: String, logsource: String = "{category: process_creation}", condition: String = "not sel"
    )
        -> String
    {
        "title: F\nlogsource: \(logsource)\nfilter: {rules: \(rules), sel: {User: root}, condition: \(condition)}\n---\n"
    }

    @Test func `a filter is ANDed under private names`() {
        let set = load(base + filter("[first]") + filter("any", condition: "not 1 of them"))
        #expect(set.diagnostics.isEmpty, "\(set.diagnostics)")
        let first = set.rules[0].detection
        #expect(first.searches.map(\.name) == ["sel", "other", "filter:0:sel", "filter:1:sel"])
        #expect(
            first.conditions.map(describe) == [
                #"((any["sel", "other"] and not filter:0:sel) and not any["filter:1:sel"])"#
            ])
        let second = set.rules[1].detection
        #expect(
            second.conditions.map(describe) == [
                #"(sel and not any["filter:1:sel"])"#, #"(not sel and not any["filter:1:sel"])"#,
            ])
    }

    @Test(arguments: [
        ("any", "{category: process_creation}", [true, true]), ("all", "{product: linux}", [true, false]),
        ("[]", "{product: windows, category: process_creation}", [false, true]),
        ("[first, second]", "{product: windows}", [false, true]),
        ("second", "{product: windows}", [false, true]),
    ])
    func `the log source must cover the rule`(rules: String, logsource: String, applied: [Bool]) {
        let set = load(base + filter(rules, logsource: logsource))
        #expect(set.rules.map { $0.detection.searches.contains { $0.name == "filter:0:sel" } } == applied)
    }

    @Test(arguments: [
        ("[first]", "{product: windows}", "not sel", ["filter-logsource-mismatch", "filter-without-effect"]),
        ("[nobody, first]", "{product: linux}", "not sel", ["filter-rule-not-found"]),
        ("any", "{product: macos}", "not sel", ["filter-without-effect"]),
        ("any", "{product: linux}", "sel", ["filter-without-not"]),
    ])
    func `what will not work is pointed out`(rules: String, logsource: String, condition: String, codes: [String]) {
        #expect(warnings(load(base + filter(rules, logsource: logsource, condition: condition))) == codes)
    }

    @Test func `filters do not apply to correlations`() {
        let correlation =
            "title: C\nname: c\ncorrelation: {type: event_count, rules: first, group-by: h, timespan: 1m, condition: {gte: 2}}\n---\n"
        let set = load(base + correlation + filter("[c, first]"))
        #expect(warnings(set) == ["filter-on-correlation"])
        #expect(set.correlations.count == 1)
    }

    @Test(arguments: [
        ("title: F\nlogsource: {product: x}\nfilter: {sel: {f: 1}, condition: not sel}", "missing-filter-rules"),
        ("title: F\nlogsource: {product: x}\nfilter: {rules: any, sel: {f: 1}}", "missing-condition"),
        ("title: F\nlogsource: {product: x}\nfilter: {rules: any, condition: not sel}", "missing-detection"),
        (
            "title: F\nlogsource: {product: x}\nfilter: {rules: any, sel: {f: 1}, condition: [sel, not sel]}",
            "bad-condition"
        ),
        ("title: F\nlogsource: {product: x}\nfilter: {rules: {a: 1}, sel: {f: 1}, condition: not sel}", "wrong-type"),
        ("title: F\nfilter: {rules: any, sel: {f: 1}, condition: not sel}", "missing-logsource"),
        ("title: F\nlogsource: {product: x}\nfilter: any", "missing-detection"),
    ])
    func `incomplete filters are refused`(text: String, code: String) {
        #expect(errors(load(text)) == [code])
    }
}
