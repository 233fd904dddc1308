// SPDX-License-Identifier: Apache-2.0
import Events

/// Finds the parts of an entity in one pass over an event's slots.
struct EntityPartTable {
    /// The most parts there may be.
    static let most = 8

    /// What an event has of each part.
    struct Found {
        fileprivate var slots = InlineArray<8, Slot?>(repeating: nil)
        fileprivate var ranks = InlineArray<8, UInt8>(repeating: .max)
        /// Whether the event names a resource of Kubernetes, be it empty.
        fileprivate(set) var hasResource = false

        /// The value of the first of a part's fields that is not empty.
        subscript(part: Int) -> Slot? { slots[part] }
    }

    /// A field's part, its place among the part's fields, and its bit among all fields.
    private struct Use {
        var part: Int
        var rank: UInt8
        var bit: UInt64
    }

    private var uses: [Use] = []
    /// By the number of a catalogued field: its place among the uses plus one; 0 for all others.
    private var places: [UInt8] = []

    /// A table of some parts; no field may belong to two.
    init(_ parts: [EntitySelector.Part]) {
        precondition(parts.count <= Self.most, "there is room for eight parts")
        for (part, one) in parts.enumerated() {
            for (rank, field) in one.fields.enumerated() {
                let number = Int(field.rawValue)
                while places.count <= number { places.append(0) }
                precondition(places[number] == 0 && uses.count < 64, "a field belongs to one part")
                uses.append(Use(part: part, rank: UInt8(rank), bit: 1 << UInt64(uses.count)))
                places[number] = UInt8(uses.count)
            }
        }
    }

    /// The parts of an event; of a field that is there several times the first value counts.
    func find(_ event: Int, in batch: EventBatch) -> Found {
        var found = Found()
        var seen: UInt64 = 0
        batch.forEachSlot(of: event) { slot in
            if slot.field == .objectRefResource { found.hasResource = true }
            let number = Int(slot.field.rawValue)
            guard number < places.count, places[number] > 0 else { return }
            let use = uses[Int(places[number]) - 1]
            guard seen & use.bit == 0 else { return }
            seen |= use.bit
            guard slot.length > 0, use.rank < found.ranks[use.part] else { return }
            found.ranks[use.part] = use.rank
            found.slots[use.part] = slot
        }
        return found
    }
}
