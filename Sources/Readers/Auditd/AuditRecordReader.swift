// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads audit records and joins them: what `AuditReader` is made of.
///
/// Not copyable, for a copy would share its memory and its unfinished events.
struct AuditRecordReader: ~Copyable {
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
    /// Slots of the batch's events.
    let slots = AuditSlots()
    /// Slots of records that are read again.
    let restored = AuditSlots()
    /// Decoded values.
    let text = AuditText()
    /// What the record read last showed.
    let found = AuditFindings()
    /// The same of a record that is read again, and of all such of an event.
    let refindings = AuditFindings()
    let refound = AuditRoles()
    let relines = AuditLines()
    private let kinds = AuditKinds()
    /// Unfinished events, and places for further ones.
    var groups: [AuditGroup] = []
    var freeGroups: [Int32] = []
    /// Places of the unfinished events in the order they began.
    var pending: [Int32] = []
    var pendingSize = 0
    /// How many of them run a program.
    var pendingExecutions = 0
    /// No unfinished event has a higher number.
    var highestSerial: UInt64 = 0
    /// Only finds where the date of a syslog header ends: any year will do.
    let clock = SyslogClock(newest: .max)

    /// Makes a reader.
    init(vocabulary: Vocabulary, options: AuditOptions) {
        self.options = options
        sources = Sources(vocabulary)
        parser = AuditFieldParser(vocabulary, text: text)
    }

    /// What is said of a record around it.
    struct Place {
        /// The record in the batch's bytes.
        var line: Range<Int>
        /// The record of another format it is wrapped in, or itself.
        var evidence: Range<Int>
        /// Its number in the input.
        var position: UInt64
        /// The host its wrapper names; empty for none.
        var host = 0..<0
        /// Whether the batch's bytes stay while the batch's other records are read.
        var staysInBatch = true
    }

    /// Reads complete records.
    mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        reading(&batch) { reader, input, batch in
            for record in records {
                let place = Place(line: record.range, evidence: record.range, position: record.position)
                reader.read(input, place, &batch, &report)
            }
            for place in reader.pending { reader.groups[Int(place)].save(from: input) }
        }
    }

    /// Reads one record that lies at `line` in the batch's bytes, wrapped in a record of another format at `evidence`;
    /// `host` is the host that record names, for a record that names none.
    mutating func read(
        line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        let place = Place(line: line, evidence: evidence, position: position, host: host, staysInBatch: false)
        reading(&batch) { reader, input, batch in reader.read(input, place, &batch, &report) }
    }

    /// The input has ended: gives what was kept back.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        reading(&batch) { reader, input, batch in
            while !reader.pending.isEmpty { reader.complete(0, input, &batch) }
        }
    }

    /// Calls `body` with the batch's bytes taken out of it, and puts what was made behind what the batch has.
    mutating func reading(
        _ batch: inout EventBatch, _ body: (inout AuditRecordReader, AuditBytes, inout EventBatch) -> Void
    ) {
        let bytes = batch.takeBytes()
        text.start(at: bytes.count)
        slots.start(at: batch.slots.count)
        // SAFETY: the view is used only while the buffer is there.
        unsafe bytes.withUnsafeBufferPointer { body(&self, unsafe AuditBytes($0), &batch) }
        batch.bytes = bytes
        text.flush(into: &batch)
        slots.flush(into: &batch)
    }

    private mutating func read(
        _ input: AuditBytes, _ place: Place, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let header: AuditHeader
        switch AuditHeader.find(input, place.line) {
        case .success(let found): header = found
        case .failure(let failure): return refuse(failure, place.position, batch.path, &report)
        }
        let host = host(input, place, header)
        if input.with(header.type, { startsWith($0, "AUOMS_") }) {
            readJoined(input, header, place, host, &batch, &report)
            return
        }
        let kind = kinds.kind(input, header.type, parser.keys)
        let first = slots.count
        found.removeAll()
        addHeader(input, header, kind)
        if !host.isEmpty { slots.append(.hostName, host, .string) }
        let part = AuditFieldParser.Part(source: input, range: header.body..<place.line.upperBound, type: kind.type)
        parser.parse(part, after: kind.root, into: slots, found)
        addSyscallName(part, slots, found)
        if found.isCut {
            report.add(.truncated, path: batch.path, position: place.position, "the audit record ends inside a value")
        }
        commit(&batch, header.time, sources.auditd, from: first, place.evidence, place.position)
        guard kind.type.isGrouped else { return }
        var line = AuditGroup.Line(type: kind.type, text: place.line, evidence: place.evidence)
        line.take(first..<slots.count, found)
        group(input, header, line, place, host, &batch, &report)
    }

    /// Makes an event of the slots from a place on.
    func commit(
        _ batch: inout EventBatch, _ time: Int64, _ source: LogSourceID, from first: Int, _ evidence: Range<Int>,
        _ position: UInt64, isDerived: Bool = false
    ) {
        batch.commit(
            time: Timestamp(nanoseconds: time), source: source, slots: slots.base + first..<slots.base + slots.count,
            record: evidence, position: position, isDerived: isDerived)
    }
}
