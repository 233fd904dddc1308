// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Correlations and their references.
struct CorrelationTests {
    private func member(_ name: String) -> String {
        "title: \(name)\nname: \(name)\nlogsource: {product: linux}\ndetection: {s: {f: 1}, condition: s}\n---\n"
    }

    private func correlation(_ body: String, name: String = "c") -> String {
        "title: \(name)\nname: \(name)\ncorrelation: {\(body)}\n---\n"
    }

    private func loaded(_ body: String) -> RuleSet { load(member("a") + member("b") + correlation(body)) }

    @Test(arguments: [
        (
            "type: event_count, rules: a, group-by: [h], timespan: 5m, condition: {gte: 10}",
            Correlation.Kind.eventCount, 300
        ),
        (
            "type: value_count, rules: [a], group-by: h, timespan: 1h, condition: {gt: 1, lte: 9, field: u}",
            .valueCount, 3600
        ),
        (
            "type: value_count, rules: [a], group-by: h, timespan: 1h, condition: {gt: 1, field: [u, v]}", .valueCount,
            3600
        ),
        ("type: temporal, rules: [a, b], group-by: [h], timespan: 30s", .temporal, 30),
        ("type: temporal, rules: [a, b], group-by: [h], timespan: 30s, condition: {gte: 2}", .temporal, 30),
        ("type: temporal_ordered, rules: [a, b], group-by: [h], timespan: 1d", .temporalOrdered, 86400),
        (
            "type: temporal, rules: [a, b], group-by: [h], timespan: 1d, condition: a and not b", .temporalExtended,
            86400
        ),
        (
            "type: temporal_ordered_extended, group-by: [h], timespan: 1w, condition: a or b", .temporalOrderedExtended,
            604800
        ),
        ("type: value_sum, rules: [a], group-by: [h], timespan: 1m, condition: {gte: 1.5, field: n}", .valueSum, 60),
        ("type: value_avg, rules: [a], group-by: [h], timespan: 1m, condition: {lt: -3, field: n}", .valueAverage, 60),
        (
            "type: value_median, rules: [a], group-by: [h], timespan: 1m, condition: {neq: 3, field: n}", .valueMedian,
            60
        ),
        (
            "type: value_percentile, rules: [a], group-by: [h], timespan: 1m, condition: {gte: 3, field: n, percentile: 95}",
            .valuePercentile, 60
        ),
    ])
    func `every kind is read`(body: String, kind: Correlation.Kind, timespan: Int) throws {
        let set = loaded(body)
        let correlation = try #require(set.correlations.first?.correlation, "\(set.diagnostics)")
        #expect(correlation.kind == kind && correlation.timespan == timespan && correlation.groupBy == ["h"])
        #expect(set.diagnostics.isEmpty)
        #expect(set.correlations.first?.members.count == correlation.rules.count)
    }

    @Test func `bounds, fields and percentile are read`() throws {
        let set = loaded(
            "type: value_percentile, rules: [a], group-by: [h], timespan: 1m, condition: {gte: 3, lt: 7.5, field: n, percentile: 95}"
        )
        let correlation = try #require(set.correlations.first?.correlation)
        #expect(correlation.bounds == [.init(.gte, 3), .init(.lt, 7.5)])
        #expect(correlation.fields == ["n"] && correlation.percentile == 95)
        let extended = loaded("type: temporal, rules: [a, b], group-by: [h], timespan: 1m, condition: not a or b")
        #expect(extended.correlations.first?.correlation.condition.map(describe) == "(not a or b)")
    }

    @Test(arguments: [
        ("type: novelty, rules: a, timespan: 5m", "unknown-correlation-type"),
        ("rules: a, timespan: 5m", "unknown-correlation-type"),
        ("type: event_count, timespan: 5m, condition: {gte: 1}", "missing-correlation-rules"),
        ("type: event_count, rules: a, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 5, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 0s, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: -5m, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 1h30m, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 400d, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 99999999999999999999d, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 9000000000000000000d, condition: {gte: 1}", "bad-timespan"),
        ("type: event_count, rules: a, timespan: 5m", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: {}", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: {more: 1}", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: many}", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: .inf}", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: 1, field: u}", "bad-correlation-condition"),
        ("type: event_count, rules: a, timespan: 5m, condition: a and b", "bad-correlation-condition"),
        ("type: temporal, rules: [a, b], timespan: 5m, condition: {gte: 1}", "bad-correlation-condition"),
        ("type: temporal, rules: [a, b], timespan: 5m, condition: a and c", "bad-correlation-condition"),
        ("type: temporal, rules: [a, b], timespan: 5m, condition: a", "bad-correlation-condition"),
        (
            "type: temporal_ordered, rules: [a, b, c, d, e, f, g, h, i, j, k], timespan: 5m, condition: a and b",
            "bad-correlation-condition"
        ),
        ("type: temporal, rules: [a, b], timespan: 5m, condition: 1 of a", "bad-correlation-condition"),
        ("type: temporal_extended, rules: [a, b], timespan: 5m", "bad-correlation-condition"),
        ("type: value_count, rules: a, timespan: 5m, condition: {gte: 1}", "missing-correlation-field"),
        ("type: value_sum, rules: a, timespan: 5m, condition: {gte: 1, field: [a, b]}", "missing-correlation-field"),
        ("type: value_percentile, rules: a, timespan: 5m, condition: {gte: 1, field: a}", "bad-percentile"),
        (
            "type: value_percentile, rules: a, timespan: 5m, condition: {gte: 1, field: a, percentile: 101}",
            "bad-percentile"
        ),
        ("type: value_sum, rules: a, timespan: 5m, condition: {gte: 1, field: a, percentile: 5}", "bad-percentile"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: 1}, aliases: {x: {zz: f}}", "bad-alias"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: 1}, aliases: {x: 5}", "bad-alias"),
        ("type: event_count, rules: a, timespan: 5m, condition: {gte: 1}, generate: maybe", "wrong-type"),
        ("type: event_count, rules: {a: 1}, timespan: 5m, condition: {gte: 1}", "wrong-type"),
        ("type: temporal, rules: [a, a], timespan: 5m", "wrong-type"),
        ("type: event_count, rules: nobody, timespan: 5m, condition: {gte: 1}", "unresolved-reference"),
        ("type: event_count, rules: c, timespan: 5m, condition: {gte: 1}", "correlation-cycle"),
    ])
    func `what cannot be understood is refused`(body: String, code: String) {
        let set = loaded(body)
        #expect(errors(set) == [code], "\(set.diagnostics)")
        #expect(set.correlations.isEmpty && set.refused == 1 && set.silentRules.isEmpty)
    }

    @Test func `aliases are read, and unused ones pointed out`() {
        let set = loaded(
            "type: temporal, rules: [a, b], group-by: [ip], timespan: 5m, aliases: {ip: {a: SourceIp, b: ClientIp}, x: {a: F}}"
        )
        #expect(set.correlations.first?.correlation.aliases["ip"] == ["a": "SourceIp", "b": "ClientIp"])
        #expect(warnings(set) == ["unused-alias"])
    }

    @Test func `without grouping there is a note`() {
        #expect(
            warnings(loaded("type: event_count, rules: a, timespan: 5m, condition: {gte: 1}")) == ["missing-group-by"])
    }

    private let count = "group-by: [h], timespan: 5m, condition: {gte: 2}"

    @Test func `members come before those that use them`() {
        let set = load(
            correlation("type: event_count, rules: middle, \(count)", name: "top")
                + correlation("type: event_count, rules: bottom, \(count)", name: "middle")
                + correlation("type: event_count, rules: a, \(count)", name: "bottom") + member("a"))
        #expect(set.correlations.map(\.correlation.metadata.title) == ["bottom", "middle", "top"])
        #expect(set.correlations.map(\.members) == [[.rule(0)], [.correlation(0)], [.correlation(1)]])
        #expect(set.correlations.map(\.isSilent) == [true, true, false])
        #expect(set.silentRules == [0])
    }

    @Test func `cycles are refused with all who wait for them`() {
        let set = load(
            correlation("type: event_count, rules: y, \(count)", name: "x")
                + correlation("type: event_count, rules: x, \(count)", name: "y")
                + correlation("type: event_count, rules: x, \(count)", name: "z")
                + correlation("type: event_count, rules: a, \(count)", name: "fine") + member("a"))
        #expect(errors(set) == ["correlation-cycle", "correlation-cycle", "correlation-cycle"])
        #expect(set.correlations.map(\.correlation.metadata.title) == ["fine"])
        #expect(set.diagnostics.first?.message.contains("'x' uses 'y' uses 'x'") == true)
    }

    @Test func `a refused member takes its correlations with it`() {
        let broken = "title: r\nname: r\nlogsource: {product: linux}\ndetection: {s: {f|nope: 1}, condition: s}\n---\n"
        let set = load(
            broken + correlation("type: event_count, rules: r, \(count)", name: "x")
                + correlation("type: event_count, rules: x, \(count)", name: "y"))
        #expect(errors(set) == ["unknown-modifier", "unresolved-reference", "unresolved-reference"])
        #expect(set.refused == 3)
        #expect(set.diagnostics[1].message.contains("'r'"))
    }

    @Test(arguments: [
        (["", ""], true), (["generate: true", ""], false), (["", "generate: true"], false),
        (["generate: false", ""], true),
    ])
    func `a member is silent unless a correlation that uses it generates`(generate: [String], isSilent: Bool) {
        let text = generate.enumerated().map { index, line in
            correlation("type: event_count, rules: a, \(count)" + (line.isEmpty ? "" : ", \(line)"), name: "c\(index)")
        }
        let set = load(member("a") + member("free") + text.joined())
        #expect(set.silentRules == (isSilent ? [0] : []))
    }

    @Test func `rules are found by id and by name, and doubles are pointed out`() {
        let id = "929a690e-bef0-4204-a928-ef5e620d6fcc"
        let rule = "title: r\nid: \(id)\nlogsource: {product: linux}\ndetection: {s: {f: 1}, condition: s}\n---\n"
        let found = load(rule + correlation("type: event_count, rules: \(id.uppercased()), \(count)"))
        #expect(found.correlations.first?.members == [.rule(0)])
        let twice = load(member("a") + member("a") + correlation("type: event_count, rules: a, \(count)"))
        #expect(warnings(twice) == ["ambiguous-reference"])
        #expect(twice.correlations.first?.members == [.rule(0)])
        #expect(
            errors(
                load(
                    member("a").replacing("name: a", with: "x: y")
                        + correlation("type: event_count, rules: a, \(count)")))
                == ["unresolved-reference"])
    }

    @Test func `long chains in any order are resolved in linear time`() {
        var text = ""
        for index in (0..<2000).reversed() {
            text += correlation(
                "type: event_count, rules: \(index == 0 ? "a" : "c\(index - 1)"), \(count)", name: "c\(index)")
        }
        let set = load(text + member("a"))
        #expect(set.correlations.count == 2000)
        #expect(set.correlations.last?.members == [.correlation(1998)])
    }
}
