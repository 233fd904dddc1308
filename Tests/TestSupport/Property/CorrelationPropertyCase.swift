// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Random correlations over four rules, and a random stream of hits; a seed always gives the same case.
///
/// Numbers are quarters, so that sums come out the same whatever their order.
public struct CorrelationPropertyCase: Sendable, CustomStringConvertible {
    /// What the case is made from.
    public let seed: UInt64
    /// The rules `a`, `b`, `c`, `d` and the correlations over them.
    public let rules: RuleSet
    /// The stream, in the order of its records, which is not quite that of time.
    public let hits: [PlainHit]

    /// Makes the case of a seed.
    public init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        rules = correlationSet(
            (0..<random.number(1...4)).map { Self.correlation(after: $0, &random) })
        hits = Self.stream(&random)
    }

    /// The seed, which is all that is needed to repeat it.
    public var description: String { "seed \(seed)" }

    /// Where an implementation differs from the plain correlator, as text; nil where it does not.
    public func disagreement(with correlate: CorrelationCase.Correlate) throws -> String? {
        let plain = PlainCorrelator(rules: rules).firings(of: hits)
        return try CorrelationCase(name: description, rules: rules, hits: hits, expected: plain).failure(of: correlate)
    }

    private static func correlation(after earlier: Int, _ random: inout SeededGenerator) -> Correlation {
        let kind = random.pick(Correlation.Kind.allCases)
        var members = ["a", "b", "c", "id-d"].shuffled(using: &random)
        if earlier > 0, random.chance(50) { members.insert("\(random.number(0...earlier - 1))", at: 0) }
        var made = Correlation(
            metadata: Metadata(title: "generated", location: testLocation), kind: kind,
            rules: Array(members.prefix(random.number(kind.isTemporal ? 2...3 : 1...2))),
            groupBy: random.pick([[], ["User"], ["Host"], ["User", "Host"], ["Who"]]),
            timespan: random.pick([1, 5, 20, 60]))
        if made.groupBy == ["Who"] { made.aliases = ["Who": ["a": "User", "b": "Host", "c": "User"]] }
        made.generate = random.chance(50)
        switch kind {
        case .temporalOrdered: break
        case .temporal: if random.chance(30) { made.bounds = [.init(.gte, 2)] }
        case .temporalExtended, .temporalOrderedExtended: made.condition = condition(made.rules, depth: 2, &random)
        case .eventCount: made.bounds = bounds(around: 3, &random)
        case .valueCount:
            made.fields = random.pick([["User"], ["n"], ["User", "Host"]])
            made.bounds = bounds(around: 2, &random)
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
            made.fields = ["n"]
            made.percentile = Double(random.pick([0, 25, 50, 90, 100]))
            made.bounds = bounds(around: kind == .valueSum ? 8 : 3, &random)
        }
        return made
    }

    private static func bounds(around middle: Int, _ random: inout SeededGenerator) -> [Correlation.Bound] {
        let value = Double(random.number(max(middle - 2, 1)...middle + 2))
        if random.chance(15) { return [.init(.gt, value - 1), .init(.lte, value + 1)] }
        return [.init(random.pick([.gte, .gte, .gt, .lt, .lte, .eq, .neq]), value)]
    }

    private static func condition(_ names: [String], depth: Int, _ random: inout SeededGenerator) -> Condition {
        if depth == 0 { return .search(random.pick(names)) }
        switch random.number(0...5) {
        case 0...2: return .and((0..<2).map { _ in condition(names, depth: depth - 1, &random) })
        case 3: return .or((0..<2).map { _ in condition(names, depth: depth - 1, &random) })
        case 4: return .and([.search(random.pick(names)), .not(condition(names, depth: depth - 1, &random))])
        default: return .of(random.pick([.any, .all, .atLeast(2)]), names)
        }
    }

    private static func stream(_ random: inout SeededGenerator) -> [PlainHit] {
        var time: Int64 = 1_700_000_000
        return (0..<random.number(10...80)).flatMap { event -> [PlainHit] in
            time += Int64(random.pick([0, 0, 1, 1, 2, 5, random.chance(10) ? 90 : 3]))
            // Some records arrive late.
            let shown = time - (random.chance(15) ? Int64(random.number(0...8)) : 0)
            var fields: [String: [String]] = [:]
            if random.chance(90) { fields["User"] = [random.pick(["x", "y", "X", ""])] }
            if random.chance(90) { fields["Host"] = random.pick([["h"], ["i"], ["x", "h"]]) }
            if random.chance(85) { fields["n"] = [random.pick(["0", "1", "2.5", "4", "-1.25", "10", "n/a"])] }
            let matched = random.chance(75) ? [random.number(0...3)] : (0..<4).filter { _ in random.chance(50) }
            return matched.map { PlainHit(time: shown * 1_000_000_000, event: event, rule: $0, fields: fields) }
        }
    }
}

extension Correlation.Kind {
    /// Whether members are looked for, not counted.
    fileprivate var isTemporal: Bool {
        switch self {
        case .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended: true
        default: false
        }
    }
}
