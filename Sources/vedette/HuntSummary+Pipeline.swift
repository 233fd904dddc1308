// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Outputs
import Pipeline
import Sigma

extension HuntSummary {
    /// Takes over what a pipeline decided and could not do.
    mutating func add(_ pipeline: DetectionPipeline) {
        let rules = pipeline.rules
        rulesRefused = rules.refused + pipeline.diagnostics.count
        rulesLoaded = rules.rules.count + rules.correlations.count - pipeline.diagnostics.count
        for (source, count) in pipeline.eventsBySource {
            eventsByLogsource[pipeline.vocabulary.source(of: source).description] = count
        }
        let outcome = pipeline.outcome
        foldedRepeats = outcome.folded
        evictedAlerts = outcome.evictedAlerts
        suppressions = pipeline.suppressions
        losses = outcome.losses
        for mute in outcome.unreachable {
            let rule = rules.rules[mute.rule]
            switch mute.cause {
            case .noLogSource:
                muteRules.append(
                    .init(
                        rule.metadata, missingLogsource: LogSource(rule.logsource).description, missingFields: []))
            case .missingFields(let fields):
                muteRules.append(.init(rule.metadata, missingLogsource: nil, missingFields: fields))
            }
        }
    }
}
