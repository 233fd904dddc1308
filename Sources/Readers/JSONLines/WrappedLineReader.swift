// SPDX-License-Identifier: Apache-2.0
import Events

/// Reads a record of another format that a JSON record carries as text: an audit line in a syslog message.
package protocol WrappedLineReader {
    /// Whether what it makes of a line may depend on the lines before, so that it must see all of an input in order.
    var keepsRecords: Bool { get }
    /// Where the reader's record lies in a text; nil when there is none.
    func find(_ text: Span<UInt8>) -> Range<Int>?
    /// Reads the record in `line`, unescaped in the batch's bytes; `evidence` is the whole JSON record, `host` the host
    /// it names (empty for none).
    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>, into batch: inout EventBatch,
        report: inout ReadReport)
    /// Gives what was kept back for longer than its rest takes to arrive.
    mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport)
    /// Writes what is kept back.
    func save(to writer: inout StateWriter)
    /// Takes up what another run kept back.
    mutating func restore(from state: inout StateReader) throws(StateError)
    /// Gives what was kept back for an unfinished event.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport)
}

extension WrappedLineReader {
    /// A reader is taken to keep records unless it says otherwise.
    package var keepsRecords: Bool { true }
    /// Keeps nothing back.
    package mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport) {}
    /// Keeps nothing back.
    package func save(to writer: inout StateWriter) {}
    /// Keeps nothing back.
    package mutating func restore(from state: inout StateReader) throws(StateError) {}
}

/// A text for a reader of wrapped records that must see such texts in order.
struct Handover: Sendable {
    /// The reader's position in `JSONReader.wrapped`.
    var reader: Int
    /// The text, in the batch's bytes.
    var line: Range<Int>
    /// The whole record.
    var evidence: Range<Int>
    /// The record's number in its input.
    var position: UInt64
    /// The host the record names; empty for none.
    var host: Range<Int>
    /// How many events of the batch come before those of the text.
    var event: Int
    /// How many sampled problems come before those of the text.
    var sample: Int
}

/// The readers of wrapped records.
enum WrappedLines {
    /// Those used where the caller names none.
    static func standard(_ vocabulary: Vocabulary) -> [any WrappedLineReader] {
        [WrappedAuditReader(vocabulary), WrappedXMLReader(vocabulary)]
    }
}

/// Audit records as a log shipper wraps them.
private struct WrappedAuditReader: WrappedLineReader {
    private let reader: AuditReader

    init(_ vocabulary: Vocabulary) { reader = AuditReader(vocabulary: vocabulary) }

    func find(_ text: Span<UInt8>) -> Range<Int>? { AuditReader.isAuditLine(text) ? 0..<text.count : nil }

    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        let before = batch.events.count
        reader.read(
            line: line, evidence: evidence, position: position, host: host, into: &batch, report: &report)
        report.events += UInt64(batch.events.count - before)
    }

    mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport) {
        let before = batch.events.count
        reader.advance(to: time, into: &batch, report: &report)
        report.events += UInt64(batch.events.count - before)
    }

    func save(to writer: inout StateWriter) { reader.save(to: &writer) }

    mutating func restore(from state: inout StateReader) throws(StateError) { try reader.restore(from: &state) }

    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        let before = batch.events.count
        reader.finish(into: &batch, report: &report)
        report.events += UInt64(batch.events.count - before)
    }
}

/// Event XML as a log shipper wraps it.
private struct WrappedXMLReader: WrappedLineReader {
    private var reader: SysmonXMLReader
    let keepsRecords = false

    init(_ vocabulary: Vocabulary) { reader = SysmonXMLReader(vocabulary: vocabulary) }

    func find(_ text: Span<UInt8>) -> Range<Int>? { SysmonXMLReader.find(text) ?? SysmonXMLReader.findCut(text) }

    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        let before = batch.events.count
        reader.read(
            line: line, evidence: evidence, position: position, host: host, into: &batch, report: &report)
        report.events += UInt64(batch.events.count - before)
    }

    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {}
}
