// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Correlations, a stream of hits, and the firings it must give.
public struct CorrelationCase: Sendable, CustomStringConvertible {
    /// What the case shows.
    public var name: String
    /// The rules and correlations.
    public var rules: RuleSet
    /// The stream, in the order of its records.
    public var hits: [PlainHit]
    /// The firings, in order.
    public var expected: [PlainFiring]

    /// The name.
    public var description: String { name }

    /// Gives the firings of a stream.
    public typealias Correlate = @Sendable (RuleSet, [PlainHit]) throws -> [PlainFiring]

    /// What an implementation gets wrong, as text, or nil.
    ///
    /// Order within one moment does not count.
    public func failure(of correlate: Correlate) throws -> String? {
        let found = try correlate(rules, hits)
        return Self.ordered(found) == Self.ordered(expected) ? nil : "\(name): expected \(expected), found \(found)"
    }

    private static func ordered(_ firings: [PlainFiring]) -> [PlainFiring] {
        firings.sorted { a, b in
            (a.time, a.correlation) == (b.time, b.correlation)
                ? a.group.lexicographicallyPrecedes(b.group) : (a.time, a.correlation) < (b.time, b.correlation)
        }
    }
}

/// Rules called `a`, `b`, `c`, `d` and the given correlations over them; a member is named by a letter, or by `0`, `1` …
/// for an earlier correlation.
public func correlations(_ correlations: Correlation...) -> RuleSet {
    correlationSet(correlations)
}

/// The same as `correlations(_:)`, from an array.
public func correlationSet(_ correlations: [Correlation]) -> RuleSet {
    var set = RuleSet()
    set.rules = ["a", "b", "c", "d"].map { name in
        var rule = rule("F", ["x"])
        rule.metadata.name = name
        rule.metadata.id = "id-" + name
        return rule
    }
    for (index, each) in correlations.enumerated() {
        var correlation = each
        correlation.metadata.name = "\(index)"
        let members = correlation.rules.map { name -> ResolvedCorrelation.Member in
            if let inner = Int(name), inner < index { return .correlation(inner) }
            let rule = set.rules.firstIndex { $0.metadata.name == name || $0.metadata.id == name }
            guard let rule else { preconditionFailure("no rule is called \(name)") }
            return .rule(rule)
        }
        set.correlations.append(ResolvedCorrelation(correlation: correlation, members: members))
    }
    return set
}

/// A correlation: `correlation(.eventCount, ["a"], by: ["User"], within: 60, .gte, 3)`.
public func correlation(
    _ kind: Correlation.Kind, _ rules: [String], by groupBy: [String] = [], within timespan: Int = 10,
    _ bounds: Correlation.Bound..., fields: [String] = [], percentile: Double? = nil, condition: Condition? = nil,
    aliases: [String: [String: String]] = [:]
) -> Correlation {
    var correlation = Correlation(
        metadata: Metadata(title: "test", location: testLocation), kind: kind, rules: rules, groupBy: groupBy,
        timespan: timespan)
    correlation.bounds = bounds
    correlation.fields = fields
    correlation.percentile = percentile
    correlation.condition = condition
    correlation.aliases = aliases
    return correlation
}

/// A stream of hits: each line is a time in seconds, the letters of the rules the event matches, and its fields.
public func stream(_ events: [(time: Int64, rules: String, fields: [String: String])]) -> [PlainHit] {
    events.enumerated().flatMap { index, event in
        event.rules.compactMap { letter in
            "abcd".firstIndex(of: letter).map { position in
                PlainHit(
                    time: event.time * 1_000_000_000, event: index,
                    rule: "abcd".distance(from: "abcd".startIndex, to: position),
                    fields: event.fields.mapValues { [$0] })
            }
        }
    }
}
