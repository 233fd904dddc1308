// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Sigma

/// The way of an event, from a reader's batch to alerts: enrichment, detection, correlation, folding.
///
/// `hunt` and whatever else looks at events run over this one path. A pipeline belongs to one thread; `process(_:threads:)`
/// lends its parts to several.
public struct DetectionPipeline {
    /// How the pipeline is set up.
    public struct Options: Sendable {
        /// Findings whose priority is below this level are dropped (members of correlations still count).
        public var minimumLevel = Level.informational
        /// Bounds of the correlations.
        public var correlation = Correlator.Limits()
        /// Bounds of folding.
        public var folding = AlertFolder.Limits()
        /// What the strategies say about their alerts.
        public var policies: [StrategyPolicy] = []
        /// The day suppressions are held against; nil holds every date for the future.
        public var today: CalendarDay?
        /// Whether suppressed findings give alerts, which name their suppression.
        public var showsSuppressed = false

        /// The defaults.
        public init() {}
    }

    /// The rules in force.
    public var rules: RuleSet { conclusion.rules }
    /// Rules that loaded but could not be compiled.
    public var diagnostics: [Diagnostic] { engine.diagnostics }
    /// What decides how urgent findings are and which of them are silent.
    public var policy: AlertPolicy { conclusion.policy }
    /// Suppressions, whether they were in force, and what they silenced.
    public var suppressions: [SuppressionRecord] { policy.records }
    /// Alerts that are open: repeats are still folded into them.
    public var openAlerts: Int { conclusion.folder.openCount }
    /// Events by log source.
    public var eventsBySource: [LogSourceID: UInt64] { conclusion.eventsBySource }

    let vocabulary: Vocabulary
    var enricher: Enricher
    var engine: Engine
    var conclusion: Conclusion

    /// Compiles rules.
    ///
    /// `strategy` tells which strategy a rule file belongs to.
    public init(
        rules: RuleSet, vocabulary: Vocabulary, options: Options = Options(),
        strategy: (String) -> StrategyReference? = { _ in nil }
    ) {
        self.vocabulary = vocabulary
        engine = Engine(rules: rules, vocabulary: vocabulary)
        enricher = Enricher(vocabulary: vocabulary)
        conclusion = Conclusion(rules: rules, vocabulary: vocabulary, options: options, strategy: strategy)
    }

    /// Takes a batch; gives the alerts that are finished because of it (most are only at the end).
    public mutating func process(_ batch: inout EventBatch) -> [Alert] {
        enricher.enrich(&batch)
        return conclusion.conclude(batch, engine.matches(in: batch), &engine)
    }

    /// Gives all alerts that are still open: the input has ended.
    public mutating func finish() -> [Alert] { conclusion.finish(&engine) }

    /// What was lost or left out on the way.
    public var outcome: Outcome {
        Outcome(
            unreachable: engine.unreachableRules(), folded: conclusion.folder.folded,
            flushedAlerts: conclusion.folder.evicted, correlationLosses: conclusion.correlator.losses,
            regexLimitsReached: engine.regexLimitsReached, enrichment: enricher.stats)
    }

    /// What a run leaves to be told besides its alerts.
    public struct Outcome: Sendable {
        /// Rules that could not have fired on what arrived.
        public var unreachable: [UnreachableRule]
        /// Repeats folded into alerts.
        public var folded: UInt64
        /// Alerts given out early for want of room.
        public var flushedAlerts: UInt64
        /// What correlations lost to their bounds.
        public var correlationLosses: Correlator.Losses
        /// Regular expressions that gave up; each may hide a match.
        public var regexLimitsReached: Int
        /// What enrichment lost to its bounds.
        public var enrichment: EnrichmentStats
    }
}
