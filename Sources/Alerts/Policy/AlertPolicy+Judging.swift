// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import Strategies

extension AlertPolicy {
    /// Judges a rule that matched an event, and counts what silences it.
    public mutating func judge(rule number: Int, event: Int, in batch: EventBatch) -> Verdict {
        let own = metadata.rules[number].level ?? RuleSummary.defaultLevel
        guard let concern = ruleConcerns[number] else { return Verdict(level: own) }
        guard !concern.isEmpty else { return verdict([], concern, ruleLevel: own) }
        let held = held(concern.strategy, metadata.rules[number], event, batch)
        var verdict = verdict(held, concern, ruleLevel: own)
        let silencing = silencing(held, concern.suppressions, concern.strategy)
        let time = batch.events[event].time
        for place in silencing { records[place].count(metadata.rules[number].identifier, from: time, to: time) }
        verdict.suppression = silencing.first
        return verdict
    }

    /// Judges a correlation that held, and counts what silences it.
    ///
    /// The first criterion that holds for any of its events sets its level. It is silenced when a suppression of the
    /// correlation, or of the rule it matched, holds for each event that contributed: for those in the evidence, which
    /// is looked at again, and by `isExcused` for those before it.
    public mutating func judge(correlation number: Int, events: [MemberEvent], isExcused: Bool) -> Verdict {
        let metadata = metadata.correlations[number]
        let own = metadata.level ?? RuleSummary.defaultLevel
        guard let concern = correlationConcerns[number] else { return Verdict(level: own) }
        var all = Set<Int>()
        var silencing: [[Int]] = []
        for member in events {
            let members = ruleConcerns[member.rule].flatMap { $0.strategy == concern.strategy ? $0 : nil }
            let suppressions = Set(concern.suppressions).union(members?.suppressions ?? []).sorted()
            guard !concern.criteria.isEmpty || !suppressions.isEmpty else {
                silencing.append([])
                continue
            }
            let held = held(concern.strategy, metadata, 0, member.event)
            all.formUnion(held)
            // What was cut when the event was kept cannot be judged, so it is not silenced.
            let isWhole = member.event.slots.allSatisfy { $0.length < EventBatch.longestCopiedValue }
            silencing.append(isWhole ? self.silencing(held, suppressions, concern.strategy) : [])
        }
        var verdict = verdict(all, concern, ruleLevel: own)
        guard isExcused, !silencing.isEmpty, silencing.allSatisfy({ !$0.isEmpty }) else { return verdict }
        let times = events.map { $0.event.events.first?.time ?? .unknown }.filter { $0 != .unknown }
        for place in Set(silencing.joined()).sorted() {
            records[place].count(
                metadata.identifier, from: times.min() ?? .unknown, to: times.max() ?? .unknown)
        }
        verdict.suppression = silencing.first?.first
        return verdict
    }

    /// Whether a suppression holds for an event that a correlation is about to count.
    ///
    /// That of the rule, or of a correlation it feeds. Counts nothing.
    public mutating func excuses(rule number: Int, event: Int, in batch: EventBatch) -> Bool {
        guard let concern = ruleConcerns[number] else { return false }
        var suppressions = Set(concern.suppressions)
        for correlation in fed[number] { suppressions.formUnion(correlationConcerns[correlation]?.suppressions ?? []) }
        guard !suppressions.isEmpty else { return false }
        let held = held(concern.strategy, metadata.rules[number], event, batch)
        return !silencing(held, suppressions.sorted(), concern.strategy).isEmpty
    }

    /// The priority a verdict stands for, with its reason.
    public func priority(of verdict: Verdict, for rule: RuleKey) -> AlertPriority {
        let own = metadata(of: rule).level ?? RuleSummary.defaultLevel
        guard let concern = concern(rule) else { return AlertPriority(rule: own) }
        let policy = strategies[concern.strategy].policy
        if let number = verdict.criterion {
            return AlertPriority(
                level: verdict.level, because: policy.criteria[number].because, criterion: number + 1, ruleLevel: own)
        }
        guard policy.defaultLevel != nil else { return AlertPriority(rule: own) }
        return AlertPriority(level: verdict.level, because: AlertPriority.defaultReason, ruleLevel: own)
    }

    /// The suppression a verdict stands for.
    public func suppression(of verdict: Verdict) -> Suppression.Agreement? {
        verdict.suppression.map { records[$0].suppression }
    }

    private func verdict(_ held: Set<Int>, _ concern: Concern, ruleLevel: Level) -> Verdict {
        let policy = strategies[concern.strategy].policy
        if let first = concern.criteria.first(where: held.contains) {
            return Verdict(level: policy.criteria[first].level, criterion: first)
        }
        return Verdict(level: policy.defaultLevel ?? ruleLevel)
    }

    /// The records of the suppressions that hold and work.
    private func silencing(_ held: Set<Int>, _ suppressions: [Int], _ strategy: Int) -> [Int] {
        let compiled = strategies[strategy]
        return suppressions.filter { held.contains(compiled.policy.criteria.count + $0) }
            .map { compiled.firstRecord + $0 }.filter { records[$0].state == .inForce }
    }

    /// The matchers of a strategy that hold for an event: criteria first, then suppressions.
    private mutating func held(
        _ strategy: Int, _ rule: Metadata, _ event: Int, _ batch: EventBatch
    ) -> Set<Int> {
        scratch = batch.copy(of: event, longestValue: .max)
        let (id, level, title) = ruleFields
        // Only the alert's rule speaks under these names, whatever the record holds.
        for index in scratch.slots.indices where [id, level, title].contains(scratch.slots[index].field) {
            scratch.slots[index].field = .overflow
        }
        scratch.append(id, text: rule.identifier)
        scratch.append(level, text: (rule.level ?? RuleSummary.defaultLevel).rawValue)
        scratch.append(title, text: rule.title)
        scratch.events[0].added = scratch.events[0].added.lowerBound..<scratch.slots.count
        return Set(strategies[strategy].engine.matches(in: scratch).map(\.rule))
    }
}
