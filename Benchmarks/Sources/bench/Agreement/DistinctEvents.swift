// SPDX-License-Identifier: Apache-2.0
import Detection
import Events

/// The different events of some inputs, each with what the engine made of it.
///
/// Events with the same log source and the same fields are the same to every rule, so the plain evaluator, which takes its
/// time, needs to see only one of them; the engine sees all, and must judge all alike.
struct DistinctEvents {
    /// One event and those equal to it.
    struct Entry: Sendable {
        /// The event alone, whole.
        let event: EventBatch
        /// Where the first of them was read.
        let place: String
        /// The rules that matched, sorted.
        let rules: [Int]
    }

    /// Two equal events that the engine judged differently.
    struct Contradiction {
        let entry: Int
        let place: String
        let rules: [Int]
    }

    private(set) var entries: [Entry] = []
    /// How many events there were.
    private(set) var count = 0
    private(set) var contradictions: [Contradiction] = []
    private var numbers: [[UInt8]: Int] = [:]

    /// Takes the events of a batch and the engine's matches, sorted.
    mutating func add(_ batch: EventBatch, _ matches: [Match]) {
        var next = 0
        for event in batch.events.indices {
            var rules: [Int] = []
            while next < matches.count, matches[next].event == event {
                rules.append(matches[next].rule)
                next += 1
            }
            add(event, of: batch, rules)
        }
    }

    private mutating func add(_ event: Int, of batch: EventBatch, _ rules: [Int]) {
        count += 1
        let place = "\(batch.path):\(batch.events[event].position)"
        let content = Self.content(event, of: batch)
        guard let known = numbers[content] else {
            numbers[content] = entries.count
            entries.append(Entry(event: batch.copy(of: event, longestValue: .max), place: place, rules: rules))
            return
        }
        if entries[known].rules != rules {
            contradictions.append(Contradiction(entry: known, place: place, rules: rules))
        }
    }

    /// Everything of an event that a rule can see, as bytes.
    private static func content(_ event: Int, of batch: EventBatch) -> [UInt8] {
        var content: [UInt8] = []
        func add(_ number: UInt32) { withUnsafeBytes(of: number) { content.append(contentsOf: $0) } }
        add(UInt32(batch.events[event].source.rawValue))
        batch.forEachSlot(of: event) { slot in
            add(slot.field.rawValue)
            add(slot.length)
            content.append(slot.kind.rawValue)
            content.append(contentsOf: batch.bytes[slot.range])
        }
        return content
    }
}
