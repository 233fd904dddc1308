// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Pipeline
import Readers
import Sigma
import Strategies

/// Replays a strategy's recorded attacks against its suppressions: one that hides any of them must not be used.
///
/// Each suppression is looked at for itself and whatever its date, so that renewing one cannot bring a fault to life.
public struct SuppressionCheck: Sendable, Hashable, Codable {
    /// A suppression that silences a declared true positive.
    public struct Conflict: Sendable, Hashable, Codable {
        /// The suppression's id.
        public var suppression: String
        /// The attack it hides.
        public var caseName: String
        /// The rules whose findings it silences there, by id.
        public var rules: [String]
        /// How many findings of the attack it silences.
        public var hits: UInt64

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
        guard !policy.blocks.suppressions.isEmpty, !cases.isEmpty else { return }
        var undated = policy
        undated.refusals = [:]
        for index in undated.blocks.suppressions.indices { undated.blocks.suppressions[index].agreement.expires = nil }
        var options = DetectionPipeline.Options()
        options.policies = [undated]
        // Compiled once; each case starts from its beginning, without what other cases left behind.
        let fresh = DetectionPipeline(rules: rules, vocabulary: Vocabulary(), options: options) { _ in policy.strategy }
        for one in cases where one.kind == .attack { replay(one, undated, fresh) }
    }

    /// Holds a strategy's suppressions against its recorded attacks, or remembers what came of it.
    ///
    /// Throws when its cases cannot be read and there are suppressions to hold against them.
    public init(_ strategy: LoadedStrategy, memory: inout ReplayMemory) throws(StrategyError) {
        guard !strategy.document.blocks.suppressions.isEmpty else { return }
        if let failure = strategy.casesFailure { throw failure }
        self = memory.result(.suppressions, of: strategy) { _ in
            let policy = StrategyPolicy(strategy.document, of: StrategyReference(strategy.strategy))
            return SuppressionCheck(policy, cases: strategy.cases, rules: strategy.rules)
        }
    }

    /// The policy with the suppressions refused that hide an attack.
    public func refusing(in policy: StrategyPolicy) -> StrategyPolicy {
        var refused = policy
        for one in policy.blocks.suppressions where refused.refusals[one.id] == nil {
            let own = conflicts.filter { $0.suppression == one.id }
            guard let first = own.first else { continue }
            let more = own.count > 1 ? " and \(own.count - 1) more" : ""
            refused.refusals[one.id] = "it would hide the attack `\(first.caseName)`\(more)"
        }
        return refused
    }

    private mutating func replay(
        _ one: TelemetryCase, _ policy: StrategyPolicy, _ fresh: DetectionPipeline
    ) {
        let pipeline = DetectionPipeline(fresh: fresh)
        let known = unchecked.count
        _ = pipeline.replay(one)
        if let problem = pipeline.report.samples.first {
            unchecked.append("\(one.name): \(problem.path):\(problem.position): \(problem.message)")
        }
        if unchecked.count == known, pipeline.eventsBySource.isEmpty {
            unchecked.append("\(one.name): its recordings hold no event")
        }
        for (suppression, record) in zip(policy.blocks.suppressions, pipeline.suppressions) where record.hits > 0 {
            conflicts.append(
                Conflict(
                    suppression: suppression.id, caseName: one.name, rules: record.rules, hits: record.hits))
        }
    }
}
