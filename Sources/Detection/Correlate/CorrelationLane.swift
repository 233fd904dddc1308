// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// One correlation at work: its groups, and what lies in their windows.
///
/// Everything is incremental and lies in flat tables indexed by the group's number. A group is forgotten when its window
/// is empty: nothing that happened before can matter any more.
struct CorrelationLane: Sendable {
    /// A match of a member at this moment, group and value found.
    struct Touch {
        var group: Int
        var member: Int
        /// Which hit of the moment it is, or, beyond them, which firing.
        var occurrence: Int
        /// What the window keeps of it.
        var payload: UInt64
        var isExcused: Bool
    }

    let plan: CompiledCorrelation
    let number: Int
    /// The secret of the hashes.
    let hashKey: UInt64
    var groups = GroupTable()
    var window = WindowQueue()
    var distinct = DistinctValues()
    var sums: [ExactSum] = []
    var ranked: [SortedValues] = []
    /// For temporal kinds: time of each place's latest event.
    var latest: [Int64] = []
    var chains: OrderedChains?
    /// The events each group would show.
    var shown: [EvidenceStore.Number] = []
    /// What sums and ranks need besides what every group does, as window entries.
    var extraWeight = 0
    var touches: [Touch] = []
    var places: [Int] = []
    private var keyBuffer: [UInt8] = []

    init(_ plan: CompiledCorrelation, number: Int, hashKey: UInt64) {
        self.plan = plan
        self.number = number
        self.hashKey = hashKey
        switch plan.kind {
        case .temporalOrdered: chains = OrderedChains(representative: plan.representative, keepsChoices: false)
        case .temporalOrderedExtended: chains = OrderedChains(representative: plan.representative, keepsChoices: true)
        default: chains = nil
        }
    }

    /// Notes a match of a member, unless its event lacks a field; `named` are values that stand before the event's.
    mutating func take(
        _ member: Int, _ event: EventBatch, _ named: [String: [UInt8]]?, occurrence: Int, isExcused: Bool, time: Int64
    ) {
        guard var payload = payload(member, event, named) else { return }
        keyBuffer.removeAll(keepingCapacity: true)
        var key = keyBuffer
        keyBuffer = []
        for index in plan.members[member].groupBy.indices {
            let found: Void? = withValue(plan.members[member].groupBy[index], event, named) {
                GroupTable.append($0, to: &key)
            }
            if found == nil {
                keyBuffer = key
                return
            }
        }
        let hash = WideBytes.hash(key.span, key: hashKey)
        let group = groups.find(key.span, hash) ?? begin(key, hash, time)
        keyBuffer = key
        if plan.kind == .valueCount {
            // Values of different groups are told apart by what the groups are, not by how they are numbered.
            payload = WideBytes.fold(payload ^ hash, 0x9E37_79B9_7F4A_7C15)
        }
        touches.append(
            Touch(group: group, member: member, occurrence: occurrence, payload: payload, isExcused: isExcused))
    }

    /// Adds what was noted to its groups and looks at each group's condition once.
    mutating func settle(_ moment: inout Moment, _ evidence: inout EvidenceStore, _ firings: inout [Firing]) {
        if touches.count > 1 { orderTouches() }
        let oldest = plan.oldest(at: moment.time)
        var start = 0
        while start < touches.count {
            let group = touches[start].group
            // An episode is over when everything before has left the window.
            if groups.states[group].lastTime <= oldest { groups.states[group].isHolding = false }
            groups.states[group].lastTime = moment.time
            var end = start
            while end < touches.count, touches[end].group == group {
                if !touches[end].isExcused { groups.states[group].latestUnexcused = moment.time }
                if plan.isTemporal {
                    see(touches[end], &moment, &evidence, firings)
                } else {
                    count(touches[end], &moment, &evidence, firings)
                }
                end += 1
            }
            if chains != nil { chain(start..<end, moment.time, oldest) }
            judge(group, touches[end - 1], moment, evidence, &firings)
            start = end
        }
        touches.removeAll(keepingCapacity: true)
    }

    /// Fires when the condition holds and did not before.
    private mutating func judge(
        _ group: Int, _ last: Touch, _ moment: Moment, _ evidence: EvidenceStore, _ firings: inout [Firing]
    ) {
        let oldest = plan.oldest(at: moment.time)
        let measured = measured(group, oldest)
        let holds = holds(group, measured, oldest)
        let isExcused = holds && groups.states[group].latestUnexcused <= oldest
        // What began as benign and is so no longer must not hide behind its beginning.
        let begins =
            holds && (!groups.states[group].isHolding || (groups.states[group].wasExcused && !isExcused))
        groups.states[group].isHolding = holds
        groups.states[group].wasExcused = isExcused
        guard begins else { return }
        let key = groups.values(group)
        var values =
            last.occurrence < moment.hits.count
            ? CorrelationValues(event: moment.hits[last.occurrence].event)
            : firings[last.occurrence - moment.hits.count].values
        for (name, value) in zip(plan.groupBy, key) { values.group[name] = value }
        firings.append(
            Firing(
                correlation: number, group: key.map { String(decoding: $0, as: UTF8.self) },
                time: Timestamp(nanoseconds: moment.time), measured: measured,
                events: shownEvents(group, evidence, oldest), isExcused: isExcused, values: values))
    }

    /// Puts touches of one group next to each other in the order of their members, and groups in that of their keys.
    private mutating func orderTouches() {
        let isOrdered = touches.indices.dropFirst().allSatisfy { index in
            touches[index].group == touches[index - 1].group && touches[index].member >= touches[index - 1].member
        }
        guard !isOrdered else { return }
        let keys = Dictionary(touches.map { ($0.group, groups.values($0.group)) }) { first, _ in first }
        func precedes(_ a: Int, _ b: Int) -> Bool {
            for (mine, other) in zip(keys[a] ?? [], keys[b] ?? []) where mine != other {
                return mine.lexicographicallyPrecedes(other)
            }
            return false
        }
        let order = touches.indices.sorted { a, b in
            let (first, second) = (touches[a], touches[b])
            guard first.group == second.group else { return precedes(first.group, second.group) }
            return (first.member, a) < (second.member, b)
        }
        touches = order.map { touches[$0] }
    }

    /// What a match adds to the window; nil when it lacks the counted field, or it is no number where one is needed.
    private func payload(_ member: Int, _ event: EventBatch, _ named: [String: [UInt8]]?) -> UInt64? {
        switch plan.kind {
        case .valueCount:
            var hash = hashKey
            for index in plan.members[member].fields.indices {
                guard
                    let next = withValue(
                        plan.members[member].fields[index], event, named, { WideBytes.hash($0, key: hash) })
                else { return nil }
                hash = next
            }
            return hash
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
            guard let field = plan.members[member].fields.first,
                let number = withValue(field, event, named, { decimalNumber($0) }) ?? nil, number.isFinite
            else { return nil }
            return number.bitPattern
        default: return 0
        }
    }

    /// Gives the first value of a field to `body`; nil when it is missing, null or an object.
    @inline(__always)
    private func withValue<Result>(
        _ field: CompiledCorrelation.NamedField, _ event: EventBatch, _ named: [String: [UInt8]]?,
        _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        if let named, let value = named[field.name] { return body(value.span) }
        guard let slot = event.slot(field.id, of: 0), slot.kind != .null, slot.kind != .container else { return nil }
        return body(event.bytes.span.extracting(slot.range))
    }
}
