// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// Adds a record to its event, and completes the events that ended with it.
    mutating func group(
        _ input: AuditBytes, _ header: AuditHeader, _ line: AuditGroup.Line, _ place: Place, _ host: Range<Int>,
        _ batch: inout EventBatch, _ report: inout ReadReport
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
        let group = groups[Int(pending[index])]
        let size = group.size
        group.add(line, found, from: input)
        group.arrived = batch.arrived
        pendingSize += group.size - size
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
            let group = groups[Int(pending[index])]
            if group.serial == header.serial, group.time == header.time, group.node == node { break }
            index -= 1
        }
        return index
    }

    /// Begins an event; gives where among the unfinished ones it is.
    private mutating func begin(_ header: AuditHeader, _ node: UInt64, _ place: Place, _ task: AuditTask) -> Int {
        let free = freeGroups.popLast()
        if free == nil { groups.append(AuditGroup()) }
        let number = free ?? Int32(groups.count - 1)
        let group = groups[Int(number)]
        group.start(serial: header.serial, time: header.time, node: node, position: place.position, task: task)
        group.isSaved = !place.staysInBatch
        pending.append(number)
        if task.isExecution { pendingExecutions += 1 }
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
        guard task.pid != AuditTask.unknown, pendingExecutions > 0 else { return }
        var index = 0
        while index < pending.count {
            guard isEnded(groups[Int(pending[index])], by: task, node) else {
                index += 1
                continue
            }
            var older = 0
            while older < index {
                let group = groups[Int(pending[older])]
                if group.node == node, group.isWhole {
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
    private func isEnded(_ group: AuditGroup, by task: AuditTask, _ node: UInt64) -> Bool {
        let one = group.task
        return one.isExecution && (one.pid == task.pid || one.pid == task.parent) && group.node == node
    }

    private mutating func evict(
        _ index: Int, _ input: AuditBytes, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let group = groups[Int(pending[index])]
        let serial = group.serial
        report.add(
            .evicted, path: batch.path, position: group.position,
            "event \(serial) had not ended; what there was of it was joined")
        complete(index, input, &batch)
    }

    /// Takes an event off the pending ones and gives the derived event it stands for, if any.
    mutating func complete(_ index: Int, _ input: AuditBytes, _ batch: inout EventBatch) {
        let place = Int(pending.remove(at: index))
        if pending.isEmpty { highestSerial = 0 }
        let group = groups[place]
        pendingSize -= group.size
        if group.task.isExecution { pendingExecutions -= 1 }
        if group.hasCall { join(group, input, &batch) }
        group.end()
        freeGroups.append(Int32(place))
    }

    private mutating func join(_ group: AuditGroup, _ input: AuditBytes, _ batch: inout EventBatch) {
        let evidence: Range<Int>
        var scene: AuditScene
        if group.isSaved {
            scene = AuditScene(input: input, slots: restored, roles: refound, lines: relines)
            evidence = restore(group, &scene)
        } else {
            scene = AuditScene(input: input, slots: slots, roles: group.roles, lines: group.lines)
            evidence = self.evidence(of: group, input)
        }
        if !group.host.isEmpty { scene.host = Slot.at(.hostName, text.store(group.host), 0, .string) }
        let first = slots.count
        guard let source = join(scene) else { return slots.truncate(to: first) }
        commit(&batch, group.time, source, from: first, evidence, group.position, isDerived: true)
    }

    /// Copies a saved event into the batch and reads its records again; gives where its evidence is.
    private mutating func restore(_ group: AuditGroup, _ scene: inout AuditScene) -> Range<Int> {
        let stored = text.store(group.saved)
        restored.start(at: 0)
        refound.removeAll()
        relines.removeAll()
        // SAFETY: the view is used only while the buffer is there.
        unsafe group.saved.withUnsafeBufferPointer { buffer in
            let saved = unsafe AuditBytes(buffer)
            for index in 0..<group.lines.count {
                var line = group.lines[index]
                guard case .success(let header) = AuditHeader.find(saved, line.text) else { continue }
                let first = restored.count
                refindings.removeAll()
                addNode(header, shift: stored.lowerBound, restored, refindings)
                let part = AuditFieldParser.Part(
                    source: saved, range: header.body..<line.text.upperBound, shift: stored.lowerBound, type: line.type)
                parser.parse(part, after: parser.keys.root(line.type), into: restored, refindings)
                addSyscallName(part, restored, refindings)
                line.take(first..<restored.count, refindings)
                refound.takeRecord(line.type, from: refindings.roles)
                relines.append(line)
            }
        }
        return group.savedEvidence.isEmpty ? stored : text.store(group.savedEvidence)
    }

    /// All records of an event, one a line: the input itself where it is that, else a copy.
    private func evidence(of group: AuditGroup, _ input: AuditBytes) -> Range<Int> {
        let lines = group.lines
        guard lines.count > 0 else { return 0..<0 }
        let first = lines[0].evidence.lowerBound
        var end = first - 1
        var isContiguous = true
        for index in 0..<lines.count {
            let evidence = lines[index].evidence
            // CRLF would not do: what is kept from one batch to the next is joined with LF, and an event's evidence
            // must not depend on where batches end.
            isContiguous = isContiguous && evidence.lowerBound - end == 1
            end = evidence.upperBound
        }
        if isContiguous { return first..<end }
        let start = text.end
        for index in 0..<lines.count {
            if index > 0 { text.append(UInt8(ascii: "\n")) }
            text.store(input.slice(lines[index].evidence))
        }
        return start..<text.end
    }
}
