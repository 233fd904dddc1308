// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma

/// The last part of the way: what matches come to.
///
/// It counts, correlates, judges and folds, and so must see the batches of a run one after the other, in order.
///
/// The engine explains matches. Any engine of the rules and the vocabulary will do, so each call may bring another.
struct Conclusion {
    let rules: RuleSet
    var policy: AlertPolicy
    var correlator: Correlator
    var folder: AlertFolder
    var twins: RecordTwins
    /// How many events went by.
    var eventCount: UInt64 = 0

    private let vocabulary: Vocabulary
    private let options: DetectionPipeline.Options
    private let strategies: [StrategyReference?]
    private let correlationStrategies: [StrategyReference?]
    private var selector: EntitySelector
    /// Events by the number of their log source.
    var sourceCounts: [UInt64] = []

    var eventsBySource: [LogSourceID: UInt64] {
        var counts: [LogSourceID: UInt64] = [:]
        for (number, count) in sourceCounts.enumerated() where count > 0 {
            counts[LogSourceID(rawValue: UInt16(number))] = count
        }
        return counts
    }

    /// Prepares for a run; `strategy` tells which strategy a rule file belongs to.
    init(
        rules: RuleSet, vocabulary: Vocabulary, options: DetectionPipeline.Options,
        strategy: (String) -> StrategyReference?
    ) {
        self.rules = rules
        self.vocabulary = vocabulary
        self.options = options
        strategies = rules.rules.map { strategy($0.metadata.location.file) }
        correlationStrategies = rules.correlations.map { strategy($0.correlation.metadata.location.file) }
        policy = AlertPolicy(
            options.policies, rules: rules, vocabulary: vocabulary, today: options.today, strategy: strategy)
        correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: options.correlation)
        folder = AlertFolder(
            vocabulary: vocabulary, limits: options.folder, folding: options.folding, wants: options.wants)
        selector = EntitySelector(vocabulary: vocabulary, secret: folder.secret)
        twins = RecordTwins(rules: rules, vocabulary: vocabulary)
    }

    /// Takes the matches of a batch, sorted, and lets time pass; gives the changes of alerts that come of it.
    mutating func conclude(
        _ batch: EventBatch, _ matches: [Match], _ time: StreamTime, _ engine: inout Engine
    ) -> [AlertChange] {
        count(batch)
        var changes: [AlertChange] = []
        for match in matches {
            if correlator.counts(rule: match.rule) {
                let hit = Hit(
                    time: batch.events[match.event].time, rule: match.rule,
                    identity: eventCount + UInt64(match.event) + 1, event: batch.copy(of: match.event),
                    isExcused: policy.excuses(rule: match.rule, event: match.event, in: batch))
                for firing in correlator.add(hit) { add(firing, &engine, to: &changes) }
            }
            guard !rules.silentRules.contains(match.rule) else { continue }
            var released: [RecordTwins.Held] = []
            if twins.decide(match, in: batch, released: &released) == .counts {
                add(match, batch, &engine, to: &changes)
            }
            add(released, &engine, to: &changes)
        }
        eventCount += UInt64(batch.events.count)
        if let latest = batch.events.last?.time { add(twins.release(at: latest), &engine, to: &changes) }
        if time != .recorded { advance(to: time, &engine, &changes) }
        return changes
    }

    /// Tells everyone who waits how much time has passed.
    private mutating func advance(to time: StreamTime, _ engine: inout Engine, _ changes: inout [AlertChange]) {
        policy.advance(to: time)
        add(twins.advance(to: time), &engine, to: &changes)
        for firing in correlator.advance(to: time.watermark) { add(firing, &engine, to: &changes) }
        folder.advance(to: time, into: &changes)
    }

    /// Closes all alerts that are still open, in the order of output: the input has ended.
    mutating func finish(_ engine: inout Engine) -> [AlertChange] {
        var changes: [AlertChange] = []
        add(twins.finish(), &engine, to: &changes)
        for firing in correlator.finish() { add(firing, &engine, to: &changes) }
        var last: [AlertChange] = []
        folder.finish(into: &last)
        return changes + last.sorted { Alert.precedes($0.alert, $1.alert) }
    }

    /// Goes on with what another process saved.
    mutating func take(_ holders: PipelineHolders) {
        eventCount = holders.eventCount
        policy = holders.policy
        twins = holders.twins
        correlator = holders.correlator
        folder = holders.folder
        selector = EntitySelector(vocabulary: vocabulary, secret: folder.secret)
    }

    private mutating func count(_ batch: EventBatch) {
        for header in batch.events {
            let number = Int(header.source.rawValue)
            while sourceCounts.count <= number { sourceCounts.append(0) }
            sourceCounts[number] += 1
        }
    }

    private mutating func add(
        _ match: Match, _ batch: EventBatch, _ engine: inout Engine, to changes: inout [AlertChange]
    ) {
        let verdict = policy.judge(rule: match.rule, event: match.event, in: batch)
        guard isShown(verdict) else { return }
        let key = selector.key(of: match.event, in: batch)
        guard
            !folder.count(
                .rule(match.rule), entity: key, verdict: verdict, event: match.event, in: batch, into: &changes)
        else { return }
        var finding = Finding(
            rule: rules.rules[match.rule].metadata, number: match.rule,
            entity: selector.entity(of: match.event, in: batch), entityKey: key,
            reasons: engine.reasons(for: match, in: batch),
            event: PackedEvent(
                batch: batch, event: match.event, vocabulary: vocabulary, secret: folder.secret),
            strategy: strategies[match.rule])
        finding.apply(verdict, of: policy)
        folder.add(finding, into: &changes)
    }

    private mutating func add(_ released: [RecordTwins.Held], _ engine: inout Engine, to changes: inout [AlertChange]) {
        for one in released { add(Match(event: 0, rule: one.rule), one.event, &engine, to: &changes) }
    }

    private func isShown(_ verdict: Verdict) -> Bool {
        verdict.level >= options.minimumLevel && (verdict.suppression == nil || options.showsSuppressed)
    }

    private mutating func add(_ firing: Firing, _ engine: inout Engine, to changes: inout [AlertChange]) {
        let resolved = rules.correlations[firing.correlation]
        let correlation = resolved.correlation
        guard !resolved.isSilent else { return }
        let verdict = policy.judge(
            correlation: firing.correlation, events: firing.events, isExcused: firing.isExcused)
        guard isShown(verdict) else { return }
        var reasons: [Reason] = []
        for member in firing.events {
            for reason in engine.reasons(for: Match(event: 0, rule: member.rule), in: member.event)
            where !reasons.contains(where: reason.saysTheSame) { reasons.append(reason) }
        }
        let detail = CorrelationDetail(
            kind: correlation.kind, timespan: correlation.timespan,
            group: Array(zip(correlation.groupBy, firing.group)).map { (name: $0, value: $1) }, value: firing.measured)
        var finding = Finding(
            correlation: correlation.metadata, number: firing.correlation, detail: detail, reasons: reasons,
            events: firing.events.map {
                PackedEvent(batch: $0.event, event: 0, vocabulary: vocabulary, secret: folder.secret)
            },
            strategy: correlationStrategies[firing.correlation], secret: folder.secret)
        finding.apply(verdict, of: policy)
        folder.add(finding, into: &changes)
    }
}
