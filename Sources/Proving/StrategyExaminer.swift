// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Linting
import Sigma
import Strategies

/// Looks at strategies as a whole: what lint says, what their recordings prove.
public struct StrategyExaminer {
    /// Checks documents and what stands beside them.
    public let lint: StrategyLint
    /// What earlier replays found.
    public private(set) var memory: ReplayMemory

    /// Makes an examiner.
    public init(lint: StrategyLint, memory: ReplayMemory = ReplayMemory()) {
        self.lint = lint
        self.memory = memory
    }

    /// What is to be said about a strategy's document, cases, emulations and suppressions.
    ///
    /// Suppressions are left out where the cases cannot be read: that is a finding of its own.
    public mutating func findings(about strategy: LoadedStrategy) -> [Diagnostic] {
        var findings = lint.check(LintSubject(strategy))
        do throws(StrategyError) {
            let check = try SuppressionCheck(strategy, memory: &memory)
            findings += check.findings(in: strategy.document)
        } catch {}
        return findings
    }

    /// What is to be said about rules: what was found when they were loaded, when they were looked at, and when they
    /// were compiled.
    public static func findings(about rules: RuleSet) -> [Diagnostic] {
        rules.diagnostics + RuleLint.check(rules) + Engine(rules: rules, vocabulary: Vocabulary()).diagnostics
    }

    /// What is proved of a strategy; `date` is the RFC 3339 time it is stated for.
    ///
    /// Throws when its cases cannot be read.
    public mutating func proof(of strategy: LoadedStrategy, date: String) throws(StrategyError) -> StrategyProof {
        let report = try StrategyTester().run(strategy, memory: &memory)
        var seen: Set<Diagnostic> = []
        let findings = (findings(about: strategy) + Self.findings(about: strategy.rules))
            .filter { seen.insert($0).inserted }
            .sorted {
                ($0.location.file, $0.location.line, $0.location.column, $0.code)
                    < ($1.location.file, $1.location.line, $1.location.column, $1.code)
            }
        return StrategyProof(strategy, findings: findings, report: report, date: date)
    }
}
