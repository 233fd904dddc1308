// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Readers
import Sigma

/// The way of an event, from what a source gives to changes of alerts: reading, enrichment, detection, correlation,
/// folding.
///
/// `hunt` and whatever else looks at events run over this one path. `run` takes in what a source gives, on as many threads
/// as are wished for; one run at a time.
public final class DetectionPipeline {
    /// How the pipeline is set up.
    public struct Options: Sendable {
        /// Findings whose priority is below this level are dropped (members of correlations still count).
        public var minimumLevel = Level.informational
        /// Bounds of the correlations.
        public var correlation = Correlator.Limits()
        /// Which findings become one alert.
        public var folding = Folding.default
        /// Bounds of folding.
        public var folder = AlertFolder.Limits()
        /// Whether every change of an alert is wanted, or alerts that are over.
        public var wants = AlertFolder.Wants.closed
        /// What the strategies say about their alerts.
        public var policies: [StrategyPolicy] = []
        /// The day suppressions are held against until time advances; nil holds every date for the future.
        public var today: CalendarDay?
        /// Whether suppressed findings give alerts, which name their suppression.
        public var showsSuppressed = false
        /// How far behind the newest a live record may come and still be in time, in nanoseconds.
        public var lateness = StreamClock.usualLateness

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
    /// How many events of each log source were looked at.
    public var eventsBySource: [LogSourceID: UInt64] { conclusion.eventsBySource }
    /// What reading saw.
    public internal(set) var report = ReadReport()
    /// How far it has come.
    public internal(set) var standing = Standing()

    /// Knows the names of fields and log sources.
    public let vocabulary: Vocabulary
    var clock: StreamClock
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
        clock = StreamClock(lateness: options.lateness)
        engine = Engine(rules: rules, vocabulary: vocabulary)
        enricher = Enricher(vocabulary: vocabulary)
        conclusion = Conclusion(rules: rules, vocabulary: vocabulary, options: options, strategy: strategy)
    }

    /// A pipeline of the same rules at its beginning, for a run of its own after this one; nothing is compiled again.
    ///
    /// `other` must not have taken in anything.
    public init(fresh other: DetectionPipeline) {
        precondition(other.standing.events == 0, "only a pipeline that saw nothing can be repeated")
        vocabulary = other.vocabulary
        clock = other.clock
        engine = other.engine.forked()
        enricher = other.enricher
        conclusion = other.conclusion
    }

    /// Closes all alerts that are still open, for the input has ended; gives the changes.
    public func finish() -> [AlertChange] { conclusion.finish(&engine) }

    /// Tells all growth of alerts that was held back: the hunt is about to rest.
    func tellHeld() -> [AlertChange] {
        var changes: [AlertChange] = []
        conclusion.folder.tellHeld(into: &changes)
        return changes
    }

    /// What was lost or left out on the way.
    public var outcome: Outcome {
        Outcome(
            unreachable: engine.unreachableRules(), folded: conclusion.folder.folded,
            evictedAlerts: conclusion.folder.evicted, correlationLosses: conclusion.correlator.losses,
            regexLimitsReached: engine.regexLimitsReached, enrichment: enricher.stats)
    }

    /// What a run leaves to be told besides its alerts.
    public struct Outcome: Sendable {
        /// Rules that could not have fired on what arrived.
        public var unreachable: [UnreachableRule]
        /// Repeats folded into alerts.
        public var folded: UInt64
        /// Alerts closed early for want of room.
        public var evictedAlerts: UInt64
        /// What correlations lost to their bounds.
        public var correlationLosses: Correlator.Losses
        /// Regular expressions that gave up; each may hide a match.
        public var regexLimitsReached: Int
        /// What enrichment lost to its bounds.
        public var enrichment: EnrichmentStats
    }
}
