// SPDX-License-Identifier: Apache-2.0
import Events

/// A stretch of an input on its way from bytes to events when several threads read: about half a megabyte of whole
/// records, which become events in three steps.
///
/// 1. `UnitCutter` fills it with the next records of the inputs (one unit at a time, in order);
/// 2. `UnitReader` makes events of what can be understood without its neighbours (any thread, any order);
/// 3. `settle` does the rest: what must see the records of its input one after the other (one unit at a time, in order).
///
/// Then `batch` and `report` are what one thread would have made of the same records. A unit is used again for other
/// records, so that its buffers are allocated once.
public struct InputUnit: Sendable {
    /// The records' bytes and, once settled, their events.
    public var batch = EventBatch()
    /// What was seen while this unit was made; whole once the unit is settled.
    public internal(set) var report = ReadReport()
    /// Where reading stands: bytes of all inputs up to the end of this unit, compressed ones as they are.
    public internal(set) var bytesDone: UInt64 = 0

    /// Where the records lie in the batch.
    var records: [Record] = []
    /// What is cut of a Windows event log in place of records.
    var chunk = EVTXChunk(index: -1, offset: 0, bytes: [])
    /// The input they are from.
    var input: UnitInput?
    /// Whether the input ends here; such a unit has no records.
    var isEnd = false
    /// What reading them saw.
    var reading = ReadReport()
    /// Records that wait for a reader which must see them in order.
    var handovers: [Handover] = []

    /// The most bytes a buffer keeps from one use to the next: a rare giant record must not be held on to.
    static let keptCapacity = 8 << 20

    /// Makes an empty unit.
    public init() {}

    /// About how many bytes of input it holds.
    public var size: Int { input?.content?.format == .evtx ? (isEnd ? 0 : chunk.count) : batch.bytes.count }

    /// Forgets the records; buffers of usual size are kept.
    mutating func reset() {
        if batch.bytes.capacity > Self.keptCapacity { batch.bytes = [] }
        if batch.slots.capacity > Self.keptCapacity / MemoryLayout<Slot>.stride { batch.slots = [] }
        report = ReadReport()
        reading = ReadReport()
        handovers.removeAll(keepingCapacity: true)
        isEnd = false
    }

    /// Finishes the events: hands kept records to the input's readers in their order.
    ///
    /// Call for the units of a run one after the other, in the order they were cut, each exactly once.
    public mutating func settle() {
        input?.settle(&self)
        report.merge(reading)
        report.records += UInt64(records.count)
        report.events = UInt64(batch.events.count)
    }
}
