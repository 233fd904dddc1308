// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Pipeline
import Proving
import Sigma
import Strategies

/// The rules and strategies of a hunt, loaded: at its start, and again when it is told to.
struct HuntSetup {
    let rules: RuleSet
    private let catalog: StrategyCatalog
    private let policies: StrategyPolicies
    private let options: Hunt

    /// Loads what the options name; throws when no rule is left.
    init(_ options: Hunt) throws {
        self.options = options
        catalog = try options.ruleOptions.catalog()
        rules = try options.ruleOptions.load(catalog)
        if rules.rules.isEmpty {
            let errors = rules.diagnostics.filter { $0.severity == .error }.prefix(5)
            throw Failure(
                "no rule could be loaded" + errors.map { "\n\($0.location): \($0.message)" }.joined())
        }
        let cache = options.ruleOptions.cacheOptions.cache
        var memory = ReplayMemory(cache)
        policies = StrategyPolicies(catalog.strategies.map { LoadedStrategy($0, cache: cache) }, memory: &memory)
        for note in memory.notes { Console.note("note: \(note)") }
    }

    /// A pipeline of these rules.
    func pipeline(vocabulary: Vocabulary) -> DetectionPipeline {
        var own = DetectionPipeline.Options()
        own.minimumLevel = options.minimumLevel
        own.folding = options.fold
        own.wants = options.follow ? .all : .closed
        own.policies = policies.policies
        own.today = CalendarDay(Timestamp.now)
        own.showsSuppressed = options.showSuppressed
        return DetectionPipeline(rules: rules, vocabulary: vocabulary, options: own) { file in
            catalog.strategy(ofRuleFile: file).map { StrategyReference($0) }
        }
    }

    /// What of the strategies' documents does not act, a sentence each.
    func warnings(of pipeline: DetectionPipeline) -> [String] {
        policies.problems + pipeline.policy.diagnostics.map { "\($0.location): \($0.message)" }
            + pipeline.suppressions.filter { $0.state == .refused }.map { record in
                "the suppression `\(record.suppression.id)` of \(record.strategy) is refused and silences nothing: "
                    + (record.refusal ?? "unknown")
            }
    }
}
