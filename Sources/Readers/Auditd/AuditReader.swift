// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// How audit records are read.
public struct AuditOptions: Sendable {
    /// The most unfinished events kept; the oldest is given up for a newer one.
    public var pendingEvents = 512
    /// The most bytes of unfinished events kept.
    public var pendingBytes = 16 << 20
    /// An event is complete when a record is this much newer, in nanoseconds (auditd's own `end_of_event_timeout`).
    public var timeout: Int64 = 2_000_000_000

    /// The usual bounds.
    public init() {}
}

/// Reads Linux audit records: one event a record, and one derived event for what the records of an audit event mean
/// together (a program started, a connection made, a file created).
///
/// Records of one event may be interleaved with others'. An event is complete with its EOE or PROCTITLE record, when a
/// record two seconds newer comes, when too many are pending, or at the end of the input. The execution of a program is
/// also complete when the process or a child of it makes a further call, so that where logs have neither PROCTITLE nor
/// EOE, as many rule sets leave them out, a process is still known before its children are.
public struct AuditReader: RecordReader {
    /// The log sources events are given.
    struct Sources: Sendable {
        let auditd: LogSourceID
        let processCreation: LogSourceID
        let processTermination: LogSourceID
        let networkConnection: LogSourceID
        let fileEvent: LogSourceID
        let fileDelete: LogSourceID

        init(_ vocabulary: Vocabulary) {
            auditd = vocabulary.source(LogSource(product: "linux", service: "auditd"))
            processCreation = vocabulary.source(LogSource(product: "linux", category: "process_creation"))
            processTermination = vocabulary.source(LogSource(product: "linux", category: "process_termination"))
            networkConnection = vocabulary.source(LogSource(product: "linux", category: "network_connection"))
            fileEvent = vocabulary.source(LogSource(product: "linux", category: "file_event"))
            fileDelete = vocabulary.source(LogSource(product: "linux", category: "file_delete"))
        }
    }

    let options: AuditOptions
    let sources: Sources
    var parser: AuditFieldParser
    var decoded = DecodedBytes()
    /// Unfinished events in the order they began.
    var pending: [AuditGroup] = []
    var pendingSize = 0
    /// Slots of a derived event while it is put together.
    var joined: [Slot] = []
    /// Only finds where the date of a syslog header ends: any year will do.
    private let clock = SyslogClock(newest: .max)

    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: AuditOptions = AuditOptions()) {
        self.options = options
        sources = Sources(vocabulary)
        parser = AuditFieldParser(vocabulary)
    }

    /// Whether a line holds an audit record with its stamp, plain or behind a syslog header.
    public static func isAuditLine(_ line: Span<UInt8>) -> Bool {
        do throws(AuditHeader.Failure) {
            _ = try AuditHeader(line, 0..<line.count)
            return true
        } catch {
            return false
        }
    }

    /// Reads complete records.
    public mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        let input = bytes.span
        for record in records {
            read(input, record.range, record.range, record.position, 0..<0, staysInBatch: true, &batch, &report)
        }
        for index in pending.indices { pending[index].save(from: input) }
        batch.put(back: bytes, decoded)
    }

    /// Reads one record that lies at `line` in the batch's bytes, wrapped in a record of another format at `evidence`;
    /// `host` is the host that record names, for a record that names none.
    public mutating func read(
        line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int> = 0..<0,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        read(bytes.span, line, evidence, position, host, staysInBatch: false, &batch, &report)
        batch.put(back: bytes, decoded)
    }

    /// The input has ended: gives what was kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        while !pending.isEmpty { complete(0, bytes.span, &batch) }
        batch.put(back: bytes, decoded)
    }

    private mutating func read(
        _ input: Span<UInt8>, _ line: Range<Int>, _ evidence: Range<Int>, _ position: UInt64, _ named: Range<Int>,
        staysInBatch: Bool, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let header: AuditHeader
        do throws(AuditHeader.Failure) {
            header = try AuditHeader(input, line)
        } catch {
            refuse(error, position, batch.path, &report)
            return
        }
        let host = host(input, line, header, named)
        let name = input.extracting(header.type)
        if startsWith(name, "AUOMS_") {
            readJoined(input, header, line, evidence, position, host, &batch, &report)
            return
        }
        let type = AuditRecordType(name: name)
        let first = batch.slots.count
        addHeader(input, header, type, &batch.slots)
        if !host.isEmpty { batch.slots.append(Slot.at(.hostName, host, 0, .string)) }
        let outcome = parser.parse(
            input, header.body..<line.upperBound, shift: 0, type: type, into: &batch.slots, &decoded)
        addSyscallName(input, outcome, 0, &batch.slots)
        if outcome.isCut {
            report.add(.truncated, path: batch.path, position: position, "the audit record ends inside a value")
        }
        batch.commit(
            time: Timestamp(nanoseconds: header.time), source: sources.auditd, slotsFrom: first, record: evidence,
            position: position)
        guard type.isGrouped else { return }
        var entry = AuditGroup.Line(type: type, text: line, evidence: evidence)
        entry.slots = first..<batch.slots.count
        entry.arguments = outcome.arguments
        entry.continuesArgument = outcome.continuesArgument
        group(input, header, entry, position, host, staysInBatch, &batch, &report)
    }

    /// The host of a record without `node`: the one its wrapper names, else the one in its syslog header; or empty.
    private func host(
        _ input: Span<UInt8>, _ line: Range<Int>, _ header: AuditHeader, _ named: Range<Int>
    ) -> Range<Int> {
        guard header.node.isEmpty, named.isEmpty else { return header.node.isEmpty ? named : 0..<0 }
        let start = header.type.lowerBound - "type=".utf8.count
        return start > line.lowerBound ? SyslogHeader(input, line.lowerBound..<start, clock).host : 0..<0
    }

    /// Node and kind come before the fields; a number is translated to its name.
    func addNode(_ input: Span<UInt8>, _ header: AuditHeader, _ slots: inout [Slot]) {
        if !header.node.isEmpty { slots.append(Slot.at(.node, header.node, 0, .string)) }
    }

    private mutating func addHeader(
        _ input: Span<UInt8>, _ header: AuditHeader, _ type: AuditRecordType, _ slots: inout [Slot]
    ) {
        addNode(input, header, &slots)
        if AuditRecordType.number(in: input.extracting(header.type)) != nil,
            let name = AuditRecordNames.shared.store(type, in: &decoded)
        {
            slots.append(Slot.at(.type, name, 0, .string))
        } else {
            slots.append(Slot.at(.type, header.type, 0, .string))
        }
    }

    /// Adds the system call's name where only its number was recorded.
    mutating func addSyscallName(
        _ source: Span<UInt8>, _ outcome: AuditFieldParser.Outcome, _ shift: Int, _ slots: inout [Slot]
    ) {
        guard !outcome.hasSyscallName, !outcome.syscall.isEmpty else { return }
        let call = source.extracting(outcome.syscall)
        guard let number = decimal(call) else {
            slots.append(Slot.at(.SYSCALL, outcome.syscall, shift, .string))
            return
        }
        guard let (table, mask) = SyscallTable.of(arch: source.extracting(outcome.arch)),
            let value = Int(exactly: number), let name = table.store(value & mask, in: &decoded)
        else { return }
        slots.append(Slot.at(.SYSCALL, name, 0, .string))
    }

    private func refuse(
        _ failure: AuditHeader.Failure, _ position: UInt64, _ path: String, _ report: inout ReadReport
    ) {
        switch failure {
        case .absent: report.add(.unrecognised, path: path, position: position, "not an audit record")
        case .cut: report.add(.truncated, path: path, position: position, "the audit record ends inside its header")
        case .malformed:
            report.add(
                .malformed, path: path, position: position,
                "the audit record's header is not `type=… msg=audit(seconds.milliseconds:serial):`")
        }
    }
}
