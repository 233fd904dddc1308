// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

extension SuppressionCheck {
    /// What speaks against the suppressions, as findings of `vedette lint`.
    ///
    /// An attack that could not be replayed is a finding only while there are suppressions: the recording itself is
    /// judged by `StrategyTester`.
    public func findings(in document: StrategyDocument) -> [Diagnostic] {
        let hidden = conflicts.map { conflict in
            StrategyFindingCode.suppressionHidesAttack.diagnostic(
                "the suppression '\(conflict.suppression)' silences \(conflict.silenced) of the recorded attack"
                    + " '\(conflict.caseName)'", at: conflict.location)
        }
        let place = document.section(.falsePositives)?.location ?? SourceLocation(file: document.path, line: 1)
        let unknown = unchecked.map { problem in
            StrategyFindingCode.suppressionUnchecked.diagnostic(
                "the suppressions could not be held against an attack: \(problem)", at: place)
        }
        return hidden + unknown
    }

    /// The findings about the suppressions of a strategy.
    ///
    /// Empty when its cases cannot be read: that is a finding of its own.
    public static func findings(about strategy: Strategy) -> [Diagnostic] {
        let policy = StrategyPolicy(strategy.document, of: StrategyReference(strategy))
        do throws(StrategyError) {
            return try SuppressionCheck(policy, strategy: strategy).findings(in: strategy.document)
        } catch {
            return []
        }
    }
}
