// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// A rule, events it must match and events it must not.
public struct ConformanceCase: Sendable, CustomStringConvertible {
    /// What the case shows.
    public var name: String
    /// The rule.
    public var sigma: Rule
    /// Events the rule matches.
    public var yes: [TestEvent]
    /// Events the rule does not match.
    public var no: [TestEvent]

    /// A case of a whole rule.
    public init(_ name: String, _ rule: Rule, yes: [TestEvent] = [], no: [TestEvent] = []) {
        self.name = name
        sigma = rule
        self.yes = yes
        self.no = no
    }

    /// A case of one item.
    public init(_ name: String, _ key: String, _ values: [RuleValue], yes: [TestEvent] = [], no: [TestEvent] = []) {
        self.init(name, rule(key, values), yes: yes, no: no)
    }

    /// The name.
    public var description: String { name }

    /// Makes an implementation for some rules.
    public typealias Make = @Sendable (RuleSet, Vocabulary) throws -> any Evaluator

    /// What an implementation gets wrong in this case alone.
    public func failures(of make: Make) throws -> [String] {
        try Self.failures(in: [self], of: make)
    }

    /// What an implementation gets wrong when all cases share one rule set and one batch; each case answers for its own
    /// events only.
    public static func failures(in cases: [ConformanceCase], of make: Make) throws -> [String] {
        let vocabulary = Vocabulary()
        var evaluator = try make(ruleSet(cases.map(\.sigma)), vocabulary)
        let events = cases.flatMap { $0.yes + $0.no }
        let found = evaluator.matches(in: batch(events, vocabulary: vocabulary))
        var failures = found == found.sorted() ? [] : ["the matches are not sorted"]
        if Set(found).count != found.count { failures.append("a match is given twice") }
        let matches = Set(found)
        var index = 0
        for (rule, each) in cases.enumerated() {
            for (position, event) in (each.yes + each.no).enumerated() {
                let expected = position < each.yes.count
                if matches.contains(Match(event: index, rule: rule)) != expected {
                    failures.append("\(each.name): \(expected ? "must match" : "must not match") \(event)")
                }
                index += 1
            }
        }
        return failures
    }
}

/// Collects cases, one statement each.
struct CaseTable {
    private(set) var cases: [ConformanceCase] = []

    /// Adds a case of one item.
    mutating func add(
        _ name: String, _ key: String, _ values: [RuleValue], yes: [TestEvent] = [], no: [TestEvent] = []
    ) {
        cases.append(ConformanceCase(name, key, values, yes: yes, no: no))
    }

    /// Adds a case of a whole rule.
    mutating func add(_ name: String, _ rule: Rule, yes: [TestEvent] = [], no: [TestEvent] = []) {
        cases.append(ConformanceCase(name, rule, yes: yes, no: no))
    }
}
