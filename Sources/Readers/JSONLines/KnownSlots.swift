// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Which slot of the event being made holds each known field: its first value.
///
/// PERF: an object over plain memory, so that asking it counts no references and copies nothing.
/// SAFETY: both blocks have a place for every known field, and a field is noted as touched once.
@safe final class KnownSlots {
    private let indices = RawBlock<Int32>(repeating: -1, count: KnownField.count)
    private let touched = RawBlock<UInt16>(repeating: 0, count: KnownField.count)
    private var touchedCount = 0

    /// Forgets the last event.
    func reset() {
        for index in 0..<touchedCount { unsafe indices.pointer[Int(touched.pointer[index])] = -1 }
        touchedCount = 0
    }

    /// Whether a known field is there.
    func has(_ field: KnownField) -> Bool { index(field) >= 0 }

    /// Position of a known field's slot; -1 without one.
    func index(_ field: KnownField) -> Int { unsafe Int(indices.pointer[Int(field.rawValue)]) }

    func slot(_ field: KnownField, in batch: EventBatch) -> Slot? {
        let index = index(field)
        return index >= 0 && index < batch.slots.count ? batch.slots[index] : nil
    }

    /// The slot of a known field that has text.
    func text(_ field: KnownField, in batch: EventBatch) -> Slot? {
        slot(field, in: batch).flatMap { $0.kind == .string ? $0 : nil }
    }

    /// The bytes of a known field; empty without one.
    func range(_ field: KnownField, in batch: EventBatch) -> Range<Int> {
        slot(field, in: batch)?.range ?? 0..<0
    }

    func integer(_ field: KnownField, in batch: EventBatch) -> Int64? { batch.wholeNumber(range(field, in: batch)) }

    /// Notes a slot as a known field's.
    ///
    /// The first one counts; an object only until a value of the same name comes (`EventID: {"#text": 1}`).
    func note(_ field: KnownField, at slot: Int, in slots: [Slot]) {
        let known = index(field)
        if known >= 0 {
            guard known < slots.count, slots[known].kind == .container, slots[slot].kind != .container else { return }
            unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
            return
        }
        unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
        unsafe touched.pointer[touchedCount] = field.rawValue
        touchedCount += 1
    }

    /// The same for a slot that is not in a batch yet: position `slot` will be its own, `first` that of the first of
    /// `made`, the event's slots.
    @inline(__always)
    @unsafe func note(_ field: KnownField, at slot: Int, first: Int, made: UnsafePointer<Slot>) {
        let known = index(field)
        if known >= 0 {
            guard known >= first, unsafe made[known &- first].kind == .container,
                unsafe made[slot &- first].kind != .container
            else { return }
            unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
            return
        }
        unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
        unsafe touched.pointer[touchedCount] = field.rawValue
        touchedCount += 1
    }

    /// Notes a slot as a known field's, unless another is; for readers whose slots are never objects.
    @inline(__always)
    func noteFirst(_ field: KnownField, at slot: Int) {
        guard index(field) < 0 else { return }
        unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
        unsafe touched.pointer[touchedCount] = field.rawValue
        touchedCount += 1
    }

    /// Looks again for the fields whose slots since `first` were dropped.
    func renote(from first: Int, in batch: EventBatch, _ traits: inout FieldTraitsTable) {
        for place in 0..<touchedCount {
            let field = unsafe KnownField(rawValue: touched.pointer[place])
            let known = index(field)
            guard known >= first, known < batch.slots.count, batch.slots[known].field == .overflow else { continue }
            for slot in first..<batch.slots.count where traits[batch.slots[slot].field].knownField == field {
                unsafe indices.pointer[Int(field.rawValue)] = Int32(truncatingIfNeeded: slot)
                break
            }
        }
    }

    /// The time in the first of a few fields that holds one.
    func time(_ fields: [KnownField], in batch: EventBatch) -> Timestamp {
        for field in fields {
            guard let slot = slot(field, in: batch), slot.kind != .container, slot.kind != .null,
                let found = JSONTime.parse(batch.bytes.span.extracting(slot.range))
            else { continue }
            return found
        }
        return .unknown
    }
}
