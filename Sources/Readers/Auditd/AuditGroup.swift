// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The records of one audit event that has not ended yet.
struct AuditGroup {
    /// One record.
    struct Line {
        var type: AuditRecordType
        /// The record, in the batch's input, or in `saved` when the group was saved.
        var text: Range<Int>
        /// Its evidence, in the batch's input, or in `evidence` when the group was saved.
        var evidence: Range<Int>
        /// Slots of the record's own event in the current batch; empty when the group was saved.
        var slots = 0..<0
        /// Slots of its arguments (EXECVE).
        var arguments = 0..<0
        var continuesArgument = false
    }

    /// What tells events apart: the stamp's number and time, and (by its hash) the host.
    var serial: UInt64
    var time: Int64
    var node: UInt64
    /// Who made the call; nobody when the event did not begin with a SYSCALL record.
    var task = AuditTask()
    /// Number of the event's first record.
    var position: UInt64
    /// The host the records' wrapper names, when they name none.
    var host: [UInt8] = []
    var lines: [Line] = []
    /// Bytes of all its records with their evidence.
    var size = 0
    /// Whether the records were copied because their batch has gone.
    var isSaved = false
    /// The records, one a line.
    var saved: [UInt8] = []
    /// Their evidence, one a line, when it is not the records themselves.
    var savedEvidence: [UInt8] = []

    /// Whether the records have come that its derived event is made of; there may be a PROCTITLE still.
    ///
    /// Of an execution these are EXECVE and CWD, which follows it, whether or not the rules leave PATH out.
    var isWhole: Bool {
        if task.isExecution { return lines.contains { $0.type == .cwd } }
        return lines.count { $0.type == .path } >= task.paths
            && (!task.needsAddress || lines.contains { $0.type == .socketAddress })
    }

    /// Copies records out of a batch's input before the batch goes.
    mutating func save(from input: Span<UInt8>) {
        guard !isSaved else { return }
        isSaved = true
        for index in lines.indices { keep(index, input) }
    }

    /// Adds a record to a saved group.
    mutating func addSaved(_ line: Line, from input: Span<UInt8>) {
        lines.append(line)
        keep(lines.count - 1, input)
    }

    private mutating func keep(_ index: Int, _ input: Span<UInt8>) {
        let line = lines[index]
        let isSame = line.text == line.evidence
        if !saved.isEmpty { saved.append(UInt8(ascii: "\n")) }
        lines[index].text = saved.count..<saved.count + line.text.count
        saved.append(contentsOf: input.extracting(line.text))
        lines[index].slots = 0..<0
        lines[index].arguments = 0..<0
        if isSame {
            lines[index].evidence = lines[index].text
            return
        }
        if !savedEvidence.isEmpty { savedEvidence.append(UInt8(ascii: "\n")) }
        lines[index].evidence = savedEvidence.count..<savedEvidence.count + line.evidence.count
        savedEvidence.append(contentsOf: input.extracting(line.evidence))
    }
}
