// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Pipeline
import Sigma
import Strategies
import TestSupport

/// A strategy of two rules and a correlation, and events that go through the whole path.
struct PolicyScene {
    static let strategy = StrategyReference(id: "scene", title: "Scene", path: "scene/strategy.md")
    static let start: Int64 = 1_795_292_645_000_000_000

    static let rulesText = """
        title: Tool run
        id: 11111111-0000-4000-8000-000000000000
        name: tool_run
        level: medium
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /tool}
          condition: selection
        ---
        title: Other run
        id: 22222222-0000-4000-8000-000000000000
        name: other_run
        level: low
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /other}
          condition: selection
        ---
        title: Many tools
        id: 33333333-0000-4000-8000-000000000000
        name: many_tools
        level: low
        status: test
        correlation:
          type: event_count
          rules: [tool_run]
          group-by: [host.name]
          timespan: 1m
          generate: true
          condition: {gte: 6}
        """

    let vocabulary = Vocabulary()
    let rules = RuleLoader().load(text: rulesText, file: "scene/rules/rules.yml")
    var policy = StrategyPolicy(strategy: strategy)

    /// The matcher `key: values`.
    static func match(_ key: String, _ values: [RuleValue]) -> Detection { rule(key, values).detection }

    static func suppression(
        _ id: String, _ key: String, _ values: [RuleValue], rules: [String]? = nil, expires: String? = nil
    ) -> Suppression {
        .init(
            .init(id: id, expires: expires), characteristic: "scene", rules: rules, match: match(key, values),
            location: testLocation)
    }

    func pipeline(_ change: (inout DetectionPipeline.Options) -> Void = { _ in }) -> DetectionPipeline {
        var options = DetectionPipeline.Options()
        options.policies = [policy]
        change(&options)
        return DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options) { _ in Self.strategy }
    }

    /// The criteria of the policy.
    var criteria: [PriorityBlock.Criterion] {
        get { policy.blocks.priority?.criteria ?? [] }
        set { policy.blocks.priority = PriorityBlock(criteria: newValue, location: testLocation) }
    }

    /// Starts of `image` by each user, a second apart.
    func starts(of image: String, by users: [String], from: Int64 = 0) -> EventBatch {
        var batch = SampleBatch(vocabulary: vocabulary)
        for (index, user) in users.enumerated() {
            batch.add(
                ["Image": image, "User": user, "host.name": "web1"],
                source: LogSource(product: "linux", category: "process_creation"),
                time: Self.start + (from + Int64(index)) * 1_000_000_000)
        }
        return batch.batch
    }

    /// The alerts of some batches, in the order of output.
    static func alerts(_ pipeline: DetectionPipeline, _ batches: EventBatch...) -> [Alert] {
        let alerts = pipeline.process(batches)
        return (alerts + pipeline.finish().map(\.alert)).sorted(by: Alert.precedes)
    }
}
