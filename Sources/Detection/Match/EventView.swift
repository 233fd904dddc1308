// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// One event of a batch, to be read without counting references or checking bounds.
///
/// SAFETY: valid only inside `EventBatch.withMemory`; slots and their ranges lie in the batch, as its builder saw to.
@safe struct EventView {
    private let bytes: UnsafePointer<UInt8>
    private let byteCount: Int
    private let slots: UnsafePointer<Slot>
    /// The event's own slots.
    let own: Range<Int>
    /// Those enrichment added.
    let added: Range<Int>

    @unsafe init(memory: BatchMemory, own: Range<Int>, added: Range<Int>) {
        unsafe bytes = memory.bytes
        byteCount = memory.byteCount
        unsafe slots = memory.slots
        self.own = own
        self.added = added
    }

    /// A slot of the event.
    @inline(__always)
    func slot(_ index: Int) -> Slot {
        // SAFETY: callers stay within `own` and `added`.
        unsafe slots[index]
    }

    /// Calls `body` with the value of a slot.
    @inline(__always)
    func withValue<Result>(of slot: Slot, _ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: see the type.
        body(unsafe Span(_unsafeStart: bytes + Int(slot.offset), count: Int(slot.length)))
    }

    /// From where on some substring of an index may stand in the value of a slot; -1 when none does.
    @inline(__always)
    func firstSubstring(of literals: LiteralIndex, in slot: Slot) -> Int {
        // SAFETY: see the type; the batch's bytes end `byteCount` behind their start.
        unsafe literals.firstSubstring(
            bytes + Int(slot.offset), Int(slot.length), readable: byteCount &- Int(slot.offset))
    }

    /// Whether a keyword may stand in the value of a slot, which is not empty; false is certain.
    @inline(__always)
    @unsafe func mayHoldKeyword(_ slot: Slot, _ pages: UnsafeMutablePointer<KeywordPages>) -> Bool {
        // SAFETY: see the type; the pages were started for this batch.
        unsafe pages.pointee.mayHold(slot.offset, slot.length, bytes, byteCount)
    }

    /// The first slot of a field that `holds`, among those in `range`.
    ///
    /// Nil stands for every field.
    @inline(__always)
    func firstSlot(_ field: FieldID?, in range: Range<Int>, _ holds: (Slot) -> Bool) -> Slot? {
        for part in (0..<2).lazy.map({ $0 == 0 ? own : added }) {
            var index = max(part.lowerBound, range.lowerBound)
            let end = min(part.upperBound, range.upperBound)
            while index < end {
                let slot = slot(index)
                if field == nil || slot.field == field, holds(slot) { return slot }
                index &+= 1
            }
        }
        return nil
    }
}

/// Where the memory of a batch lies.
///
/// SAFETY: valid only inside `EventBatch.withMemory`; reading through it is what is unsafe.
@safe struct BatchMemory {
    let bytes: UnsafePointer<UInt8>
    let byteCount: Int
    let slots: UnsafePointer<Slot>
}

extension EventBatch {
    /// Calls `body` with the memory of the batch, for views on its events.
    @inline(__always)
    func withMemory<Result>(_ body: (BatchMemory) -> Result) -> Result {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe slots.withUnsafeBufferPointer { slots in
                // SAFETY: without an element nothing is ever read; any aligned pointer will do.
                let noByte = unsafe UnsafePointer<UInt8>(bitPattern: 16).unsafelyUnwrapped
                let noSlot = unsafe UnsafePointer<Slot>(bitPattern: 16).unsafelyUnwrapped
                return unsafe body(
                    BatchMemory(
                        bytes: bytes.baseAddress ?? noByte, byteCount: bytes.count, slots: slots.baseAddress ?? noSlot))
            }
        }
    }
}
