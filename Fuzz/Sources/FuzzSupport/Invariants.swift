// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// What must hold of everything a reader gives, whatever it was given.
public enum Invariants {
    /// Checks one batch made of about `input` bytes.
    public static func check(_ batch: EventBatch, input: Int, _ vocabulary: Vocabulary) {
        bounded(batch.bytes.count, by: input, "bytes")
        bounded(batch.slots.count * MemoryLayout<Slot>.stride, by: input, "slots")
        bounded(batch.events.count * MemoryLayout<EventHeader>.stride, by: input, "events")
        let fields = vocabulary.fieldCount
        // An event that is completed late may stand before one whose slots were made earlier.
        var end = 0
        for slots in batch.events.map(\.slots).sorted(by: { $0.lowerBound < $1.lowerBound }) where !slots.isEmpty {
            require(slots.lowerBound >= end, "the events' slots overlap")
            end = slots.upperBound
        }
        for header in batch.events {
            require(header.slots.upperBound <= batch.slots.count, "an event's slots do not exist")
            require(header.added.upperBound <= batch.slots.count, "an event's added slots do not exist")
            require(header.record.upperBound <= batch.bytes.count, "an event's record lies outside the batch")
            require(Int(header.source.rawValue) < vocabulary.sourceCount, "an event's log source is unknown")
            for range in [header.slots, header.added] {
                for slot in batch.slots[range] { check(slot, batch, fields) }
            }
        }
    }

    private static func check(_ slot: Slot, _ batch: EventBatch, _ fields: Int) {
        require(slot.range.upperBound <= batch.bytes.count, "a value lies outside the batch")
        require(slot.field == .overflow || Int(slot.field.rawValue) < fields, "a field is unknown")
        let value = batch.bytes[slot.range]
        switch slot.kind {
        case .integer:
            let digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value
            require(!digits.isEmpty && digits.allSatisfy { $0 &- 0x30 < 10 }, "an integer is not written in digits")
        case .boolean:
            require(value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8), "a boolean is neither")
        case .container: require(value.isEmpty, "a container has a text of its own")
        case .string, .float, .null: break
        }
    }

    /// What is made of an input stays in proportion to it.
    public static func bounded(_ size: Int, by input: Int, _ what: String) {
        require(size <= 64 * input + (1 << 20), "\(size) bytes of \(what) were made of an input of \(input)")
    }

    /// Ends the program, with a reason, unless a condition holds.
    public static func require(
        _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #file, line: UInt = #line
    ) {
        if !condition { fatalError(message(), file: file, line: line) }
    }

    /// Ends the program unless two readings of the same input saw the same.
    public static func same(_ one: [SeenEvent], _ other: [SeenEvent], _ what: String) {
        if one == other { return }
        for (first, second) in zip(one, other) where first != second {
            fatalError("\(what) gives other events:\n\(first.text)\n\(second.text)")
        }
        fatalError("\(what) gives \(other.count) events instead of \(one.count)")
    }
}

extension SeenEvent {
    /// The event in a form for people.
    var text: String {
        let values = fields.map { "\($0.name)[\($0.kind)]=\(String(decoding: $0.value, as: UTF8.self))" }
        return
            "\(position) \(source)\(isDerived ? " derived" : "") \(time.nanoseconds) \(values.joined(separator: " "))"
            + "\n  \(String(decoding: record, as: UTF8.self))"
    }
}
