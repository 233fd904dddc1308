// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The records of one audit event that has not ended yet.
///
/// A class, so that it is not copied when it is done with; it is used again for another event.
final class AuditGroup {
    /// One record.
    struct Line {
        var type: AuditRecordType
        /// The record, in the batch's input, or in `saved` when the group was saved.
        var text: Range<Int>
        /// Its evidence, in the batch's input, or in `savedEvidence` when the group was saved.
        var evidence: Range<Int>
        /// Slots of the record's own event in the current batch; empty when the group was saved.
        var slots = 0..<0
        /// Slots of its arguments (EXECVE).
        var arguments = 0..<0
        var continuesArgument = false
        /// Slots of what a PATH record tells; negative without.
        var name: Int32 = -1
        var nametype: Int32 = -1

        /// Takes in what reading the record showed.
        mutating func take(_ slots: Range<Int>, _ found: AuditFindings) {
            self.slots = slots
            arguments = found.arguments
            continuesArgument = found.continuesArgument
            name = found.roles[.name]
            nametype = found.roles[.nametype]
        }
    }

    /// What tells events apart: the stamp's number and time, and (by its hash) the host.
    var serial: UInt64 = 0
    var time: Int64 = 0
    var node: UInt64 = 0
    /// Who made the call; nobody when the event did not begin with a SYSCALL record.
    var task = AuditTask()
    /// Number of the event's first record.
    var position: UInt64 = 0
    /// When its latest record arrived; `.unknown` for recorded telemetry.
    var arrived = Timestamp.unknown
    /// The host the records' wrapper names, when they name none.
    var host: [UInt8] = []
    let lines = AuditLines()
    /// The fields its derived event is made of; of no use when the group was saved.
    let roles = AuditRoles()
    /// Bytes of all its records with their evidence.
    private(set) var size = 0
    /// Whether the records were copied because their batch has gone.
    var isSaved = false
    /// The records, one a line.
    private(set) var saved: [UInt8] = []
    /// Their evidence, one a line, when it is not the records themselves.
    private(set) var savedEvidence: [UInt8] = []
    private var pathCount = 0
    private var hasDirectory = false
    private var hasAddress = false
    /// Whether one of the records is the system call's, without which there is no derived event.
    private(set) var hasCall = false

    /// Becomes an event without records; memory stays.
    func start(serial: UInt64, time: Int64, node: UInt64, position: UInt64, task: AuditTask) {
        (self.serial, self.time, self.node, self.position, self.task) = (serial, time, node, position, task)
        roles.removeAll()
        size = 0
        (pathCount, hasDirectory, hasAddress, hasCall) = (0, false, false, false)
    }

    /// Forgets the records; the object waits for its next event.
    func end() {
        if !host.isEmpty { host = [] }
        lines.removeAll()
        if isSaved { (saved, savedEvidence, isSaved) = ([], [], false) }
    }

    /// Whether the records have come that its derived event is made of; there may be a PROCTITLE still.
    ///
    /// Of an execution these are EXECVE and CWD, which follows it, whether or not the rules leave PATH out.
    var isWhole: Bool {
        task.isExecution ? hasDirectory : pathCount >= task.paths && (!task.needsAddress || hasAddress)
    }

    /// Adds a record and what reading it showed; a saved group copies it.
    func add(_ line: Line, _ found: AuditFindings, from input: AuditBytes) {
        size += line.text.count + (line.evidence == line.text ? 0 : line.evidence.count)
        switch line.type {
        case .syscall: hasCall = true
        case .path: pathCount += 1
        case .cwd: hasDirectory = true
        case .socketAddress: hasAddress = true
        default: break
        }
        lines.append(line)
        if isSaved {
            keep(lines.count - 1, input)
        } else {
            roles.takeRecord(line.type, from: found.roles)
        }
    }

    /// Copies records out of a batch's input before the batch goes.
    func save(from input: AuditBytes) {
        guard !isSaved else { return }
        isSaved = true
        for index in 0..<lines.count { keep(index, input) }
    }

    private func keep(_ index: Int, _ input: AuditBytes) {
        let line = lines[index]
        let isSame = line.text == line.evidence
        if !saved.isEmpty { saved.append(UInt8(ascii: "\n")) }
        lines[index].text = saved.count..<saved.count + line.text.count
        input.with(line.text) { saved.append(contentsOf: $0) }
        if isSame {
            lines[index].evidence = lines[index].text
            return
        }
        if !savedEvidence.isEmpty { savedEvidence.append(UInt8(ascii: "\n")) }
        lines[index].evidence = savedEvidence.count..<savedEvidence.count + line.evidence.count
        input.with(line.evidence) { savedEvidence.append(contentsOf: $0) }
    }
}
