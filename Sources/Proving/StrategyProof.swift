// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What is proved of a strategy and of each of its rules, and what keeps them from more.
public struct StrategyProof: Sendable {
    /// The strategy.
    public let strategy: LoadedStrategy
    /// What came of its recorded telemetry.
    public let report: StrategyTestReport
    /// What is proved of the strategy as a whole.
    public let state: ProofState
    /// The rules and correlations that give alerts, in the order of the rule set.
    public let rules: [RuleProof]

    /// A rule and what is proved of it.
    public struct RuleProof: Sendable {
        /// The rule.
        public let metadata: Metadata
        /// What is proved of it.
        public let state: ProofState
    }

    /// Judges a strategy.
    ///
    /// - Parameters:
    ///   - strategy: The strategy.
    ///   - findings: What lint says about it; errors keep it at the lowest level.
    ///   - report: What came of its recorded telemetry.
    ///   - date: When that was found out, as an RFC 3339 time in UTC.
    public init(_ strategy: LoadedStrategy, findings: [Diagnostic], report: StrategyTestReport, date: String) {
        self.strategy = strategy
        self.report = report
        let errors = findings.filter { $0.severity == .error }.map { "\($0.location): \($0.message)" }
        let obstacles = Self.obstacles(in: report)
        let isReplayed = report.passed && obstacles.isEmpty
        let level: ProofState.Level = !errors.isEmpty ? .prose : isReplayed ? .recorded : .lint
        state = ProofState(level, date: date, obstacles: errors.isEmpty ? obstacles : errors)
        // A level includes those below it, so no rule stands above a strategy that does not lint clean.
        rules = strategy.rules.alerting.map { metadata in
            RuleProof(
                metadata: metadata,
                state: errors.isEmpty
                    ? Self.proof(of: metadata.identifier, strategy.cases, report, date) : .init(.prose, date: date))
        }
    }

    /// What keeps the strategy from proof level 2.
    private static func obstacles(in report: StrategyTestReport) -> [String] {
        var obstacles = report.cases.isEmpty ? ["there is no recorded telemetry"] : []
        obstacles += report.refusedRules.map { "\($0.location): \($0.message)" }
        for one in report.cases { obstacles += one.failures.map { "case \(one.name): \($0)" } }
        for rule in report.rules where !rule.passed {
            let missing = rule.firing.isEmpty ? "in which it fires" : "in which it stays silent"
            obstacles.append("rule \(rule.title) has no case \(missing)")
        }
        for one in report.suppressions { obstacles += one.failures.map { "suppression \(one.id): \($0)" } }
        return obstacles
    }

    /// What the cases prove of a rule: those that expect it, and those in which it fired, must all be as asked for.
    private static func proof(
        of id: String, _ cases: [TelemetryCase], _ report: StrategyTestReport, _ date: String
    ) -> ProofState {
        let failed = report.cases.filter { result in
            let isExpected = cases.contains { $0.name == result.name && $0.fires.contains { $0.rule == id } }
            return !result.passed && (isExpected || result.fired.contains(id))
        }
        guard failed.isEmpty, report.rules.contains(where: { $0.id == id && $0.passed }) else {
            return ProofState(.lint, date: date, obstacles: failed.map { "case \($0.name)" })
        }
        return ProofState(.recorded, date: date)
    }
}
