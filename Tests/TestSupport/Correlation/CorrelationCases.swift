// SPDX-License-Identifier: Apache-2.0
import Sigma

extension CorrelationCase {
    /// Every case.
    public static let all: [CorrelationCase] = counting + measuring + sequences + chains

    /// A firing of the first correlation or another, at a time in seconds.
    static func fires(_ time: Int64, _ group: String..., of correlation: Int = 0) -> PlainFiring {
        PlainFiring(correlation: correlation, group: group, time: time * 1_000_000_000)
    }

    private static func at(_ times: Int64..., rules: String = "a") -> [PlainHit] {
        stream(times.map { ($0, rules, [:]) })
    }

    /// A stream of rule `a` with one field.
    private static func values(_ field: String, _ events: (Int64, String)...) -> [PlainHit] {
        stream(events.map { ($0.0, "a", [field: $0.1]) })
    }

    static let many = Correlation.Bound(.gte, 3)

    private static var counting: [CorrelationCase] {
        let three = correlations(correlation(.eventCount, ["a"], within: 10, many))
        let byUser = correlations(correlation(.eventCount, ["a"], by: ["User"], within: 10, .init(.gte, 2)))
        return [
            .init(name: "a count fires when it is reached", rules: three, hits: at(1, 2, 3), expected: [fires(3)]),
            .init(name: "a count does not fire below", rules: three, hits: at(1, 2), expected: []),
            .init(name: "an episode fires once", rules: three, hits: at(1, 2, 3, 4, 5, 6), expected: [fires(3)]),
            .init(
                name: "windows slide", rules: three, hits: at(8, 12, 17, 30), expected: [fires(17)]),
            .init(
                name: "an event as old as the timespan is outside", rules: three, hits: at(0, 5, 10), expected: []),
            .init(
                name: "an event a little younger is inside", rules: three, hits: at(1, 5, 10), expected: [fires(10)]),
            .init(
                name: "a second episode fires again", rules: three, hits: at(1, 2, 3, 20, 21, 22),
                expected: [fires(3), fires(22)]),
            .init(
                name: "falling below and rising again is a second episode", rules: three, hits: at(1, 2, 3, 12, 13, 14),
                expected: [fires(3), fires(14)]),
            .init(name: "events out of order are put in order", rules: three, hits: at(9, 1, 5), expected: [fires(9)]),
            .init(name: "equal times count", rules: three, hits: at(5, 5, 5), expected: [fires(5)]),
            .init(
                name: "a silent window ends an episode that one event fills",
                rules: correlations(correlation(.eventCount, ["a"], within: 10, .init(.gte, 1))),
                hits: at(1, 2, 12, 21, 40), expected: [fires(1), fires(12), fires(40)]),
            .init(
                name: "an upper bound holds at events only",
                rules: correlations(correlation(.eventCount, ["a"], within: 10, .init(.lt, 2))), hits: at(1, 2, 3, 30),
                expected: [fires(1), fires(30)]),
            .init(
                name: "a range",
                rules: correlations(correlation(.eventCount, ["a"], within: 10, .init(.gt, 1), .init(.lte, 2))),
                hits: at(1, 2, 3), expected: [fires(2)]),
            .init(
                name: "eq holds at the very number",
                rules: correlations(correlation(.eventCount, ["a"], within: 100, .init(.eq, 2))), hits: at(1, 2, 3),
                expected: [fires(2)]),
            .init(
                name: "neq", rules: correlations(correlation(.eventCount, ["a"], within: 100, .init(.neq, 2))),
                hits: at(1, 2, 3), expected: [fires(1), fires(3)]),
            .init(
                name: "an event of two members counts for each",
                rules: correlations(correlation(.eventCount, ["a", "b"], within: 10, many)),
                hits: at(1, 2, rules: "ab"), expected: [fires(2)]),
            .init(
                name: "hits of one event are counted together",
                rules: correlations(correlation(.eventCount, ["a", "b"], within: 10, .init(.eq, 1))),
                hits: at(1, rules: "ab"), expected: []),
            .init(
                name: "a member that is listed twice counts once",
                rules: correlations(correlation(.eventCount, ["a", "a"], within: 10, .init(.gte, 2))), hits: at(1, 2),
                expected: [fires(2)]),
            .init(
                name: "groups are apart", rules: byUser, hits: values("User", (1, "x"), (2, "y"), (3, "y"), (4, "x")),
                expected: [fires(3, "y"), fires(4, "x")]),
            .init(
                name: "groups respect case", rules: byUser, hits: values("User", (1, "x"), (2, "X")), expected: []),
            .init(
                name: "without the group's field an event does not take part", rules: byUser,
                hits: values("Host", (1, "x"), (2, "x")), expected: []),
            .init(
                name: "an empty value is a group", rules: byUser, hits: values("User", (1, ""), (2, "")),
                expected: [fires(2, "")]),
            .init(
                name: "an array groups by its first value", rules: byUser,
                hits: [["x", "y"], ["x", "z"], ["y"]].enumerated().map { index, users in
                    PlainHit(time: Int64(index) * 1_000_000_000, event: index, rule: 0, fields: ["User": users])
                }, expected: [fires(1, "x")]),
            .init(
                name: "events without a time take no part", rules: three,
                hits: (0..<5).map { PlainHit(time: .min, event: $0, rule: 0, fields: [:]) }, expected: []),
            .init(
                name: "aliases join different fields",
                rules: correlations(
                    correlation(
                        .eventCount, ["a", "b"], by: ["ip"], within: 10, .init(.gte, 2),
                        aliases: ["ip": ["a": "SourceIp", "b": "DestinationIp"]])),
                hits: stream([(1, "a", ["SourceIp": "1"]), (2, "b", ["DestinationIp": "1", "SourceIp": "2"])]),
                expected: [fires(2, "1")]),
        ]
    }

    private static var measuring: [CorrelationCase] {
        func measure(_ kind: Correlation.Kind, _ comparison: Correlation.Bound.Comparison, _ value: Double) -> RuleSet {
            correlations(
                correlation(kind, ["a"], within: 10, .init(comparison, value), fields: ["n"], percentile: 90))
        }
        let ten = stream((1...10).map { ($0 / 2, "a", ["n": "\($0)"]) })
        return [
            .init(
                name: "distinct values",
                rules: correlations(correlation(.valueCount, ["a"], within: 10, many, fields: ["User"])),
                hits: values("User", (1, "x"), (2, "x"), (3, "y"), (4, "y"), (5, "z")), expected: [fires(5)]),
            .init(
                name: "distinct values leave with their last event",
                rules: correlations(correlation(.valueCount, ["a"], within: 10, many, fields: ["User"])),
                hits: values("User", (1, "x"), (8, "x"), (9, "y"), (13, "z")), expected: [fires(13)]),
            .init(
                name: "distinct tuples",
                rules: correlations(correlation(.valueCount, ["a"], within: 10, many, fields: ["U", "H"])),
                hits: stream([
                    (1, "a", ["U": "x", "H": "1"]), (2, "a", ["U": "x", "H": "2"]), (3, "a", ["U": "x"]),
                    (4, "a", ["U": "x", "H": "1"]), (5, "a", ["U": "y", "H": "1"]),
                ]), expected: [fires(5)]),
            .init(
                name: "tuples are not their joined text",
                rules: correlations(correlation(.valueCount, ["a"], within: 10, .init(.gte, 2), fields: ["U", "H"])),
                hits: stream([(1, "a", ["U": "ab", "H": "c"]), (2, "a", ["U": "a", "H": "bc"])]),
                expected: [fires(2)]),
            .init(
                name: "without the value an event does not take part",
                rules: correlations(correlation(.valueCount, ["a"], within: 10, .init(.lt, 5), fields: ["User"])),
                hits: values("Host", (1, "x")), expected: []),
            .init(
                name: "a sum", rules: measure(.valueSum, .gt, 10), hits: values("n", (1, "4"), (2, "6"), (3, "0.5")),
                expected: [fires(3)]),
            .init(
                name: "a sum falls", rules: measure(.valueSum, .gte, 10),
                hits: values("n", (1, "9"), (2, "1"), (11, "1"), (12, "8")), expected: [fires(2)]),
            .init(
                name: "negative numbers", rules: measure(.valueSum, .lt, -1), hits: values("n", (1, "-1"), (2, "-1")),
                expected: [fires(2)]),
            .init(
                name: "what is no number takes no part", rules: measure(.valueSum, .gte, 0),
                hits: values("n", (1, "x"), (2, ""), (3, "0x10"), (4, "1e999")), expected: []),
            .init(
                name: "an average", rules: measure(.valueAverage, .gte, 5),
                hits: values("n", (1, "4"), (2, "5"), (3, "6")),
                expected: [fires(3)]),
            .init(
                name: "a median of an odd number", rules: measure(.valueMedian, .eq, 5),
                hits: values("n", (1, "1"), (2, "100"), (3, "5")), expected: [fires(3)]),
            .init(
                name: "a median of an even number", rules: measure(.valueMedian, .eq, 3),
                hits: values("n", (1, "1"), (2, "5")), expected: [fires(2)]),
            .init(
                name: "a percentile is the nearest rank", rules: measure(.valuePercentile, .eq, 9), hits: ten,
                expected: [fires(4)]),
            .init(
                name: "a percentile of one number is that", rules: measure(.valuePercentile, .gte, 7),
                hits: values("n", (1, "7")), expected: [fires(1)]),
        ]
    }
}
