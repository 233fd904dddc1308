// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

extension SuppressionCheck {
    /// What speaks against the suppressions of a document, as findings of `vedette lint`.
    ///
    /// An attack that could not be replayed is a finding only while there are suppressions: the recording itself is
    /// judged by `StrategyTester`.
    public func findings(in document: StrategyDocument) -> [Diagnostic] {
        let place = document.section(.falsePositives)?.location ?? SourceLocation(file: document.path, line: 1)
        let hidden = conflicts.map { conflict in
            let suppression = document.blocks.suppressions.first { $0.id == conflict.suppression }
            return StrategyFindingCode.suppressionHidesAttack.diagnostic(
                "the suppression '\(conflict.suppression)' silences \(conflict.silenced) of the recorded attack"
                    + " '\(conflict.caseName)'", at: suppression?.location ?? place)
        }
        let unknown = unchecked.map { problem in
            StrategyFindingCode.suppressionUnchecked.diagnostic(
                "the suppressions could not be held against an attack: \(problem)", at: place)
        }
        return hidden + unknown
    }
}
