// SPDX-License-Identifier: Apache-2.0
import Events

/// The slots a batch's audit records give, in memory that is kept from one batch to the next.
///
/// PERF: an array in its place costs a call and a check for sharing a value. A copy of its owner shares the memory.
/// SAFETY: the memory belongs to this object alone, is grown before it is written, and callers stay below `count`.
@safe final class AuditSlots {
    private var memory: UnsafeMutablePointer<Slot>
    private var capacity = 1024
    /// How many slots there are.
    private(set) var count = 0
    /// How many slots the batch has before these.
    private(set) var base = 0

    init() { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    /// Forgets all; the next slot will be the batch's at `base`.
    func start(at base: Int) {
        count = 0
        self.base = base
    }

    /// Takes back what was added from a place on.
    func truncate(to count: Int) { self.count = count }

    /// A slot.
    @inline(__always)
    subscript(index: Int) -> Slot {
        get {
            // SAFETY: see the type.
            unsafe memory[index]
        }
        set {
            // SAFETY: see the type.
            unsafe memory[index] = newValue
        }
    }

    /// Adds a slot.
    @inline(__always)
    func append(_ slot: Slot) {
        if count == capacity { grow() }
        // SAFETY: there is room for one more.
        unsafe (memory + count).initialize(to: slot)
        count &+= 1
    }

    /// Adds a slot over a range of the batch's bytes, which are fewer than 4 GiB.
    @inline(__always)
    func append(_ field: FieldID, _ range: Range<Int>, _ kind: ValueKind) {
        append(
            Slot(
                field: field, offset: UInt32(truncatingIfNeeded: range.lowerBound),
                length: UInt32(truncatingIfNeeded: range.count), kind: kind))
    }

    /// Where the next slot goes, with room for as many as wished for; `advance` takes them in.
    @unsafe @inline(__always)
    func room(_ more: Int) -> UnsafeMutablePointer<Slot> {
        while count &+ more > capacity { grow() }
        return unsafe memory + count
    }

    /// Takes in slots written where `room` said.
    @inline(__always)
    func advance(by more: Int) { count &+= more }

    private func grow() {
        let larger = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: memory, count: count)
        unsafe memory.deallocate()
        unsafe memory = larger
        capacity *= 2
    }

    /// Copies all of them behind those the batch has.
    func flush(into batch: inout EventBatch) {
        // SAFETY: as many slots were initialised.
        unsafe batch.slots.append(contentsOf: UnsafeBufferPointer(start: memory, count: count))
    }
}
