// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditReader {
    /// Adds a record to its event, and completes the events that ended with it.
    mutating func group(
        _ input: Span<UInt8>, _ header: AuditHeader, _ line: AuditGroup.Line, _ position: UInt64, _ host: Range<Int>,
        _ staysInBatch: Bool, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let node = hashBytes(input.extracting(header.node.isEmpty ? host : header.node))
        var found = pending.count - 1
        while found >= 0 {
            if pending[found].serial == header.serial, pending[found].time == header.time, pending[found].node == node {
                break
            }
            found -= 1
        }
        if found < 0 {
            // The end of an event that is already complete, or of one that never came.
            guard line.type != .endOfEvent else { return }
            let own = batch.events.count - 1
            let task = line.type == .syscall ? AuditTask(of: line.slots, batch.slots.span, self, input) : AuditTask()
            completeOlder(than: header.time, input, &batch)
            completeExecutions(before: task, node, input, &batch)
            while pending.count >= max(1, options.pendingEvents) { evict(0, input, &batch, &report) }
            // What is complete happened before this record: whoever follows processes must learn of it first.
            if own >= 0, own < batch.events.count - 1 { batch.events.append(batch.events.remove(at: own)) }
            var group = AuditGroup(serial: header.serial, time: header.time, node: node, position: position)
            group.task = task
            group.isSaved = !staysInBatch
            if !host.isEmpty { group.host.append(contentsOf: input.extracting(host)) }
            pending.append(group)
            found = pending.count - 1
        }
        let size = line.text.count + (line.evidence == line.text ? 0 : line.evidence.count)
        if pending[found].isSaved {
            pending[found].addSaved(line, from: input)
        } else {
            pending[found].lines.append(line)
        }
        pending[found].size += size
        pendingSize += size
        if line.type == .endOfEvent || line.type == .proctitle {
            complete(found, input, &batch)
            return
        }
        while pendingSize > options.pendingBytes, !pending.isEmpty { evict(0, input, &batch, &report) }
    }

    /// Completes the oldest events as far as they began long enough before `time`.
    private mutating func completeOlder(than time: Int64, _ input: Span<UInt8>, _ batch: inout EventBatch) {
        let (limit, overflowed) = time.subtractingReportingOverflow(options.timeout)
        guard !overflowed else { return }
        while let first = pending.first, first.time <= limit { complete(0, input, &batch) }
    }

    /// Completes executions that must have ended because their process, or a child of it, makes a further call.
    ///
    /// Only executions: they leave the process one thread, while of other calls several threads of a process, which
    /// share its number, may have records under way at once. Events that began before such an execution go first as far
    /// as nothing of them is missing, so that what has the same time keeps its order.
    private mutating func completeExecutions(
        before task: AuditTask, _ node: UInt64, _ input: Span<UInt8>, _ batch: inout EventBatch
    ) {
        guard task.pid != AuditTask.unknown else { return }
        var index = 0
        while index < pending.count {
            let one = pending[index].task
            index += 1
            guard one.isExecution, one.pid == task.pid || one.pid == task.parent, pending[index - 1].node == node
            else { continue }
            index -= 1
            var older = 0
            while older < index {
                if pending[older].node == node, pending[older].isWhole {
                    complete(older, input, &batch)
                    index -= 1
                } else {
                    older += 1
                }
            }
            complete(index, input, &batch)
        }
    }

    private mutating func evict(
        _ index: Int, _ input: Span<UInt8>, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let serial = pending[index].serial
        report.add(
            .evicted, path: batch.path, position: pending[index].position,
            "event \(serial) had not ended; what there was of it was joined")
        complete(index, input, &batch)
    }

    /// Takes an event off the pending ones and gives the derived event it stands for, if any.
    mutating func complete(_ index: Int, _ input: Span<UInt8>, _ batch: inout EventBatch) {
        var group = pending.remove(at: index)
        pendingSize -= group.size
        guard group.lines.contains(where: { $0.type == .syscall }) else { return }
        let evidence: Range<Int>
        let scratch = batch.slots.count
        if group.isSaved {
            evidence = restore(&group, &batch.slots)
        } else {
            evidence = Self.evidence(of: group, input, &decoded)
        }
        joined.removeAll(keepingCapacity: true)
        let host = group.host.isEmpty ? nil : Slot.at(.hostName, decoded.store(group.host.span), 0, .string)
        let source = join(input, group.lines, host, batch.slots.span)
        batch.slots.removeSubrange(scratch...)
        guard let source else { return }
        let first = batch.slots.count
        batch.slots.append(contentsOf: joined)
        batch.commit(
            time: Timestamp(nanoseconds: group.time), source: source, slotsFrom: first, record: evidence,
            position: group.position, isDerived: true)
    }

    /// Copies a saved event into the batch and reads its records again.
    ///
    /// Gives its evidence.
    private mutating func restore(_ group: inout AuditGroup, _ slots: inout [Slot]) -> Range<Int> {
        let saved = group.saved
        let stored = decoded.store(saved.span)
        for index in group.lines.indices {
            let line = group.lines[index]
            let first = slots.count
            guard let header = try? AuditHeader(saved.span, line.text) else { continue }
            if !header.node.isEmpty { slots.append(Slot.at(.node, header.node, stored.lowerBound, .string)) }
            let outcome = parser.parse(
                saved.span, header.body..<line.text.upperBound, shift: stored.lowerBound, type: line.type, into: &slots,
                &decoded)
            addSyscallName(saved.span, outcome, stored.lowerBound, &slots)
            group.lines[index].slots = first..<slots.count
            group.lines[index].arguments = outcome.arguments
            group.lines[index].continuesArgument = outcome.continuesArgument
        }
        return group.savedEvidence.isEmpty ? stored : decoded.store(group.savedEvidence.span)
    }

    /// All records of an event, one a line: the input itself where it is that, else a copy.
    private static func evidence(
        of group: AuditGroup, _ input: Span<UInt8>, _ decoded: inout DecodedBytes
    ) -> Range<Int> {
        guard let first = group.lines.first, let last = group.lines.last else { return 0..<0 }
        var end = first.evidence.upperBound
        var isContiguous = true
        for line in group.lines.dropFirst() {
            // CRLF would not do: what is kept from one batch to the next is joined with LF, and an event's evidence
            // must not depend on where batches end.
            isContiguous = isContiguous && line.evidence.lowerBound - end == 1
            end = line.evidence.upperBound
        }
        if isContiguous { return first.evidence.lowerBound..<last.evidence.upperBound }
        let start = decoded.end
        for (index, line) in group.lines.enumerated() {
            if index > 0 { decoded.bytes.append(UInt8(ascii: "\n")) }
            decoded.bytes.append(contentsOf: input.extracting(line.evidence))
        }
        return start..<decoded.end
    }
}
