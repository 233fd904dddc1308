// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Sigma

/// The way of an event, from a reader's batch to alerts: enrichment, detection, correlation, folding.
///
/// `hunt` and whatever else looks at events run over this one path. A pipeline belongs to one thread.
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
    public let rules: RuleSet
    /// Rules that loaded but could not be compiled.
    public var diagnostics: [Diagnostic] { engine.diagnostics }
    /// Suppressions, whether they were in force, and what they silenced.
    public var suppressions: [SuppressionRecord] { policy.records }
    /// Alerts that are open: repeats are still folded into them.
    public var openAlerts: Int { folder.openCount }
    /// Events by log source.
    public private(set) var eventsBySource: [LogSourceID: UInt64] = [:]

    private let vocabulary: Vocabulary
    private let options: Options
    private let strategies: [StrategyReference?]
    private let correlationStrategies: [StrategyReference?]
    /// What decides how urgent findings are and which of them are silent.
    public private(set) var policy: AlertPolicy
    private var engine: Engine
    private var correlator: Correlator
    private var enricher: Enricher
    private var twins: RecordTwins
    private var folder: AlertFolder
    private var selector: EntitySelector
    private var eventCount: UInt64 = 0

    /// Compiles rules.
    ///
    /// `strategy` tells which strategy a rule file belongs to.
    public init(
        rules: RuleSet, vocabulary: Vocabulary, options: Options = Options(),
        strategy: (String) -> StrategyReference? = { _ in nil }
    ) {
        self.rules = rules
        self.vocabulary = vocabulary
        self.options = options
        strategies = rules.rules.map { strategy($0.metadata.location.file) }
        correlationStrategies = rules.correlations.map { strategy($0.correlation.metadata.location.file) }
        policy = AlertPolicy(
            options.policies, rules: rules, vocabulary: vocabulary, today: options.today, strategy: strategy)
        engine = Engine(rules: rules, vocabulary: vocabulary)
        correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: options.correlation)
        enricher = Enricher(vocabulary: vocabulary)
        twins = RecordTwins(rules: rules, vocabulary: vocabulary)
        folder = AlertFolder(limits: options.folding)
        selector = EntitySelector(vocabulary: vocabulary)
    }

    /// Takes a batch; gives the alerts that are finished because of it (most are only at the end).
    public mutating func process(_ batch: inout EventBatch) -> [Alert] {
        enricher.enrich(&batch)
        for header in batch.events { eventsBySource[header.source, default: 0] += 1 }
        var alerts: [Alert] = []
        for match in engine.matches(in: batch) {
            let time = batch.events[match.event].time
            if correlator.counts(rule: match.rule) {
                let hit = Hit(
                    time: time, rule: match.rule, identity: eventCount + UInt64(match.event) + 1,
                    event: batch.copy(of: match.event),
                    isExcused: policy.excuses(rule: match.rule, event: match.event, in: batch))
                for firing in correlator.add(hit) { add(firing, to: &alerts) }
            }
            guard !rules.silentRules.contains(match.rule) else { continue }
            var released: [RecordTwins.Held] = []
            if twins.decide(match, in: batch, released: &released) == .counts { add(match, time, batch, to: &alerts) }
            add(released, to: &alerts)
        }
        eventCount += UInt64(batch.events.count)
        if let latest = batch.events.last?.time { add(twins.release(at: latest), to: &alerts) }
        return alerts
    }

    /// Gives all alerts that are still open: the input has ended.
    public mutating func finish() -> [Alert] {
        var alerts: [Alert] = []
        add(twins.finish(), to: &alerts)
        for firing in correlator.finish() { add(firing, to: &alerts) }
        return alerts + folder.finish()
    }

    /// What was lost or left out on the way.
    public var outcome: Outcome {
        Outcome(
            unreachable: engine.unreachableRules(), folded: folder.folded, flushedAlerts: folder.evicted,
            correlationLosses: correlator.losses, regexLimitsReached: engine.regexLimitsReached,
            enrichment: enricher.stats)
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

    private mutating func add(_ match: Match, _ time: Timestamp, _ batch: EventBatch, to alerts: inout [Alert]) {
        let verdict = policy.judge(rule: match.rule, event: match.event, in: batch)
        guard isShown(verdict) else { return }
        let key = selector.key(of: match.event, in: batch)
        if folder.countRepeat(.rule(match.rule), entity: key, lane: verdict.lane, time: time) { return }
        var finding = Finding(
            rule: rules.rules[match.rule].metadata, number: match.rule,
            entity: selector.entity(of: match.event, in: batch), entityKey: key,
            reasons: engine.reasons(for: match, in: batch),
            event: EventSnapshot(batch: batch, event: match.event, vocabulary: vocabulary),
            strategy: strategies[match.rule])
        finding.apply(verdict, of: policy)
        alerts += folder.add(finding)
    }

    private mutating func add(_ released: [RecordTwins.Held], to alerts: inout [Alert]) {
        for one in released {
            add(Match(event: 0, rule: one.rule), one.event.events[0].time, one.event, to: &alerts)
        }
    }

    private func isShown(_ verdict: Verdict) -> Bool {
        verdict.level >= options.minimumLevel && (verdict.suppression == nil || options.showsSuppressed)
    }

    private mutating func add(_ firing: Firing, to alerts: inout [Alert]) {
        let resolved = rules.correlations[firing.correlation]
        let correlation = resolved.correlation
        guard !resolved.isSilent else { return }
        let verdict = policy.judge(
            correlation: firing.correlation, events: firing.events, isExcused: firing.isExcused)
        guard isShown(verdict) else { return }
        var reasons: [Reason] = []
        for member in firing.events {
            for reason in engine.reasons(for: Match(event: 0, rule: member.rule), in: member.event)
            where !reasons.contains(reason) { reasons.append(reason) }
        }
        let detail = CorrelationDetail(
            kind: correlation.kind, timespan: correlation.timespan,
            group: Array(zip(correlation.groupBy, firing.group)).map { (name: $0, value: $1) }, value: firing.measured)
        var finding = Finding(
            correlation: correlation.metadata, number: firing.correlation, detail: detail, reasons: reasons,
            events: firing.events.map { EventSnapshot(batch: $0.event, event: 0, vocabulary: vocabulary) },
            strategy: correlationStrategies[firing.correlation])
        finding.apply(verdict, of: policy)
        alerts += folder.add(finding)
    }
}
