// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// Random rules, and events of which about half match their items; a seed always gives the same case.
public struct PropertyCase: Sendable, CustomStringConvertible {
    /// What the case is made from.
    public let seed: UInt64
    /// The rules.
    public let rules: [Rule]
    /// The events.
    public let events: [TestEvent]

    /// Makes the case of a seed.
    public init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        let rules = (0..<random.number(1...3)).map { _ in RuleGenerator.rule(&random) }
        self.rules = rules
        events = (0..<12).map { index in
            // Most events are meant for one rule, some for several at once.
            let some = rules.filter { _ in random.chance(index % 3 == 0 ? 60 : 0) }
            return EventGenerator.event(for: some.isEmpty ? [random.pick(rules)] : some, &random)
        }
    }

    /// The seed, which is all that is needed to repeat it.
    public var description: String { "seed \(seed)" }

    /// All items of the rules.
    public var items: [DetectionItem] {
        rules.flatMap { $0.detection.searches }.flatMap { EventGenerator.items(of: $0.search) }
    }

    /// Where two implementations differ, as text with rule and event.
    public func disagreements(
        between one: ConformanceCase.Make, and other: ConformanceCase.Make
    ) throws -> [String] {
        let first = try matches(of: one)
        let second = try matches(of: other)
        return first.symmetricDifference(second).sorted().map { match in
            "\(self), rule \(match.rule), event \(match.event): "
                + (first.contains(match) ? "only the first matches" : "only the second matches")
                + "\n\(rules[match.rule].detection)\n\(events[match.event])"
        }
    }

    /// The matches an implementation finds.
    public func matches(of make: ConformanceCase.Make) throws -> Set<Match> {
        let vocabulary = Vocabulary()
        var evaluator = try make(ruleSet(rules), vocabulary)
        return Set(evaluator.matches(in: batch(events, vocabulary: vocabulary)))
    }
}
