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
/// Belongs to one thread at a time.
public final class AuditReader: RecordReader {
    private var reader: AuditRecordReader

    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: AuditOptions = AuditOptions()) {
        reader = AuditRecordReader(vocabulary: vocabulary, options: options)
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
    public func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        reader.read(records, into: &batch, report: &report)
    }

    /// Reads one record that lies at `line` in the batch's bytes, wrapped in a record of another format at `evidence`;
    /// `host` is the host that record names, for a record that names none.
    public func read(
        line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int> = 0..<0,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        reader.read(
            line: line, evidence: evidence, position: position, host: host, into: &batch, report: &report)
    }

    /// The input has ended: gives what was kept back.
    public func finish(into batch: inout EventBatch, report: inout ReadReport) {
        reader.finish(into: &batch, report: &report)
    }

    /// Time has passed: gives the events no record of which has arrived for a while.
    public func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport) {
        reader.advance(to: time, into: &batch, report: &report)
    }

    /// How long after its latest record arrived an event without an end is taken to be complete, in nanoseconds.
    static let patience = AuditRecordReader.patience

    /// Whether the reader keeps records of unfinished events.
    var isWaiting: Bool { reader.isWaiting }

    /// Writes the unfinished events; call between two reads.
    func save(to writer: inout StateWriter) { reader.save(to: &writer) }

    /// Takes up the unfinished events of another run; only for a reader that has read nothing.
    func restore(from state: inout StateReader) throws(StateError) { try reader.restore(from: &state) }
}
