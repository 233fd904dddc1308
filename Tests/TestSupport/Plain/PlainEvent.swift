// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// One value of an event, with the forms comparison needs.
struct PlainValue {
    var kind: ValueKind
    var bytes: [UInt8]
    /// The value's characters as they stand.
    var characters: [PlainCharacter]
    /// The value's characters in lower case.
    var folded: [PlainCharacter]

    init(kind: ValueKind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
        characters = PlainText.characters(bytes)
        folded = PlainText.folded(characters)
    }

    /// Whether there is something to compare: not null and not a container.
    var isScalar: Bool { kind != .null && kind != .container }

    /// Whether the source had a number here.
    var isNumber: Bool { kind == .integer || kind == .float }
}

/// An event as a dictionary from field name to values.
struct PlainEvent {
    var source: LogSource
    var fields: [String: [PlainValue]] = [:]

    init(_ index: Int, of batch: EventBatch, vocabulary: Vocabulary) {
        source = vocabulary.source(of: batch.events[index].source)
        var found: [String: [PlainValue]] = [:]
        batch.forEachSlot(of: index) { slot in
            let value = PlainValue(kind: slot.kind, bytes: Array(batch.bytes[slot.range]))
            found[vocabulary.name(of: slot.field), default: []].append(value)
        }
        fields = found
    }

    /// The values of a field, or with no field all values of the event.
    func values(of field: String?) -> [PlainValue] {
        if let field { return fields[field] ?? [] }
        return fields.keys.sorted().flatMap { fields[$0] ?? [] }
    }
}
