// SPDX-License-Identifier: Apache-2.0
import Events

/// One record as the input layer cut it: a line, or a JSON document.
public struct Record: Sendable {
    /// Its bytes in the batch, without the line end.
    public var range: Range<Int>
    /// Its number in the input, from 1; a line number for line formats.
    public var position: UInt64

    /// Describes a record.
    public init(range: Range<Int>, position: UInt64) {
        self.range = range
        self.position = position
    }
}

/// Turns the records of one format into events.
///
/// The batch arrives with the input at the front of its bytes, followed by at least `EventBatch.padding` bytes of
/// padding. The reader appends slots, events and whatever it had to decode, and never touches the input. It may keep
/// records back (an audit event is complete only when its last record came): what it keeps it copies, within a bound.
public protocol RecordReader {
    /// Reads complete records.
    mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport)
    /// Time has passed: gives what was kept back for longer than its rest takes to arrive.
    ///
    /// Called between reads, with a batch that may hold events, when the records arrive as they are written.
    mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport)
    /// The input has ended: gives what was kept back.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport)
}

extension RecordReader {
    /// Keeps nothing back.
    public mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport) {}
}

extension EventBatch {
    /// Readable bytes after the input, for parsers that read in wide steps.
    public static let padding = 64
}
