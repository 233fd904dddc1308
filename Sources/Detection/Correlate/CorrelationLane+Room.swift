// SPDX-License-Identifier: Apache-2.0
import Sigma

extension CorrelationLane {
    /// Bytes of a window entry, which is the unit of the memory bound.
    private static let unit = 24

    /// What all groups and windows take, in window entries.
    var weight: Int {
        window.count + distinct.count + extraWeight + groups.count * groupWeight + groups.keyBytes / Self.unit
    }

    /// What a group takes besides its window.
    private var groupWeight: Int {
        var bytes = 96 + 8 * shownWidth
        switch plan.kind {
        case .valueSum, .valueAverage: bytes += 96
        case .valuePercentile, .valueMedian: bytes += 240
        default: break
        }
        if plan.isTemporal { bytes += 8 * plan.placeCount }
        if let chains { bytes += 8 * chains.width }
        return (bytes + Self.unit - 1) / Self.unit
    }

    /// Makes the state of a group that was not there.
    mutating func begin(_ key: [UInt8], _ hash: UInt64, _ time: Int64) -> Int {
        let group = groups.insert(key.span, hash)
        if group * shownWidth == shown.count {
            shown.append(contentsOf: repeatElement(EvidenceStore.nothing, count: shownWidth))
        }
        switch plan.kind {
        case .eventCount, .valueCount: break
        case .valueSum, .valueAverage: if group == sums.count { sums.append(ExactSum()) }
        case .valuePercentile, .valueMedian: if group == ranked.count { ranked.append(SortedValues()) }
        default:
            let base = group * plan.placeCount
            if base == latest.count { latest.append(contentsOf: repeatElement(.min, count: plan.placeCount)) }
            for place in base..<base + plan.placeCount { latest[place] = .min }
            chains?.reset(group)
            // The entry stands for the group: when it leaves, the group is looked at.
            window.append(WindowQueue.Entry(time: time, payload: 0, group: UInt32(truncatingIfNeeded: group)))
        }
        return group
    }

    /// When something can leave the windows first; `.max` when nothing lies in them.
    mutating func nextExpiry() -> Int64 {
        guard let entry = window.first else { return .max }
        let (time, overflowed) = entry.time.addingReportingOverflow(plan.span)
        return overflowed ? .max : time
    }

    /// Takes out of the windows what has left them at a time, when the latest event was that of `clock`.
    mutating func expire(at time: Int64, clock: Int64, _ evidence: inout EvidenceStore) {
        let oldest = plan.oldest(at: time)
        while let entry = window.first, entry.time <= oldest {
            window.removeFirst()
            let group = Int(entry.group)
            if plan.isTemporal {
                if groups.states[group].lastTime > oldest {
                    window.append(WindowQueue.Entry(time: clock, payload: 0, group: entry.group))
                } else {
                    forget(group, &evidence)
                }
                continue
            }
            groups.states[group].count &-= 1
            if groups.states[group].count == 0 {
                if plan.kind == .valueCount { _ = distinct.remove(entry.payload) }
                forget(group, &evidence)
                continue
            }
            switch plan.kind {
            case .valueCount: if distinct.remove(entry.payload) { groups.states[group].distinct &-= 1 }
            case .valueSum, .valueAverage: sums[group].remove(Double(bitPattern: entry.payload))
            case .valuePercentile, .valueMedian:
                extraWeight -= ranked[group].distinct
                ranked[group].remove(Double(bitPattern: entry.payload))
                extraWeight += ranked[group].distinct
            default: break
            }
        }
    }

    /// Calls `body` with the latest time and the weight of each group.
    func forEachGroup(_ body: (_ lastTime: Int64, _ weight: Int) -> Void) {
        for state in groups.states where state.isLive {
            let own = groupWeight + Int(state.count) + Int(state.distinct) + state.keyLength / Self.unit
            body(state.lastTime, own)
        }
    }

    /// Gives up the groups whose latest event is not after a time; tells how many.
    mutating func giveUp(through time: Int64, _ evidence: inout EvidenceStore) -> Int {
        let before = groups.count
        var kept = WindowQueue()
        while let entry = window.first {
            window.removeFirst()
            if groups.states[Int(entry.group)].lastTime > time {
                kept.append(entry)
            } else if plan.kind == .valueCount {
                _ = distinct.remove(entry.payload)
            }
        }
        window = kept
        for group in groups.states.indices where groups.states[group].isLive && groups.states[group].lastTime <= time {
            forget(group, &evidence)
        }
        return before - groups.count
    }

    private mutating func forget(_ group: Int, _ evidence: inout EvidenceStore) {
        let base = group * shownWidth
        for place in base..<base + shownWidth {
            evidence.release(shown[place])
            shown[place] = EvidenceStore.nothing
        }
        switch plan.kind {
        case .valueSum, .valueAverage:
            extraWeight -= sums[group].size
            sums[group] = ExactSum()
        case .valuePercentile, .valueMedian:
            extraWeight -= ranked[group].distinct
            ranked[group] = SortedValues()
        default: break
        }
        groups.remove(group)
    }
}
