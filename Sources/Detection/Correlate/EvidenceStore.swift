// SPDX-License-Identifier: Apache-2.0
import Events

/// The events that firings would show, each kept once however many groups refer to it.
///
/// An event is kept as long as a group refers to it. Beyond a bound in bytes the oldest are given up: groups then refer
/// to nothing, and what they fire shows fewer events.
struct EvidenceStore {
    /// Which event: the place it is kept in and how many that place held before; `nothing` refers to none.
    struct Number: BitwiseCopyable, Equatable {
        var place: UInt32
        var generation: UInt32
    }

    static let nothing = Number(place: .max, generation: 0)

    struct Item {
        var event: MemberEvent?
        var time: Int64
        var sequence: UInt64
        var references: Int
        var bytes: Int
        var generation: UInt32 = 0
    }

    private(set) var items: [Item] = []
    private var free: [UInt32] = []
    private var sequence: UInt64 = 0
    private let mostBytes: Int
    private(set) var bytes = 0
    /// How many events were given up for want of room.
    var forgotten: UInt64 = 0

    init(mostBytes: Int) { self.mostBytes = mostBytes }

    /// Roughly how much memory a copied event takes.
    static func size(_ event: EventBatch) -> Int { event.bytes.count + event.slots.count * 16 + 256 }

    /// Keeps an event that was seen at a time; the caller holds a reference.
    mutating func insert(_ event: MemberEvent, at time: Int64) -> Number {
        let size = Self.size(event.event)
        sequence += 1
        bytes += size
        if bytes > mostBytes { forgetOldest() }
        guard let place = free.popLast() else {
            items.append(Item(event: event, time: time, sequence: sequence, references: 1, bytes: size))
            return Number(place: UInt32(truncatingIfNeeded: items.count - 1), generation: 0)
        }
        let index = Int(place)
        items[index].event = event
        items[index].time = time
        items[index].sequence = sequence
        items[index].references = 1
        items[index].bytes = size
        return Number(place: place, generation: items[index].generation)
    }

    mutating func retain(_ number: Number) {
        if isKept(number) { items[Int(number.place)].references += 1 }
    }

    mutating func release(_ number: Number) {
        guard isKept(number) else { return }
        items[Int(number.place)].references -= 1
        if items[Int(number.place)].references == 0 { drop(Int(number.place)) }
    }

    /// The event of a number if it is still kept and was seen after `oldest`.
    func event(_ number: Number, after oldest: Int64) -> MemberEvent? {
        guard isKept(number), items[Int(number.place)].time > oldest else { return nil }
        return items[Int(number.place)].event
    }

    func isKept(_ number: Number) -> Bool {
        number != Self.nothing && items[Int(number.place)].generation == number.generation
    }

    private mutating func drop(_ index: Int) {
        bytes -= items[index].bytes
        items[index].bytes = 0
        items[index].event = nil
        items[index].generation &+= 1
        free.append(UInt32(truncatingIfNeeded: index))
    }

    /// Gives up the oldest events until half of the room is free.
    private mutating func forgetOldest() {
        let kept = items.indices.filter { items[$0].event != nil }.sorted { items[$0].sequence < items[$1].sequence }
        for index in kept {
            guard bytes > mostBytes / 2 else { break }
            drop(index)
            forgotten += 1
        }
    }
}
