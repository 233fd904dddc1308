// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Readers
import Sigma
import Strategies

/// Replays a strategy's recorded attacks against its suppressions: one that hides any of them must not be used.
///
/// Each suppression is looked at for itself and whatever its date, so that renewing one cannot bring a fault to life.
public struct SuppressionCheck: Sendable {
    /// A suppression that silences a declared true positive.
    public struct Conflict: Sendable, Hashable {
        /// The suppression's id.
        public var suppression: String
        /// The attack it hides.
        public var caseName: String
        /// The rules whose findings it silences there, by id.
        public var rules: [String]
        /// How many findings of the attack it silences.
        public var hits: UInt64
        /// Where the suppression stands.
        public var location: SourceLocation

        /// What is silenced, for a sentence.
        public var silenced: String {
            "\(hits) \(hits == 1 ? "finding" : "findings") (\(rules.joined(separator: ", ")))"
        }
    }

    /// What would be hidden, in the order of the cases.
    public private(set) var conflicts: [Conflict] = []
    /// Attacks that could not be replayed in full, with the reason: nothing is known about them.
    public private(set) var unchecked: [String] = []

    /// Replays the attacks among `cases`; costs nothing for a policy without suppressions.
    public init(_ policy: StrategyPolicy, cases: [TelemetryCase], rules: RuleSet) {
        guard !policy.suppressions.isEmpty, !cases.isEmpty else { return }
        var undated = policy
        for index in undated.suppressions.indices {
            undated.suppressions[index].expires = nil
            undated.suppressions[index].refusal = nil
        }
        var options = DetectionPipeline.Options()
        options.policies = [undated]
        let vocabulary = Vocabulary()
        // Compiled once; each case starts from a copy, without what other cases left behind.
        let fresh = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options) { _ in policy.strategy }
        for one in cases where one.kind == .attack { replay(one, undated, fresh, vocabulary) }
    }

    /// Reads a strategy's cases and rules and replays them.
    public init(_ policy: StrategyPolicy, strategy: Strategy) throws(StrategyError) {
        let attacks = policy.suppressions.isEmpty ? [] : try TelemetryCases.read(strategy).filter { $0.kind == .attack }
        let rules = attacks.isEmpty ? RuleSet() : RuleLoader().load(paths: [strategy.rulesPath])
        self.init(policy, cases: attacks, rules: rules)
    }

    /// The policy with the suppressions refused that hide an attack.
    public func refusing(in policy: StrategyPolicy) -> StrategyPolicy {
        var refused = policy
        for index in refused.suppressions.indices where refused.suppressions[index].refusal == nil {
            let own = conflicts.filter { $0.suppression == refused.suppressions[index].id }
            guard let first = own.first else { continue }
            let more = own.count > 1 ? " and \(own.count - 1) more" : ""
            refused.suppressions[index].refusal = "it would hide the attack `\(first.caseName)`\(more)"
        }
        return refused
    }

    private mutating func replay(
        _ one: TelemetryCase, _ policy: StrategyPolicy, _ fresh: DetectionPipeline, _ vocabulary: Vocabulary
    ) {
        var pipeline = fresh
        let known = unchecked.count
        var batch = EventBatch()
        for file in one.files {
            let logSource = one.logSource.map {
                LogSource(product: $0.product, category: $0.category, service: $0.service)
            }
            var source = EventPump(paths: [file], vocabulary: vocabulary, logSource: logSource)
            while source.next(&batch) { _ = pipeline.process(&batch) }
            if let problem = source.report.samples.first {
                unchecked.append("\(one.name): \(problem.path):\(problem.position): \(problem.message)")
            }
        }
        _ = pipeline.finish()
        if unchecked.count == known, pipeline.eventsBySource.isEmpty {
            unchecked.append("\(one.name): its recordings hold no event")
        }
        for (suppression, record) in zip(policy.suppressions, pipeline.suppressions) where record.hits > 0 {
            conflicts.append(
                Conflict(
                    suppression: suppression.id, caseName: one.name, rules: record.rules, hits: record.hits,
                    location: suppression.location))
        }
    }
}
