// SPDX-License-Identifier: Apache-2.0
import Events

/// The events that firings would show, each kept once however many groups refer to it.
///
/// An event is kept as long as a group refers to it. Beyond a bound in bytes the oldest are given up: groups then refer
/// to nothing, and what they fire shows fewer events.
struct EvidenceStore {
    /// Number of an event; `nothing` refers to none.
    typealias Number = UInt32

    static let nothing = Number.max

    private struct Item {
        var event: MemberEvent?
        var time: Int64
        var sequence: UInt64
        var references: Int
        var bytes: Int
    }

    private var items: [Item] = []
    private var free: [Number] = []
    private var sequence: UInt64 = 0
    private let mostBytes: Int
    private(set) var bytes = 0
    /// How many events were given up for want of room.
    private(set) var forgotten: UInt64 = 0

    init(mostBytes: Int) { self.mostBytes = mostBytes }

    /// Roughly how much memory a copied event takes.
    static func size(_ event: EventBatch) -> Int { event.bytes.count + event.slots.count * 16 + 192 }

    /// Keeps an event that was seen at a time; the caller holds a reference.
    mutating func insert(_ event: MemberEvent, at time: Int64) -> Number {
        let size = Self.size(event.event)
        sequence += 1
        bytes += size
        if bytes > mostBytes { forgetOldest() }
        if let number = free.popLast() {
            items[Int(number)].event = event
            items[Int(number)].time = time
            items[Int(number)].sequence = sequence
            items[Int(number)].references = 1
            items[Int(number)].bytes = size
            return number
        }
        items.append(Item(event: event, time: time, sequence: sequence, references: 1, bytes: size))
        return Number(truncatingIfNeeded: items.count - 1)
    }

    mutating func retain(_ number: Number) { items[Int(number)].references += 1 }

    mutating func release(_ number: Number) {
        guard number != Self.nothing else { return }
        items[Int(number)].references -= 1
        guard items[Int(number)].references == 0 else { return }
        bytes -= items[Int(number)].bytes
        items[Int(number)].bytes = 0
        items[Int(number)].event = nil
        free.append(number)
    }

    /// The event of a number if it is still kept and was seen after `oldest`.
    func event(_ number: Number, after oldest: Int64) -> MemberEvent? {
        guard number != Self.nothing, items[Int(number)].time > oldest else { return nil }
        return items[Int(number)].event
    }

    /// Gives up the oldest events until half of the room is free.
    private mutating func forgetOldest() {
        let kept = items.indices.filter { items[$0].bytes > 0 }.sorted { items[$0].sequence < items[$1].sequence }
        for index in kept {
            guard bytes > mostBytes / 2 else { break }
            bytes -= items[index].bytes
            items[index].bytes = 0
            items[index].event = nil
            forgotten += 1
        }
    }
}
