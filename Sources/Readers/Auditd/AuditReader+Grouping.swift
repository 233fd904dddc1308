// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditReader {
    /// Adds a record to its event, and completes the events that ended with it.
    mutating func group(
        _ input: AuditBytes, _ header: AuditHeader, _ line: AuditGroup.Line, _ found: AuditFindings, _ place: Place,
        _ host: Range<Int>, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let node = input.with(header.node.isEmpty ? host : header.node) { hashBytes($0) }
        var index = find(header, node)
        if index < 0 {
            // The end of an event that is already complete, or of one that never came.
            guard line.type != .endOfEvent else { return }
            let own = batch.events.count - 1
            let task = line.type == .syscall ? AuditTask(of: found.roles, slots, self, input) : AuditTask()
            completeOlder(than: header.time, input, &batch)
            completeExecutions(before: task, node, input, &batch)
            while pending.count >= max(1, options.pendingEvents) { evict(0, input, &batch, &report) }
            // What is complete happened before this record: whoever follows processes must learn of it first.
            if own >= 0, own < batch.events.count - 1 { batch.events.append(batch.events.remove(at: own)) }
            index = begin(header, node, place, task)
            if !host.isEmpty { input.with(host) { groups[Int(pending[index])].host.append(contentsOf: $0) } }
        }
        let group = Int(pending[index])
        let size = groups[group].size
        groups[group].add(line, found, from: input)
        pendingSize += groups[group].size - size
        if line.type == .endOfEvent || line.type == .proctitle {
            complete(index, input, &batch)
            return
        }
        while pendingSize > options.pendingBytes, !pending.isEmpty { evict(0, input, &batch, &report) }
    }

    /// Where among the unfinished events the one of a record is; negative when it is not among them.
    private func find(_ header: AuditHeader, _ node: UInt64) -> Int {
        if header.serial > highestSerial { return -1 }
        var index = pending.count - 1
        while index >= 0 {
            let place = Int(pending[index])
            if groups[place].serial == header.serial, groups[place].time == header.time, groups[place].node == node {
                break
            }
            index -= 1
        }
        return index
    }

    /// Begins an event; gives where among the unfinished ones it is.
    private mutating func begin(_ header: AuditHeader, _ node: UInt64, _ place: Place, _ task: AuditTask) -> Int {
        let free = freeGroups.popLast()
        if free == nil { groups.append(AuditGroup()) }
        let group = free ?? Int32(groups.count - 1)
        groups[Int(group)].start(
            serial: header.serial, time: header.time, node: node, position: place.position, task: task)
        groups[Int(group)].isSaved = !place.staysInBatch
        pending.append(group)
        highestSerial = max(highestSerial, header.serial)
        return pending.count - 1
    }

    /// Completes the oldest events as far as they began long enough before `time`.
    private mutating func completeOlder(than time: Int64, _ input: AuditBytes, _ batch: inout EventBatch) {
        let (limit, overflowed) = time.subtractingReportingOverflow(options.timeout)
        guard !overflowed else { return }
        while let first = pending.first, groups[Int(first)].time <= limit { complete(0, input, &batch) }
    }

    /// Completes executions that must have ended because their process, or a child of it, makes a further call.
    ///
    /// Only executions: they leave the process one thread, while of other calls several threads of a process, which
    /// share its number, may have records under way at once. Events that began before such an execution go first as far
    /// as nothing of them is missing, so that what has the same time keeps its order.
    private mutating func completeExecutions(
        before task: AuditTask, _ node: UInt64, _ input: AuditBytes, _ batch: inout EventBatch
    ) {
        guard task.pid != AuditTask.unknown else { return }
        var index = 0
        while index < pending.count {
            let isEnded = isEnded(Int(pending[index]), by: task, node)
            index += 1
            guard isEnded else { continue }
            index -= 1
            var older = 0
            while older < index {
                let place = Int(pending[older])
                if groups[place].node == node, groups[place].isWhole {
                    complete(older, input, &batch)
                    index -= 1
                } else {
                    older += 1
                }
            }
            complete(index, input, &batch)
        }
    }

    @inline(__always)
    private func isEnded(_ place: Int, by task: AuditTask, _ node: UInt64) -> Bool {
        guard groups[place].task.isExecution else { return false }
        let pid = groups[place].task.pid
        return (pid == task.pid || pid == task.parent) && groups[place].node == node
    }

    private mutating func evict(
        _ index: Int, _ input: AuditBytes, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let group = Int(pending[index])
        let serial = groups[group].serial
        report.add(
            .evicted, path: batch.path, position: groups[group].position,
            "event \(serial) had not ended; what there was of it was joined")
        complete(index, input, &batch)
    }

    /// Takes an event off the pending ones and gives the derived event it stands for, if any.
    mutating func complete(_ index: Int, _ input: AuditBytes, _ batch: inout EventBatch) {
        let place = Int(pending.remove(at: index))
        if pending.isEmpty { highestSerial = 0 }
        // Out of the list while it is looked at, so that nothing of it is copied; it comes back for its memory.
        var group = AuditGroup()
        swap(&group, &groups[place])
        pendingSize -= group.size
        if group.hasCall { join(group, input, &batch) }
        swap(&group, &groups[place])
        freeGroups.append(Int32(place))
    }

    private mutating func join(_ group: borrowing AuditGroup, _ input: AuditBytes, _ batch: inout EventBatch) {
        var scene = AuditScene(input: input, slots: slots, facts: group.facts, lines: [])
        let evidence: Range<Int>
        if group.isSaved {
            evidence = restore(group, &scene)
        } else {
            evidence = self.evidence(of: group, input)
            scene.lines = group.lines
        }
        if !group.host.isEmpty { scene.facts.host = Slot.at(.hostName, text.store(group.host.span), 0, .string) }
        let first = slots.count
        guard let source = join(scene) else { return slots.truncate(to: first) }
        commit(&batch, group.time, source, from: first, evidence, group.position, isDerived: true)
    }

    /// Copies a saved event into the batch and reads its records again; gives where its evidence is.
    private mutating func restore(_ group: borrowing AuditGroup, _ scene: inout AuditScene) -> Range<Int> {
        let stored = text.store(group.saved.span)
        scene.facts = AuditFacts()
        scene.slots = restored
        restored.start(at: 0)
        // SAFETY: the view is used only while the buffer is there.
        unsafe group.saved.withUnsafeBufferPointer { buffer in
            let saved = unsafe AuditBytes(buffer)
            for var line in group.lines {
                guard case .success(let header) = AuditHeader.find(saved, line.text) else { continue }
                let first = restored.count
                var found = AuditFindings()
                addNode(header, shift: stored.lowerBound, restored, &found)
                let part = AuditFieldParser.Part(
                    source: saved, range: header.body..<line.text.upperBound, shift: stored.lowerBound, type: line.type)
                parser.parse(part, after: parser.keys.root(line.type), into: restored, &found)
                addSyscallName(part, restored, &found)
                line.take(first..<restored.count, found)
                scene.facts.add(line, found)
                scene.lines.append(line)
            }
        }
        return group.savedEvidence.isEmpty ? stored : text.store(group.savedEvidence.span)
    }

    /// All records of an event, one a line: the input itself where it is that, else a copy.
    private func evidence(of group: borrowing AuditGroup, _ input: AuditBytes) -> Range<Int> {
        guard let first = group.lines.first, let last = group.lines.last else { return 0..<0 }
        var end = first.evidence.lowerBound - 1
        var isContiguous = true
        for line in group.lines {
            // CRLF would not do: what is kept from one batch to the next is joined with LF, and an event's evidence
            // must not depend on where batches end.
            isContiguous = isContiguous && line.evidence.lowerBound - end == 1
            end = line.evidence.upperBound
        }
        if isContiguous { return first.evidence.lowerBound..<last.evidence.upperBound }
        let start = text.end
        for (index, line) in group.lines.enumerated() {
            if index > 0 { text.append(UInt8(ascii: "\n")) }
            text.store(input.slice(line.evidence))
        }
        return start..<text.end
    }
}
