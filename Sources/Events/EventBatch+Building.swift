// SPDX-License-Identifier: Apache-2.0
import Bytes

extension EventBatch {
    /// Adds a slot over bytes that are already in the batch.
    ///
    /// Call between an event's start and `commit`.
    public mutating func append(_ field: FieldID, _ range: Range<Int>, kind: ValueKind = .string) {
        slots.append(
            Slot(field: field, offset: UInt32(range.lowerBound), length: UInt32(range.count), kind: kind))
    }

    /// Adds a slot and copies its bytes behind the input.
    public mutating func append(_ field: FieldID, copying value: Span<UInt8>, kind: ValueKind = .string) {
        append(field, store(value), kind: kind)
    }

    /// Adds a slot with text.
    public mutating func append(_ field: FieldID, text: String, kind: ValueKind = .string) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        append(field, start..<bytes.count, kind: kind)
    }

    /// Adds a slot with a whole number.
    public mutating func append(_ field: FieldID, integer: Int64) {
        let start = bytes.count
        appendDecimal(integer, to: &bytes)
        append(field, start..<bytes.count, kind: .integer)
    }

    /// Copies bytes into the batch and tells where they are.
    public mutating func store(_ value: Span<UInt8>) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: value)
        return start..<bytes.count
    }

    /// Makes an event of all slots added since `firstSlot`.
    public mutating func commit(
        time: Timestamp, source: LogSourceID, slotsFrom firstSlot: Int, record: Range<Int>, position: UInt64,
        isDerived: Bool = false
    ) {
        commit(
            time: time, source: source, slots: firstSlot..<slots.count, record: record, position: position,
            isDerived: isDerived)
    }

    /// Makes an event of slots that are in the batch, or will be before anyone looks at it.
    public mutating func commit(
        time: Timestamp, source: LogSourceID, slots: Range<Int>, record: Range<Int>, position: UInt64,
        isDerived: Bool = false
    ) {
        events.append(
            EventHeader(
                time: time, source: source, isDerived: isDerived, slots: slots, record: record, position: position))
    }
}
