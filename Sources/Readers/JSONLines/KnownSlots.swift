// SPDX-License-Identifier: Apache-2.0
import Events

/// Which slot of the event being made holds each known field: its first value.
struct KnownSlots {
    private var indices: [Int]
    private var touched: [KnownField] = []

    init() { indices = Array(repeating: -1, count: KnownField.allCases.count) }

    /// Forgets the last event.
    mutating func reset() {
        for field in touched { indices[Int(field.rawValue)] = -1 }
        touched.removeAll(keepingCapacity: true)
    }

    /// Whether a known field is there.
    func has(_ field: KnownField) -> Bool { indices[Int(field.rawValue)] >= 0 }

    /// Position of a known field's slot; -1 without one.
    func index(_ field: KnownField) -> Int { indices[Int(field.rawValue)] }

    /// The slot of a known field.
    func slot(_ field: KnownField, in batch: EventBatch) -> Slot? {
        let index = indices[Int(field.rawValue)]
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

    /// A known field as a whole number.
    func integer(_ field: KnownField, in batch: EventBatch) -> Int64? { batch.wholeNumber(range(field, in: batch)) }

    /// Notes a slot as a known field's.
    ///
    /// The first one counts; an object only until a value of the same name comes (`EventID: {"#text": 1}`).
    mutating func note(_ field: KnownField, at slot: Int, in batch: EventBatch) {
        let index = Int(field.rawValue)
        if indices[index] >= 0 {
            guard indices[index] < batch.slots.count, batch.slots[indices[index]].kind == .container,
                batch.slots[slot].kind != .container
            else { return }
            indices[index] = slot
            return
        }
        indices[index] = slot
        touched.append(field)
    }

    /// Notes a slot as a known field's, unless another is; for readers whose slots are never objects.
    @inline(__always)
    mutating func noteFirst(_ field: KnownField, at slot: Int) {
        let index = Int(field.rawValue)
        guard indices[index] < 0 else { return }
        indices[index] = slot
        touched.append(field)
    }

    /// Looks again for the fields whose slots since `first` were dropped.
    mutating func renote(from first: Int, in batch: EventBatch, _ traits: inout FieldTraitsTable) {
        for field in touched {
            let index = Int(field.rawValue)
            guard indices[index] >= first, indices[index] < batch.slots.count,
                batch.slots[indices[index]].field == .overflow
            else { continue }
            for slot in first..<batch.slots.count where traits[batch.slots[slot].field].knownField == field {
                indices[index] = slot
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
