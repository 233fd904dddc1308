// SPDX-License-Identifier: Apache-2.0
import Events

/// A stretch of an input on its way from bytes to events.
///
/// It holds about half a megabyte of whole records, or fewer when they come as they are written. They become events in
/// three steps.
///
/// 1. an `EventSource` fills it with the next records of an input (one unit at a time, in order);
/// 2. `UnitReader` makes events of what can be understood without its neighbours (any thread, any order);
/// 3. `settle` does the rest: what must see the records of its input one after the other (one unit at a time, in order).
///
/// Then `batch` and `report` are whole. A unit is used again for other records, so that its buffers are allocated once.
public struct InputUnit: Sendable {
    /// The records' bytes and, once settled, their events.
    public var batch = EventBatch()
    /// What was seen while this unit was made; whole once the unit is settled.
    public internal(set) var report = ReadReport()
    /// Where reading stands: bytes of all inputs up to the end of this unit, compressed ones as they are.
    public internal(set) var bytesDone: UInt64 = 0
    /// When the records arrived, by the clock on the wall; `.unknown` for recorded telemetry.
    public internal(set) var arrived = Timestamp.unknown
    /// Whether the input ends here; such a unit has no records.
    public internal(set) var isEnd = false

    /// Where reading of its log stands behind it, when the source keeps that.
    var standing: LogRecord?
    /// What is read.
    var cut = Cut.nothing
    /// The input it is from; nil when it is from none, and time has passed without any.
    var input: UnitInput?
    /// What reading it saw.
    var reading = ReadReport()
    /// Records that wait for a reader which must see them in order.
    var handovers: [Handover] = []

    /// The most bytes a buffer keeps from one use to the next: a rare giant record must not be held on to.
    static let keptCapacity = 8 << 20

    /// Makes an empty unit.
    public init() {}

    /// About how many bytes of input it holds.
    public var size: Int { isEnd ? 0 : batch.bytes.count + cut.ownSize }

    /// What the input holds; nil when it could not be opened.
    public var format: Format? { input?.content?.format }

    /// Forgets the records; buffers of usual size are kept.
    mutating func reset() {
        if batch.bytes.capacity > Self.keptCapacity { batch.bytes = [] }
        if batch.slots.capacity > Self.keptCapacity / MemoryLayout<Slot>.stride { batch.slots = [] }
        batch.removeAll()
        if case .records = cut { cut = .records(cut.takeRecords()) }
        report = ReadReport()
        reading = ReadReport()
        handovers.removeAll(keepingCapacity: true)
        isEnd = false
        arrived = .unknown
        input = nil
        standing = nil
    }

    /// Finishes the events: has the input's readers read, in order, what they must see in order, and tells them how much
    /// time has passed.
    ///
    /// Call for the units of a run one after the other, in the order they were filled, each exactly once.
    public mutating func settle() {
        batch.arrived = arrived
        input?.settle(&self)
        report.merge(reading)
        report.records += UInt64(cut.recordCount)
        report.events = UInt64(batch.events.count)
    }
}
