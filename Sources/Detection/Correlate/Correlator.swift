// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Counts and orders hits in sliding windows of event time, group by group.
///
/// Hits arrive in any order within the `ReorderBuffer`'s reach and are processed in the order of their time. State is
/// incremental: the cost of a hit does not depend on how many lie in the window (it grows with the square root for
/// percentiles). Memory is bounded: beyond `limits` the groups that were quiet longest are given up and counted.
public struct Correlator {
    /// Bounds on memory.
    public struct Limits: Sendable {
        /// Most window entries over all groups.
        public var entries = 2_000_000
        /// Most hits waiting to be put in order.
        public var waitingHits = 50_000
        /// Most bytes of events waiting to be put in order.
        public var waitingBytes = 32 << 20

        /// The defaults.
        public init() {}
    }

    /// What was lost to the bounds.
    public struct Losses: Sendable, Equatable {
        /// Groups given up although their window had not ended.
        public var evictedGroups: UInt64 = 0
        /// Hits that came after later ones had been processed; they do not count.
        public var lateHits: UInt64 = 0
        /// Hits without a time; they take no part.
        public var untimedHits: UInt64 = 0
    }

    /// What was lost so far.
    public private(set) var losses = Losses()
    private let correlations: [CompiledCorrelation]
    /// For each rule: the correlations it can concern, directly or through others.
    private let memberships: [[Int]]
    private let limits: Limits
    private var groups: [[GroupKey: Group]]
    private var entries = 0
    private var waiting: ReorderBuffer
    private var clock = Int64.min

    private struct GroupKey: Hashable {
        var values: [String]
    }

    /// Prepares the correlations of a rule set.
    public init(rules: RuleSet, vocabulary: Vocabulary, limits: Limits = Limits()) {
        correlations = rules.correlations.map { CompiledCorrelation($0, rules, vocabulary) }
        var memberships = [[Int]](repeating: [], count: rules.rules.count)
        // A rule concerns the correlations it is a member of, and those that these are members of.
        var reached: [Set<Int>] = []
        for (index, correlation) in correlations.enumerated() {
            var rules = Set(correlation.ruleMembers.keys)
            for inner in correlation.correlationMembers.keys { rules.formUnion(reached[inner]) }
            reached.append(rules)
            for rule in rules { memberships[rule].append(index) }
        }
        self.memberships = memberships
        self.limits = limits
        groups = Array(repeating: [:], count: correlations.count)
        waiting = ReorderBuffer()
    }

    /// Whether any correlation counts a rule, so that its matches must be handed to `add`.
    public func counts(rule: Int) -> Bool { !memberships[rule].isEmpty }

    /// Takes a hit; gives the firings it (or an older hit that need not wait any longer) brought about.
    public mutating func add(_ hit: Hit) -> [Firing] {
        guard hit.time != .unknown else {
            losses.untimedHits += 1
            return []
        }
        waiting.push(hit)
        var firings: [Firing] = []
        while waiting.count > limits.waitingHits || waiting.bytes > limits.waitingBytes, let next = waiting.pop() {
            process(next, into: &firings)
        }
        return firings
    }

    /// Takes hits up to a time for good: nothing older is expected.
    public mutating func advance(to time: Timestamp) -> [Firing] {
        var firings: [Firing] = []
        while let first = waiting.first, first.time <= time, let next = waiting.pop() { process(next, into: &firings) }
        return firings
    }

    /// Takes everything that waits: the input has ended.
    public mutating func finish() -> [Firing] {
        var firings: [Firing] = []
        while let next = waiting.pop() { process(next, into: &firings) }
        return firings
    }

    /// Takes all waiting hits of the event whose hit is `first`.
    private mutating func process(_ first: Hit, into firings: inout [Firing]) {
        var hits = [first]
        while let next = waiting.first, next.time == first.time, next.identity == first.identity,
            let hit = waiting.pop()
        {
            hits.append(hit)
        }
        guard first.time.nanoseconds >= clock else {
            losses.lateHits += UInt64(hits.count)
            return
        }
        clock = first.time.nanoseconds
        var fired: [Int: [Firing]] = [:]
        // Members stand before the correlations that use them, so one pass settles firings of firings too.
        for index in affected(by: hits) {
            let own = occurrences(of: index, hits, fired)
            for firing in settle(index, own) {
                fired[index, default: []].append(firing)
                firings.append(firing)
            }
        }
    }

    /// The correlations these hits can concern, in order.
    private func affected(by hits: [Hit]) -> [Int] {
        var found = Set<Int>()
        for hit in hits { found.formUnion(memberships[hit.rule]) }
        return found.sorted()
    }

    /// What concerns a correlation at this event: hits of its rules and firings of its correlations.
    private func occurrences(of index: Int, _ hits: [Hit], _ fired: [Int: [Firing]]) -> [Occurrence] {
        let correlation = correlations[index]
        var found: [Occurrence] = []
        for hit in hits {
            guard let members = correlation.ruleMembers[hit.rule] else { continue }
            found.append(
                Occurrence(
                    members: members, values: CorrelationValues(event: hit.event),
                    events: [MemberEvent(rule: hit.rule, event: hit.event)], isExcused: hit.isExcused))
        }
        for (inner, members) in correlation.correlationMembers.sorted(by: { $0.key < $1.key }) {
            for firing in fired[inner] ?? [] {
                found.append(
                    Occurrence(
                        members: members, values: firing.values, events: firing.events, isExcused: firing.isExcused))
            }
        }
        return found
    }

    /// A match of a member.
    private struct Occurrence {
        var members: [Int]
        var values: CorrelationValues
        var events: [MemberEvent]
        var isExcused: Bool
    }

    /// Adds the occurrences of one event to their groups and looks at each group's condition once.
    private mutating func settle(_ index: Int, _ occurrences: [Occurrence]) -> [Firing] {
        let correlation = correlations[index]
        var byGroup: [GroupKey: [Group.Contribution]] = [:]
        var completing: [GroupKey: CorrelationValues] = [:]
        for occurrence in occurrences {
            guard let group = correlation.group(of: occurrence.values, member: occurrence.members[0]),
                var contribution = correlation.contribution(
                    of: occurrence.values, members: occurrence.members, events: occurrence.events)
            else { continue }
            contribution.isExcused = occurrence.isExcused
            byGroup[GroupKey(values: group), default: []].append(contribution)
            completing[GroupKey(values: group)] = occurrence.values
        }
        var firings: [Firing] = []
        for (key, contributions) in byGroup.sorted(by: { $0.key.values.lexicographicallyPrecedes($1.key.values) }) {
            let known = groups[index].removeValue(forKey: key)
            var state = known ?? Group(correlation.source.kind, members: correlation.memberCount)
            let sizeBefore = known?.size ?? 0
            state.add(contributions, time: clock, in: correlation)
            entries += state.size - sizeBefore
            let holds = correlation.holds(state)
            let isExcused = holds && state.isExcused(correlation.span)
            // What began as benign and is so no longer must not hide behind its beginning.
            let begins = !state.isHolding || (state.wasExcused && !isExcused)
            if holds && begins, var values = completing[key] {
                for (name, value) in zip(correlation.source.groupBy, key.values) { values.group[name] = value }
                firings.append(
                    Firing(
                        correlation: index, group: key.values, time: Timestamp(nanoseconds: clock),
                        measured: state.measured(correlation), events: state.evidence, isExcused: isExcused,
                        values: values))
            }
            state.isHolding = holds
            state.wasExcused = isExcused
            groups[index][key] = state
        }
        if entries > limits.entries { evict() }
        return firings
    }

    /// Gives up the groups whose window has ended, and if that is not enough those that were quiet longest.
    private mutating func evict() {
        entries = 0
        for index in groups.indices {
            let oldest = clock.subtractingReportingOverflow(correlations[index].span).partialValue
            groups[index] = groups[index].filter { $0.value.lastTime > oldest }
            entries += groups[index].values.reduce(0) { $0 + $1.size }
        }
        guard entries > limits.entries * 3 / 4 else { return }
        var times = groups.flatMap { $0.values.map { ($0.lastTime, $0.size) } }
        times.sort { $0.0 < $1.0 }
        var excess = entries - limits.entries / 2
        var threshold = Int64.min
        for (time, size) in times where excess > 0 {
            excess -= size
            threshold = time
        }
        for index in groups.indices {
            let before = groups[index].count
            groups[index] = groups[index].filter { $0.value.lastTime > threshold }
            losses.evictedGroups += UInt64(before - groups[index].count)
        }
        entries = groups.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.size } }
    }
}
