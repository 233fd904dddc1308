// SPDX-License-Identifier: Apache-2.0
import Sigma

extension CorrelationLane {
    /// Most events a counting correlation shows.
    private static let mostShown = 4

    /// How many events each group refers to.
    var shownWidth: Int { plan.isTemporal ? plan.placeCount : Self.mostShown }

    /// Adds a match to its group's window.
    mutating func count(
        _ touch: Touch, _ moment: inout Moment, _ evidence: inout EvidenceStore, _ firings: [Firing]
    ) {
        let group = touch.group
        window.append(
            WindowQueue.Entry(
                time: moment.time, payload: touch.payload, group: UInt32(truncatingIfNeeded: group)))
        groups.states[group].count &+= 1
        switch plan.kind {
        case .valueCount: if distinct.insert(touch.payload) { groups.states[group].distinct &+= 1 }
        case .valueSum, .valueAverage:
            extraWeight -= sums[group].size
            sums[group].add(Double(bitPattern: touch.payload))
            extraWeight += sums[group].size
        case .valuePercentile, .valueMedian:
            extraWeight -= ranked[group].distinct
            ranked[group].insert(Double(bitPattern: touch.payload))
            extraWeight += ranked[group].distinct
        default: break
        }
        guard touch.occurrence >= moment.hits.count else {
            show(moment.evidence(touch.occurrence, in: &evidence), group, &evidence)
            return
        }
        for event in firings[touch.occurrence - moment.hits.count].events {
            let number = evidence.insert(event, at: moment.time)
            show(number, group, &evidence)
            evidence.release(number)
        }
    }

    /// Notes that members happened.
    mutating func see(_ touch: Touch, _ moment: inout Moment, _ evidence: inout EvidenceStore, _ firings: [Firing]) {
        let base = touch.group * plan.placeCount
        let isHit = touch.occurrence < moment.hits.count
        var number = EvidenceStore.nothing
        if isHit {
            number = moment.evidence(touch.occurrence, in: &evidence)
        } else if let event = firings[touch.occurrence - moment.hits.count].events.last {
            number = evidence.insert(event, at: moment.time)
        }
        for index in plan.members[touch.member].places.indices {
            let place = base + plan.members[touch.member].places[index]
            latest[place] = moment.time
            if number != EvidenceStore.nothing { evidence.retain(number) }
            evidence.release(shown[place])
            shown[place] = number
        }
        if !isHit { evidence.release(number) }
    }

    /// Continues the chains of a group by the matches of one event.
    mutating func chain(_ range: Range<Int>, _ time: Int64, _ oldest: Int64) {
        places.removeAll(keepingCapacity: true)
        for index in range {
            for place in plan.members[touches[index].member].places.indices {
                places.append(plan.members[touches[index].member].places[place])
            }
        }
        chains?.add(places, to: touches[range.lowerBound].group, time: time, oldest: oldest)
    }

    /// The measured value at a group's last event; the number of members seen for temporal kinds.
    mutating func measured(_ group: Int, _ oldest: Int64) -> Double {
        switch plan.kind {
        case .eventCount: return Double(groups.states[group].count)
        case .valueCount: return Double(groups.states[group].distinct)
        case .valueSum: return total(group)
        case .valueAverage: return total(group) / Double(groups.states[group].count)
        case .valuePercentile: return ranked[group].percentile(plan.percentile)
        case .valueMedian: return ranked[group].median
        default:
            let base = group * plan.placeCount
            var seen = 0
            for place in base..<base + plan.placeCount where latest[place] > oldest { seen += 1 }
            return Double(seen)
        }
    }

    /// A group's sum; settling it may take another digit.
    private mutating func total(_ group: Int) -> Double {
        let before = sums[group].size
        let total = sums[group].value
        extraWeight += sums[group].size - before
        return total
    }

    /// Whether the condition holds at the group's last event.
    func holds(_ group: Int, _ measured: Double, _ oldest: Int64) -> Bool {
        let isWhole = measured == Double(plan.placeCount)
        let base = group * plan.placeCount
        func isSeen(_ place: Int) -> Bool { latest[base + place] > oldest }
        switch plan.kind {
        case .temporal where plan.bounds.isEmpty: return isWhole
        case .temporalExtended:
            return plan.condition?.holds(happened: isSeen, seen: isSeen) ?? isWhole
        case .temporalOrdered: return chains?.isComplete(group, after: oldest) ?? false
        case .temporalOrderedExtended:
            guard let condition = plan.condition else { return chains?.isComplete(group, after: oldest) ?? false }
            return chains?.containsChoice(group, after: oldest) { choice in
                condition.holds(happened: { choice >> $0 & 1 == 1 }, seen: isSeen)
            } ?? false
        default: return plan.isWithinBounds(measured)
        }
    }

    /// The events a group shows when its condition begins to hold, those of its window.
    func shownEvents(_ group: Int, _ evidence: EvidenceStore, _ oldest: Int64) -> [MemberEvent] {
        let base = group * shownWidth
        return (base..<base + shownWidth).compactMap { evidence.event(shown[$0], after: oldest) }
    }

    /// Makes an event the latest of those a group shows.
    private mutating func show(_ number: EvidenceStore.Number, _ group: Int, _ evidence: inout EvidenceStore) {
        let base = group * Self.mostShown
        evidence.retain(number)
        evidence.release(shown[base])
        for place in base..<base + Self.mostShown - 1 { shown[place] = shown[place + 1] }
        shown[base + Self.mostShown - 1] = number
    }
}
