// SPDX-License-Identifier: Apache-2.0
import Sigma

extension CorrelationCase {
    /// Members in any order and in order.
    static var sequences: [CorrelationCase] {
        let temporal = correlations(correlation(.temporal, ["a", "b", "c"], within: 10))
        let ordered = correlations(correlation(.temporalOrdered, ["a", "b", "c"], within: 10))
        func events(_ text: String) -> [PlainHit] {
            stream(text.split(separator: " ").enumerated().map { (Int64($0) + 1, String($1), [:]) })
        }
        func extended(_ kind: Correlation.Kind, _ condition: Condition) -> RuleSet {
            correlations(correlation(kind, ["a", "b", "c"], within: 10, condition: condition))
        }
        let (a, b, c): (Condition, Condition, Condition) = (.search("a"), .search("b"), .search("c"))
        return [
            .init(name: "temporal in any order", rules: temporal, hits: events("c a b"), expected: [fires(3)]),
            .init(name: "temporal wants every member", rules: temporal, hits: events("a b b a"), expected: []),
            .init(
                name: "temporal within the window", rules: temporal,
                hits: stream([(1, "a", [:]), (5, "b", [:]), (11, "c", [:])]), expected: []),
            .init(
                name: "temporal with one event of all members", rules: temporal, hits: events("abc"),
                expected: [fires(1)]),
            .init(
                name: "temporal fires once an episode", rules: temporal, hits: events("a b c a b c"),
                expected: [fires(3)]),
            .init(
                name: "temporal with a bound counts members",
                rules: correlations(correlation(.temporal, ["a", "b", "c"], within: 10, .init(.gte, 2))),
                hits: events("a a c"), expected: [fires(3)]),
            .init(
                name: "temporal by group",
                rules: correlations(correlation(.temporal, ["a", "b"], by: ["U"], within: 10)),
                hits: stream([(1, "a", ["U": "x"]), (2, "b", ["U": "y"]), (3, "a", ["U": "y"])]),
                expected: [fires(3, "y")]),
            .init(name: "temporal_ordered in order", rules: ordered, hits: events("a b c"), expected: [fires(3)]),
            .init(name: "temporal_ordered out of order", rules: ordered, hits: events("c b a"), expected: []),
            .init(
                name: "temporal_ordered with others between", rules: ordered, hits: events("c a c b a c"),
                expected: [fires(6)]),
            .init(
                name: "temporal_ordered takes the record order at equal times", rules: ordered,
                hits: stream([(1, "a", [:]), (1, "b", [:]), (1, "c", [:])]), expected: [fires(1)]),
            .init(
                name: "temporal_ordered refuses the wrong record order at equal times", rules: ordered,
                hits: stream([(1, "c", [:]), (1, "b", [:]), (1, "a", [:])]), expected: []),
            .init(
                name: "temporal_ordered lets one event be several members",
                rules: correlations(correlation(.temporalOrdered, ["b", "a"], within: 10)), hits: events("ab"),
                expected: [fires(1)]),
            .init(
                name: "temporal_ordered wants an event for each time a member is listed",
                rules: correlations(correlation(.temporalOrdered, ["a", "a"], within: 10)), hits: events("a d a"),
                expected: [fires(3)]),
            .init(
                name: "temporal_ordered whose beginning has left", rules: ordered,
                hits: stream([(1, "a", [:]), (2, "b", [:]), (11, "c", [:])]), expected: []),
            .init(
                name: "extended: one without the other", rules: extended(.temporalExtended, .and([a, .not(b)])),
                hits: events("b a"), expected: []),
            .init(
                name: "extended: or", rules: extended(.temporalExtended, .and([a, .or([b, c])])), hits: events("c a"),
                expected: [fires(2)]),
            .init(
                name: "extended: of", rules: extended(.temporalExtended, .of(.atLeast(2), ["a", "b", "c"])),
                hits: events("b b c"), expected: [fires(3)]),
            .init(
                name: "extended: absent once the other has left",
                rules: extended(.temporalExtended, .and([a, .not(b)])),
                hits: stream([(1, "b", [:]), (5, "a", [:]), (12, "a", [:])]), expected: [fires(12)]),
            .init(
                name: "ordered extended: in the order of the list",
                rules: extended(.temporalOrderedExtended, .and([c, a])), hits: events("c a c"), expected: [fires(3)]),
            .init(
                name: "ordered extended: either way on",
                rules: extended(.temporalOrderedExtended, .or([.and([a, b]), .and([a, c])])), hits: events("b a c"),
                expected: [fires(3)]),
            .init(
                name: "ordered extended: what must be absent",
                rules: extended(.temporalOrderedExtended, .and([a, c, .not(b)])), hits: events("a b c"), expected: []),
        ]
    }

    /// Correlations of correlations.
    static var chains: [CorrelationCase] {
        let failures = correlation(.eventCount, ["a"], by: ["Host"], within: 10, many)
        let success = correlation(.temporalOrdered, ["0", "b"], by: ["User"], within: 60)
        return [
            .init(
                name: "a correlation of a correlation by its own group",
                rules: correlations(failures, success),
                hits: stream([
                    (1, "a", ["Host": "h", "User": "u"]), (2, "a", ["Host": "h", "User": "u"]),
                    (3, "a", ["Host": "h", "User": "u"]), (9, "b", ["User": "u"]),
                ]), expected: [fires(3, "h"), fires(9, "u", of: 1)]),
            .init(
                name: "a correlation that did not fire is no event", rules: correlations(failures, success),
                hits: stream([(1, "a", ["Host": "h", "User": "u"]), (9, "b", ["User": "u"])]), expected: []),
            .init(
                name: "firings are counted",
                rules: correlations(
                    failures, correlation(.valueCount, ["0"], within: 60, .init(.gte, 2), fields: ["Host"])),
                hits: stream((1...3).map { ($0, "a", ["Host": "h"]) } + (11...13).map { ($0, "a", ["Host": "i"]) }),
                expected: [fires(3, "h"), fires(13, "i"), fires(13, of: 1)]),
            .init(
                name: "an alias of the inner is a field of its firing",
                rules: correlations(
                    correlation(
                        .eventCount, ["a"], by: ["ip"], within: 10, .init(.gte, 2), aliases: ["ip": ["a": "Src"]]),
                    correlation(.temporal, ["0", "b"], by: ["ip"], within: 60, aliases: ["ip": ["b": "Dst"]])),
                hits: stream([(1, "a", ["Src": "1"]), (2, "a", ["Src": "1"]), (3, "b", ["Dst": "1"])]),
                expected: [fires(2, "1"), fires(3, "1", of: 1)]),
        ]
    }
}
