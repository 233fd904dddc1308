// SPDX-License-Identifier: Apache-2.0
import Events

/// Reads a record of another format that a JSON record carries as text: an audit line in a syslog message.
package protocol WrappedLineReader {
    /// Where the reader's record lies in a text; nil when there is none.
    func find(_ text: Span<UInt8>) -> Range<Int>?
    /// Reads the record in `line`, unescaped in the batch's bytes; `evidence` is the whole JSON record, `host` the host
    /// it names (empty for none).
    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>, into batch: inout EventBatch,
        report: inout ReadReport)
    /// Gives what was kept back for an unfinished event.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport)
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
    private var reader: AuditReader

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

    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        let before = batch.events.count
        reader.finish(into: &batch, report: &report)
        report.events += UInt64(batch.events.count - before)
    }
}

/// Event XML as a log shipper wraps it.
private struct WrappedXMLReader: WrappedLineReader {
    private var reader: SysmonXMLReader

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
