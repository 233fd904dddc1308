// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// Whether the reader keeps records of unfinished events.
    var isWaiting: Bool { !pending.isEmpty }

    /// Writes the unfinished events; call between two reads.
    func save(to writer: inout StateWriter) {
        writer.write(pending.count)
        for place in pending {
            let group = groups[Int(place)]
            writer.write(group.serial)
            writer.write(group.time)
            writer.write(fixed: group.node)
            writer.write(group.position)
            writer.write(group.arrived)
            writer.write(group.host)
            group.task.save(to: &writer)
            let (saved, evidence) = (group.saved, group.savedEvidence)
            writer.write(group.lines.count)
            for index in 0..<group.lines.count {
                let line = group.lines[index]
                writer.write(UInt64(line.type.rawValue))
                writer.write(saved.span.extracting(line.text))
                writer.write(!evidence.isEmpty)
                if !evidence.isEmpty { writer.write(evidence.span.extracting(line.evidence)) }
            }
        }
    }

    /// Takes up the unfinished events of another run; only for a reader that has read nothing.
    mutating func restore(from state: inout StateReader) throws(StateError) {
        let count = try state.readCount(size: 16)
        found.removeAll()
        for _ in 0..<count {
            let group = AuditGroup()
            let (serial, time, node) = (try state.readUInt64(), try state.readInt64(), try state.readFixed())
            let (position, arrived, host) = (try state.readUInt64(), try state.readTimestamp(), try state.readBytes())
            group.start(
                serial: serial, time: time, node: node, position: position, task: try AuditTask(from: &state))
            group.host = host
            group.arrived = arrived
            group.isSaved = true
            for _ in 0..<(try state.readCount(size: 3)) {
                guard let type = UInt16(exactly: try state.readUInt64()) else { throw .torn }
                var bytes = try state.readBytes()
                let text = 0..<bytes.count
                var evidence = text
                if try state.readBool() {
                    bytes += try state.readBytes()
                    evidence = text.upperBound..<bytes.count
                }
                let line = AuditGroup.Line(type: AuditRecordType(rawValue: type), text: text, evidence: evidence)
                add(line, bytes, to: group)
            }
            take(group)
        }
    }

    private func add(_ line: AuditGroup.Line, _ bytes: [UInt8], to group: AuditGroup) {
        // SAFETY: the view is used only while the buffer is there; a saved group copies what it keeps.
        unsafe bytes.withUnsafeBufferPointer { group.add(line, found, from: unsafe AuditBytes($0)) }
    }

    private mutating func take(_ group: AuditGroup) {
        groups.append(group)
        pending.append(Int32(groups.count - 1))
        pendingSize += group.size
        if group.task.isExecution { pendingExecutions += 1 }
        highestSerial = max(highestSerial, group.serial)
    }
}

extension AuditTask {
    /// Writes who made the call.
    func save(to writer: inout StateWriter) {
        writer.write(pid)
        writer.write(parent)
        writer.write(isExecution)
        writer.write(paths)
        writer.write(needsAddress)
    }

    /// Reads who made the call.
    init(from state: inout StateReader) throws(StateError) {
        self.init()
        pid = try state.readInt64()
        parent = try state.readInt64()
        isExecution = try state.readBool()
        paths = try state.readInt()
        needsAddress = try state.readBool()
    }
}
