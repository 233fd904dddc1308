// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// A value of an event, written as a Swift literal.
public struct EventValue: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral
{
    /// A member: its kind and its bytes.
    public struct Member: Sendable, Hashable {
        /// What it was in its source.
        public var kind: ValueKind
        /// Its bytes.
        public var bytes: [UInt8]
    }

    /// One member, or as many as an array has.
    public var members: [Member]

    /// A value of any kind.
    public init(_ kind: ValueKind, _ bytes: [UInt8]) { members = [Member(kind: kind, bytes: bytes)] }
    /// Text.
    public init(text: String) { self.init(.string, Array(text.utf8)) }
    /// Text.
    public init(stringLiteral text: String) { self.init(text: text) }
    /// A whole number.
    public init(integerLiteral number: Int64) { self.init(.integer, Array("\(number)".utf8)) }
    /// Another number, in Swift's decimal form.
    public init(floatLiteral number: Double) { self.init(.float, Array("\(number)".utf8)) }
    /// true or false.
    public init(booleanLiteral flag: Bool) { self.init(.boolean, Array("\(flag)".utf8)) }
    /// null.
    public init(nilLiteral: ()) { self.init(.null, []) }
    /// An array, whose members are values of the same field.
    public init(arrayLiteral elements: EventValue...) { members = elements.flatMap(\.members) }
    /// Some members.
    public init(members: [Member]) { self.members = members }

    /// An object or array.
    public static let container = EventValue(.container, [])
    /// Bytes that need not be UTF-8.
    public static func bytes(_ bytes: [UInt8]) -> EventValue { EventValue(.string, bytes) }
}

/// An event to be put into a batch: a log source and fields, written as a dictionary literal.
public struct TestEvent: Sendable, ExpressibleByDictionaryLiteral, CustomStringConvertible {
    /// A field and its value.
    public struct Field: Sendable {
        /// The field's name.
        public var name: String
        /// Its value.
        public var value: EventValue
    }

    /// Where the event comes from.
    public var source: LogSource
    /// Its fields, in order; a field may stand twice.
    public var fields: [Field]
    /// Fields that enrichment added.
    public var added: [Field] = []

    /// Fields of an event of no log source.
    public init(dictionaryLiteral elements: (String, EventValue)...) {
        source = LogSource()
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// An event of a log source.
    public init(
        source: LogSource = LogSource(), _ fields: KeyValuePairs<String, EventValue>,
        added: KeyValuePairs<String, EventValue> = [:]
    ) {
        self.source = source
        self.fields = fields.map { Field(name: $0.key, value: $0.value) }
        self.added = added.map { Field(name: $0.key, value: $0.value) }
    }

    /// The fields, for failure messages.
    public var description: String {
        let texts = (fields + added).map { field in
            let members = field.value.members.map {
                "\($0.kind) \(String(decoding: $0.bytes, as: UTF8.self).debugDescription)"
            }
            return "\(field.name): \(members.joined(separator: ", "))"
        }
        return "[\(source)] {" + texts.joined(separator: "; ") + "}"
    }
}

/// A batch of events.
public func batch(_ events: [TestEvent], vocabulary: Vocabulary) -> EventBatch {
    var batch = EventBatch()
    for (index, event) in events.enumerated() {
        let first = batch.slots.count
        batch.append(event.fields, vocabulary)
        batch.commit(
            time: Timestamp(nanoseconds: Int64(index) * 1_000_000_000), source: vocabulary.source(event.source),
            slotsFrom: first, record: 0..<0, position: UInt64(index + 1))
        let added = batch.slots.count
        batch.append(event.added, vocabulary)
        batch.events[index].added = added..<batch.slots.count
    }
    return batch
}

/// A batch of one event: `event(source: LogSource(product: "linux"), ["Image": "/bin/sh"])`.
public func event(
    source: LogSource = LogSource(), _ fields: KeyValuePairs<String, EventValue>, vocabulary: Vocabulary
) -> EventBatch {
    batch([TestEvent(source: source, fields)], vocabulary: vocabulary)
}

extension EventBatch {
    fileprivate mutating func append(_ fields: [TestEvent.Field], _ vocabulary: Vocabulary) {
        for field in fields {
            for member in field.value.members {
                append(vocabulary.field(field.name), copying: member.bytes.span, kind: member.kind)
            }
        }
    }
}
