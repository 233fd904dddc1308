// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import Strategies
import TestSupport

/// A strategy of two rules and a correlation over the first.
enum PolicySamples {
    static let strategy = StrategyReference(id: "sample", title: "Sample", path: "sample/strategy.md")

    /// The matcher `key: values`.
    static func match(_ key: String, _ values: [RuleValue]) -> Detection { TestSupport.rule(key, values).detection }

    static func criterion(
        _ level: Level, _ key: String, _ values: [RuleValue], rules: [String]? = nil
    ) -> PriorityBlock.Criterion {
        .init(
            level: level, because: "\(key) makes it \(level.rawValue)", rules: rules, match: match(key, values),
            location: testLocation)
    }

    static func suppression(
        _ id: String, _ key: String, _ values: [RuleValue], rules: [String]? = nil, expires: String? = nil
    ) -> Suppression {
        .init(
            .init(id: id, owner: "build-team", reason: "reviewed", expires: expires), characteristic: "the builds",
            rules: rules, match: match(key, values), location: testLocation)
    }

    static func rules() -> RuleSet {
        var set = RuleSet()
        for (index, level) in [Level.medium, nil].enumerated() {
            var one = TestSupport.rule("Image|endswith", [RuleValue(.string("/tool\(index)"))])
            one.metadata.title = "Tool \(index)"
            one.metadata.id = "0000000\(index)-0000-4000-8000-000000000000"
            one.metadata.name = "tool\(index)"
            one.metadata.level = level
            set.rules.append(one)
        }
        return set
    }

    static func policy(
        criteria: [PriorityBlock.Criterion] = [], suppressions: [Suppression] = [],
        defaultLevel: Level? = nil
    ) -> StrategyPolicy {
        var policy = StrategyPolicy(strategy: strategy)
        policy.blocks.priority = PriorityBlock(defaultLevel: defaultLevel, criteria: criteria, location: testLocation)
        policy.blocks.suppressions = suppressions
        return policy
    }

    static func compiled(
        _ policy: StrategyPolicy, vocabulary: Vocabulary = Vocabulary(), today: String? = nil
    ) -> AlertPolicy {
        AlertPolicy(
            [policy], rules: rules(), vocabulary: vocabulary, today: today.flatMap { CalendarDay($0) }
        ) { _ in strategy }
    }

    static func event(_ fields: KeyValuePairs<String, String>, vocabulary: Vocabulary, time: Int64? = noon)
        -> EventBatch
    {
        var batch = SampleBatch(vocabulary: vocabulary)
        batch.add(fields, source: LogSource(product: "linux", category: "process_creation"), time: time)
        return batch.batch
    }
}
