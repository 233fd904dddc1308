// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

// Groups are written one after the other and numbered anew when they are read; what follows from the entries of the
// windows (counts, distinct values, sums, ranks) is made of them again, and so cannot contradict them.

extension CorrelationLane {
    /// Writes groups and windows; `order` is what `EvidenceStore.save` gave.
    func save(to writer: inout StateWriter, clock: Int64, _ evidence: EvidenceStore, _ order: [Int]) {
        var numbers = Array(repeating: 0, count: groups.states.count)
        var next = 0
        writer.write(groups.count)
        for group in groups.states.indices where groups.states[group].isLive {
            numbers[group] = next
            next += 1
            save(group, to: &writer, clock)
            for place in group * shownWidth..<(group + 1) * shownWidth {
                writer.write(evidence.isKept(shown[place]) ? order[Int(shown[place].place)] + 1 : 0)
            }
        }
        writer.write(window.count)
        var time = Int64.min
        window.forEach { entry in
            writer.write(UInt64(bitPattern: entry.time &- time))
            time = entry.time
            writer.write(numbers[Int(entry.group)])
            if plan.keepsPayloads { writer.write(fixed: entry.payload) }
        }
    }

    private func save(_ group: Int, to writer: inout StateWriter, _ clock: Int64) {
        let state = groups.states[group]
        writer.write(groups.keys.span.extracting(state.keyStart..<state.keyStart + state.keyLength))
        writer.write(state.lastTime, before: clock)
        writer.write(state.latestUnexcused, before: clock)
        writer.write(state.isHolding)
        writer.write(state.wasExcused)
        switch plan.kind {
        case .valueSum, .valueAverage:
            writer.write(sums[group].extent.lowerBound)
            writer.write(sums[group].extent.count)
        default: break
        }
        guard plan.isTemporal else { return }
        for place in group * plan.placeCount..<(group + 1) * plan.placeCount {
            writer.write(latest[place], before: clock)
        }
        guard let chains else { return }
        for place in group * chains.width..<(group + 1) * chains.width {
            writer.write(chains.starts[place], before: clock)
        }
    }

    /// Reads groups and windows into an empty lane; `events` are the numbers `EvidenceStore.restore` gave.
    mutating func restore(
        from reader: inout StateReader, clock: Int64, _ evidence: inout EvidenceStore, _ events: [EvidenceStore.Number]
    ) throws(StateError) {
        for _ in 0..<(try reader.readCount(size: 5)) {
            try restoreGroup(from: &reader, clock)
            for _ in 0..<shownWidth {
                let event = try reader.readInt(in: 0..<events.count + 1)
                shown.append(event == 0 ? EvidenceStore.nothing : events[event - 1])
                if event > 0 { evidence.retain(events[event - 1]) }
            }
        }
        var time = Int64.min
        for _ in 0..<(try reader.readCount(size: 2)) {
            time &+= Int64(bitPattern: try reader.readUInt64())
            try restoreEntry(from: &reader, time)
            guard time <= clock else { throw .torn }
        }
        for state in groups.states where state.count == 0 { throw .torn }
        // For temporal kinds the one entry of each group only stands for it.
        if plan.isTemporal { for group in groups.states.indices { groups.states[group].count = 0 } }
        extraWeight = sums.reduce(0) { $0 + $1.size } + ranked.reduce(0) { $0 + $1.distinct }
    }

    private mutating func restoreGroup(from reader: inout StateReader, _ clock: Int64) throws(StateError) {
        let key = try reader.readBytes()
        guard GroupTable.isKey(key.span, values: plan.groupBy.count) else { throw .torn }
        let hash = WideBytes.hash(key.span, key: hashKey)
        guard groups.find(key.span, hash) == nil else { throw .torn }
        let group = groups.insert(key.span, hash)
        groups.states[group].lastTime = try reader.readTime(before: clock)
        groups.states[group].latestUnexcused = try reader.readTime(before: clock)
        groups.states[group].isHolding = try reader.readBool()
        groups.states[group].wasExcused = try reader.readBool()
        switch plan.kind {
        case .valueSum, .valueAverage:
            let start = try reader.readInt(in: ExactSum.places)
            let count = try reader.readInt(in: 0..<ExactSum.places.upperBound + 1 - start)
            var sum = ExactSum()
            sum.cover(start..<start + count)
            sums.append(sum)
        case .valuePercentile, .valueMedian: ranked.append(SortedValues())
        default: break
        }
        guard plan.isTemporal else { return }
        for _ in 0..<plan.placeCount { latest.append(try reader.readTime(before: clock)) }
        guard let width = chains?.width else { return }
        var starts: [Int64] = []
        for _ in 0..<width { starts.append(try reader.readTime(before: clock)) }
        chains?.append(starts)
    }

    private mutating func restoreEntry(from reader: inout StateReader, _ time: Int64) throws(StateError) {
        if let last = window.last, time < last.time { throw .torn }
        let group = try reader.readInt(in: 0..<groups.states.count)
        let payload = plan.keepsPayloads ? try reader.readFixed() : 0
        window.append(WindowQueue.Entry(time: time, payload: payload, group: UInt32(truncatingIfNeeded: group)))
        groups.states[group].count &+= 1
        switch plan.kind {
        case .valueCount: if distinct.insert(payload) { groups.states[group].distinct &+= 1 }
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
            let number = Double(bitPattern: payload)
            guard number.isFinite else { throw .torn }
            if plan.keepsSums { sums[group].add(number) } else { ranked[group].insert(number) }
        case .eventCount: break
        default: if groups.states[group].count > 1 { throw .torn }
        }
    }
}

extension CompiledCorrelation {
    /// Whether entries of the window say more than that there was a match.
    fileprivate var keepsPayloads: Bool { kind != .eventCount && !isTemporal }

    /// Whether numbers are summed, not ranked.
    fileprivate var keepsSums: Bool { kind == .valueSum || kind == .valueAverage }
}

extension StateWriter {
    /// Writes a time that is not after the clock, or that it never was.
    fileprivate mutating func write(_ time: Int64, before clock: Int64) {
        write(time == .min ? 0 : UInt64(bitPattern: clock &- time) &+ 1)
    }
}

extension StateReader {
    /// Reads a time that is not after the clock.
    fileprivate mutating func readTime(before clock: Int64) throws(StateError) -> Int64 {
        let distance = try readUInt64()
        if distance == 0 { return .min }
        let time = clock &- Int64(bitPattern: distance &- 1)
        guard time <= clock else { throw .torn }
        return time
    }
}
