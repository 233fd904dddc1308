// SPDX-License-Identifier: Apache-2.0

/// A few hundred events over one buffer of bytes.
///
/// Values are never copied out: an event is a run of slots, a slot is a field and a range of `bytes`. Readers put the
/// input itself at the front of `bytes` and append what they had to decode (hex, escapes, joined arguments) behind it.
public struct EventBatch: Sendable {
    /// Input and decoded values.
    public var bytes: [UInt8] = []
    /// The fields of all events, event by event.
    public var slots: [Slot] = []
    /// The events in the order their records ended.
    public var events: [EventHeader] = []
    /// Where the records come from, as the user named it.
    public var path = ""
    /// When the records arrived, by the clock on the wall; `.unknown` for recorded telemetry.
    public var arrived = Timestamp.unknown

    /// Makes an empty batch.
    public init() {}

    /// Empties the batch and keeps its buffers.
    public mutating func removeAll() {
        arrived = .unknown
        bytes.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
    }
}

/// One event of a batch.
public struct EventHeader: Sendable {
    /// When it happened.
    public var time: Timestamp
    /// Which log source it belongs to.
    public var source: LogSourceID
    /// Whether it was made of records that also gave, or of a record that also is, an event of its own.
    public var isDerived = false
    /// Its fields, in `EventBatch.slots`.
    public var slots: Range<Int>
    /// Fields added by enrichment, in `EventBatch.slots`; empty until then.
    public var added: Range<Int> = 0..<0
    /// The bytes of its own record, kept as evidence.
    public var record: Range<Int>
    /// Number of the record in its input, from 1 (a line number for line formats).
    public var position: UInt64
}
