// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The texts and slots of the record being read, in memory that is kept from one record to the next.
///
/// PERF: written through pointers and copied to the batch once a record; appending each value to an array costs more
/// than the value. A copy shares the memory.
struct EVTXOutput {
    /// The most text of one record, in bytes: many times what a chunk can hold, yet a bound for templates that repeat.
    static let maximumText = 1 << 20
    /// The most values of one record, as for JSON.
    static let maximumSlots = JSONFlattener.maximumSlots

    private let text = RawBlock<UInt8>(repeating: 0, count: maximumText)
    private let slots = RawBlock<Slot>(
        repeating: Slot(field: .overflow, offset: 0, length: 0, kind: .null), count: maximumSlots)
    /// The most bytes of text.
    private var limit = maximumText
    /// Bytes of text written.
    private(set) var count = 0
    /// Slots made.
    private(set) var slotCount = 0
    /// Where the text will lie in the batch.
    private(set) var base = 0
    /// Values left out because of a limit.
    var omitted = 0
    /// The day written last.
    var dateOfDay = EVTXDate(day: 0)
    /// UTF-16 units that had no partner.
    var repaired = 0

    /// Forgets the last record; the next one's text lies at `base` and has at most `limit` bytes.
    mutating func start(at base: Int, limit: Int) {
        self.limit = min(max(limit, 0), Self.maximumText)
        count = 0
        slotCount = 0
        omitted = 0
        repaired = 0
        self.base = base
    }

    /// The place the next byte is written to, when at least `size` bytes fit there.
    @unsafe @inline(__always)
    mutating func room(_ size: Int) -> UnsafeMutablePointer<UInt8>? {
        guard size <= limit &- count else { return nil }
        return unsafe text.pointer + count
    }

    /// Takes in bytes written to `room`.
    @inline(__always)
    mutating func advance(_ size: Int) { count &+= size }

    /// Gives back everything written from a place on.
    mutating func truncate(to start: Int) { count = start }

    /// Appends bytes; false when they do not fit.
    @unsafe mutating func append(_ bytes: UnsafePointer<UInt8>, count size: Int) -> Bool {
        guard let target = unsafe room(size) else { return false }
        // SAFETY: there is room for as many bytes as the source has.
        unsafe target.update(from: bytes, count: size)
        count &+= size
        return true
    }

    /// Makes a slot of what was written from `start` on; false when there are too many.
    @inline(__always)
    mutating func makeSlot(_ field: FieldID, from start: Int, kind: ValueKind) -> Bool {
        guard slotCount < Self.maximumSlots else { return false }
        // SAFETY: the block has that many slots; offsets stay far below 4 GiB because batches do.
        unsafe slots.pointer[slotCount] = Slot(
            field: field, offset: UInt32(truncatingIfNeeded: base &+ start),
            length: UInt32(truncatingIfNeeded: count &- start), kind: kind)
        slotCount &+= 1
        return true
    }

    /// Copies everything behind what the batch has.
    func flush(into batch: inout EventBatch) {
        // SAFETY: as many bytes and slots were initialised.
        unsafe batch.bytes.append(contentsOf: UnsafeBufferPointer(start: text.pointer, count: count))
        unsafe batch.slots.append(contentsOf: UnsafeBufferPointer(start: slots.pointer, count: slotCount))
    }
}
