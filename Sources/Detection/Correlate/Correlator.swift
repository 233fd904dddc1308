// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Counts and orders hits in sliding windows of event time, group by group.
///
/// Hits arrive in any order within the `ReorderBuffer`'s reach and are processed in the order of their time. State is
/// incremental: the cost of a hit depends neither on how many lie in the window nor on what its group went through.
/// Memory is bounded: beyond `limits` the groups that were quiet longest are given up, and the events longest kept to be
/// shown; both are counted.
public struct Correlator: Sendable {
    /// Bounds on memory.
    public struct Limits: Sendable {
        /// Most window entries over all groups, of 24 bytes each.
        ///
        /// A group counts as several entries (at least five, more with long values and many members), a distinct value
        /// or number as one.
        public var entries = 3_000_000
        /// Most bytes of events kept to be shown by firings.
        public var evidenceBytes = 32 << 20
        /// Most hits waiting to be put in order.
        public var waitingHits = 50_000
        /// Most bytes of events waiting to be put in order.
        public var waitingBytes = 32 << 20
        /// How much longer than its timespan, in nanoseconds, a window is kept once time has passed without hits: hits
        /// that are later than expected by no more than this are counted as if they had come in time.
        public var lateness: Int64 = 60_000_000_000

        /// The defaults.
        public init() {}
    }

    /// What was lost to the bounds.
    public struct Losses: Sendable, Equatable {
        /// Groups given up although their window had not ended.
        public var evictedGroups: UInt64 = 0
        /// Events given up that a firing might have shown; they still count.
        public var forgottenEvents: UInt64 = 0
        /// Hits that came after later ones had been processed; they do not count.
        public var lateHits: UInt64 = 0
        /// Hits without a time; they take no part.
        public var untimedHits: UInt64 = 0

        /// Nothing lost.
        public init() {}
    }

    /// A correlation that a rule can concern.
    private struct Membership {
        var lane: Int
        /// Which of its members the rule is; negative when it only concerns it through other correlations.
        var member: Int
    }

    /// A membership and the hit it is looked at for.
    private struct Visit {
        var lane: Int
        var member: Int
        var hit: Int
    }

    /// What was lost so far.
    public var losses: Losses {
        var losses = lost
        losses.forgottenEvents = evidence.forgotten
        return losses
    }

    var lost = Losses()
    let limits: Limits
    let rules: RuleSet
    /// The secret of the hashes.
    private(set) var hashKey: UInt64
    /// For each rule where its memberships begin; one more at the end.
    private let firstMembership: [Int]
    private let memberships: [Membership]
    var lanes: [CorrelationLane]
    var evidence: EvidenceStore
    var entries = 0
    var waiting = ReorderBuffer()
    private var moment = Moment()
    private var visits: [Visit] = []
    /// Time of the latest event processed.
    var clock = Int64.min
    /// Nothing leaves any window before this, as far as is known.
    private var nextExpiry = Int64.min

    /// Prepares the correlations of a rule set.
    public init(rules: RuleSet, vocabulary: Vocabulary, limits: Limits = Limits()) {
        var random = SystemRandomNumberGenerator()
        let hashKey = random.next()
        self.hashKey = hashKey
        self.rules = rules
        lanes = rules.correlations.enumerated().map { number, resolved in
            CorrelationLane(CompiledCorrelation(resolved, rules, vocabulary), number: number, hashKey: hashKey)
        }
        var memberships = [[Membership]](repeating: [], count: rules.rules.count)
        // A rule concerns the correlations it is a member of, and those that these are members of.
        var reached: [Set<Int>] = []
        for (number, lane) in lanes.enumerated() {
            var direct: [Int: Int] = [:]
            for (member, each) in lane.plan.members.enumerated() {
                if case .rule(let rule) = each.source { direct[rule] = member }
            }
            var concerned = Set(direct.keys)
            for (inner, _) in lane.plan.inner { concerned.formUnion(reached[inner]) }
            reached.append(concerned)
            for rule in concerned { memberships[rule].append(Membership(lane: number, member: direct[rule] ?? -1)) }
        }
        firstMembership = memberships.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        self.memberships = Array(memberships.joined())
        self.limits = limits
        evidence = EvidenceStore(mostBytes: limits.evidenceBytes)
    }

    /// One that knows nothing yet, with a secret that is known.
    init(emptied other: Correlator, hashKey: UInt64) {
        self = other
        self.hashKey = hashKey
        lanes = other.lanes.map { CorrelationLane($0.plan, number: $0.number, hashKey: hashKey) }
        evidence = EvidenceStore(mostBytes: limits.evidenceBytes)
        (entries, lost, clock, nextExpiry) = (0, Losses(), .min, .min)
        (waiting, moment, visits) = (ReorderBuffer(), Moment(), [])
    }

    /// Whether any correlation counts a rule, so that its matches must be handed to `add`.
    public func counts(rule: Int) -> Bool { firstMembership[rule] < firstMembership[rule + 1] }

    /// Takes a hit; gives the firings it (or an older hit that need not wait any longer) brought about.
    ///
    /// Hits of rules that no correlation counts are left out.
    public mutating func add(_ hit: consuming Hit) -> [Firing] {
        guard counts(rule: hit.rule) else { return [] }
        guard hit.time != .unknown else {
            lost.untimedHits += 1
            return []
        }
        waiting.push(hit)
        var firings: [Firing] = []
        while waiting.count > limits.waitingHits || waiting.bytes > limits.waitingBytes, let next = waiting.pop() {
            process(next, into: &firings)
        }
        return firings
    }

    /// Takes hits up to a time, for nothing older is expected, and forgets the windows that ended before it.
    ///
    /// Costs nothing as long as nothing waits and no window ends. A hit that comes later all the same still counts if it
    /// is not older than one that was taken; the windows it is counted in are whole if it is no later than
    /// `Limits.lateness`.
    public mutating func advance(to time: Timestamp) -> [Firing] {
        guard time != .unknown else { return [] }
        var firings: [Firing] = []
        while let next = waiting.nextTime, next <= time, let hit = waiting.pop() { process(hit, into: &firings) }
        let (settled, overflowed) = time.nanoseconds.subtractingReportingOverflow(limits.lateness)
        // No hit that is older than the clock is counted, however fast time goes.
        forget(at: max(clock, overflowed ? .min : settled))
        return firings
    }

    /// Forgets what left the windows before a time.
    private mutating func forget(at time: Int64) {
        guard time >= nextExpiry else { return }
        nextExpiry = .max
        for lane in lanes.indices {
            let weight = lanes[lane].weight
            lanes[lane].expire(at: time, clock: clock, &evidence)
            entries += lanes[lane].weight - weight
            nextExpiry = min(nextExpiry, lanes[lane].nextExpiry())
        }
    }

    /// Takes everything that waits: the input has ended.
    public mutating func finish() -> [Firing] {
        var firings: [Firing] = []
        while let next = waiting.pop() { process(next, into: &firings) }
        return firings
    }

    /// Takes all waiting hits of the event whose hit is `first`.
    private mutating func process(_ first: consuming Hit, into firings: inout [Firing]) {
        moment.begin(first)
        let (time, identity) = (moment.hits[0].time, moment.hits[0].identity)
        while waiting.continues(time, identity), let hit = waiting.pop() { moment.append(hit) }
        guard moment.time >= clock else {
            lost.lateHits += UInt64(moment.hits.count)
            moment.end(&evidence)
            return
        }
        clock = moment.time
        nextExpiry = .min
        visits.removeAll(keepingCapacity: true)
        for hit in moment.hits.indices {
            let rule = moment.hits[hit].rule
            for index in firstMembership[rule]..<firstMembership[rule + 1] {
                visits.append(Visit(lane: memberships[index].lane, member: memberships[index].member, hit: hit))
            }
        }
        // Those of one hit are in order already.
        if moment.hits.count > 1 { visits.sort { ($0.lane, $0.hit) < ($1.lane, $1.hit) } }
        let firstFiring = firings.count
        var next = 0
        // Members stand before the correlations that use them, so one pass settles firings of firings too.
        while next < visits.count { visit(&next, firstFiring, &firings) }
        moment.end(&evidence)
    }

    /// Lets a correlation look at the hits of its rules and the firings of its correlations at this event.
    private mutating func visit(_ next: inout Int, _ firstFiring: Int, _ firings: inout [Firing]) {
        let lane = visits[next].lane
        let weight = lanes[lane].weight
        lanes[lane].expire(at: clock, clock: clock, &evidence)
        while next < visits.count, visits[next].lane == lane {
            let visit = visits[next]
            next += 1
            guard visit.member >= 0 else { continue }
            lanes[lane].take(
                visit.member, moment.hits[visit.hit].event, nil, occurrence: visit.hit,
                isExcused: moment.hits[visit.hit].isExcused, time: clock)
        }
        for index in lanes[lane].plan.inner.indices {
            let (inner, member) = lanes[lane].plan.inner[index]
            for fired in firstFiring..<firings.count where firings[fired].correlation == inner {
                lanes[lane].take(
                    member, firings[fired].values.event, firings[fired].values.group,
                    occurrence: moment.hits.count + fired, isExcused: firings[fired].isExcused, time: clock)
            }
        }
        lanes[lane].settle(&moment, &evidence, &firings)
        entries += lanes[lane].weight - weight
        if entries > limits.entries { evict() }
    }

    /// Gives up the groups whose window has ended, and if that is not enough those that were quiet longest.
    private mutating func evict() {
        for lane in lanes.indices { lanes[lane].expire(at: clock, clock: clock, &evidence) }
        entries = lanes.reduce(0) { $0 + $1.weight }
        guard entries > limits.entries * 3 / 4 else { return }
        var groups: [(lastTime: Int64, weight: Int)] = []
        for lane in lanes.indices { lanes[lane].forEachGroup { groups.append(($0, $1)) } }
        groups.sort { $0.lastTime < $1.lastTime }
        var excess = entries - limits.entries / 2
        var threshold = Int64.min
        for group in groups where excess > 0 {
            excess -= group.weight
            threshold = group.lastTime
        }
        for lane in lanes.indices { lost.evictedGroups += UInt64(lanes[lane].giveUp(through: threshold, &evidence)) }
        entries = lanes.reduce(0) { $0 + $1.weight }
    }
}
