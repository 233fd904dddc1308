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
        /// Hits without a time; they took the time of the hit before them.
        public var untimedHits: UInt64 = 0
    }

    /// What was lost so far.
    public private(set) var losses = Losses()
    private let correlations: [CompiledCorrelation]
    /// For each rule: the correlations it is a member of.
    private let memberships: [[Int]]
    private let limits: Limits
    private var groups: [[GroupKey: Group]]
    private var entries = 0
    private var waiting: ReorderBuffer
    private var clock = Int64.min
    private var lastArrival = Int64.min

    private struct GroupKey: Hashable {
        var values: [String]
    }

    /// Prepares the correlations of a rule set.
    public init(rules: RuleSet, vocabulary: Vocabulary, limits: Limits = Limits()) {
        correlations = rules.correlations.map { CompiledCorrelation($0, vocabulary) }
        var memberships = [[Int]](repeating: [], count: rules.rules.count)
        for (index, correlation) in correlations.enumerated() {
            for rule in Set(correlation.ruleMembers.keys).sorted() { memberships[rule].append(index) }
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
        var hit = hit
        if hit.time == .unknown {
            losses.untimedHits += 1
            hit.time = Timestamp(nanoseconds: max(lastArrival, 0))
        }
        lastArrival = hit.time.nanoseconds
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
        while let first = waiting.firstTime, first <= time, let next = waiting.pop() { process(next, into: &firings) }
        return firings
    }

    /// Takes everything that waits: the input has ended.
    public mutating func finish() -> [Firing] {
        var firings: [Firing] = []
        while let next = waiting.pop() { process(next, into: &firings) }
        return firings
    }

    private mutating func process(_ hit: Hit, into firings: inout [Firing]) {
        guard hit.time.nanoseconds >= clock else {
            losses.lateHits += 1
            return
        }
        clock = hit.time.nanoseconds
        for index in memberships[hit.rule] {
            guard let members = correlations[index].ruleMembers[hit.rule] else { continue }
            let values = EventValues(event: hit.event)
            contribute(to: index, members, values, [MemberEvent(rule: hit.rule, event: hit.event)], identity: hit.identity, into: &firings)
        }
    }

    private mutating func contribute(
        to index: Int, _ members: [Int], _ values: some CorrelationValues, _ events: [MemberEvent],
        identity: UInt64, into firings: inout [Firing]
    ) {
        let correlation = correlations[index]
        guard let group = correlation.group(of: values, member: members[0]),
            let contribution = correlation.contribution(of: values, members: members, identity: identity)
        else { return }
        let key = GroupKey(values: group)
        let known = groups[index].removeValue(forKey: key)
        var state = known ?? Group(members: correlation.memberCount)
        let sizeBefore = known?.size ?? 0
        state.add(
            contribution, time: clock, span: correlation.span, kind: correlation.source.kind, events: events)
        entries += state.size - sizeBefore
        let holds = correlation.holds(state)
        let begins = holds && !state.isHolding
        state.isHolding = holds
        let firing =
            begins
            ? Firing(
                correlation: index, group: group, time: Timestamp(nanoseconds: clock),
                measured: state.measured(correlation.source, span: correlation.span), events: state.evidence) : nil
        groups[index][key] = state
        if entries > limits.entries { evict() }
        guard let firing else { return }
        firings.append(firing)
        // Members stand before the correlations that use them.
        for user in correlations.indices[(index + 1)...] {
            guard let places = correlations[user].correlationMembers[index] else { continue }
            contribute(
                to: user, places, FiringValues(fields: correlation.source.groupBy, values: group), firing.events,
                identity: identity, into: &firings)
        }
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
