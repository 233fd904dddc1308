// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Which values the matched fields of an open alert's events had.
///
/// A repeat costs one pass over its slots and some comparisons of hashes; only a value not seen before makes a text.
struct DifferingValues: Sendable {
    /// One value of a field.
    private struct Value {
        var hash: UInt64
        var count: Int
        /// Nil where the event does not have the field, and for what the alert's first event still shows.
        var text: String?
        var isInFirstEvent = false
    }

    /// One field that matched.
    private struct Field {
        /// Nil for the entity.
        var id: FieldID?
        var values: [Value] = []
        var more = 0

        /// Counts a value; false when it is new and there is room to keep it.
        mutating func count(_ hash: UInt64) -> Bool {
            for index in values.indices where values[index].hash == hash {
                values[index].count += 1
                return true
            }
            guard values.count == DifferingField.mostValues else { return false }
            more += 1
            return true
        }
    }

    /// What an event brought.
    enum News: Comparable {
        /// Nothing.
        case none
        /// Values not seen before, of which texts are kept now.
        case values
        /// A combination of values not seen before.
        case combination
    }

    /// What an event has of each field.
    private typealias Hashes = InlineArray<8, UInt64>

    /// How many combinations of values are remembered; more than there are events to show them.
    private static let mostCombinations = 16
    /// Stands for a field the event does not have.
    private static let absent: UInt64 = 0

    private var fields: [Field]
    private var combinations: [UInt64] = []

    /// Looks at the fields that matched: those of the reasons, in their order.
    init(_ reasons: [FieldID?], withEntity: Bool) {
        fields = withEntity ? [Field(id: nil)] : []
        for case let id? in reasons where fields.count < DifferingField.most && !fields.contains(where: { $0.id == id })
        {
            fields.append(Field(id: id))
        }
    }

    /// Whether an entity can be counted without its name being made: it is known, or there is no room for it.
    func knows(_ entity: EntityKey) -> Bool {
        guard let first = fields.first, first.id == nil else { return true }
        return first.values.count == DifferingField.mostValues || first.values.contains { $0.hash == entity.hash }
    }

    /// Counts the entity of a finding; `name` is only asked for one not seen before.
    mutating func count(_ entity: EntityKey, name: @autoclosure () -> String) {
        guard let first = fields.first, first.id == nil, !fields[0].count(entity.hash) else { return }
        fields[0].values.append(Value(hash: entity.hash, count: 1, text: name()))
    }

    /// Counts the values of an event.
    mutating func count(_ event: Int, in batch: EventBatch, _ secret: Secret) -> News {
        guard hasFields else { return .none }
        var news = News.none
        var hashes = Hashes(repeating: Self.absent)
        batch.forEachSlot(of: event) { slot in
            guard slot.kind != .container else { return }
            for index in fields.indices where fields[index].id == slot.field {
                hashes[index] = Self.join(hashes[index], secret.hash(batch.bytes.span.extracting(slot.range), after: 0))
            }
        }
        for index in fields.indices {
            guard let id = fields[index].id, !fields[index].count(hashes[index]) else { continue }
            fields[index].values.append(
                Value(hash: hashes[index], count: 1, text: Self.text(of: id, of: event, in: batch)))
            news = .values
        }
        return isNew(hashes) ? .combination : news
    }

    /// The same for a packed event; of the alert's first event the texts stay where they are.
    mutating func count(_ event: PackedEvent, _ secret: Secret, isFirst: Bool = false) -> News {
        guard hasFields else { return .none }
        var news = News.none
        var hashes = Hashes(repeating: Self.absent)
        var reader = PackedEventReader(event.bytes)
        while let value = reader.next(), let field = value.field {
            for index in fields.indices where fields[index].id == field {
                let hash =
                    value.missing > 0 ? value.hash : secret.hash(event.bytes.span.extracting(value.range), after: 0)
                hashes[index] = Self.join(hashes[index], hash)
            }
        }
        for index in fields.indices {
            guard let id = fields[index].id, !fields[index].count(hashes[index]) else { continue }
            fields[index].values.append(
                Value(
                    hash: hashes[index], count: 1, text: isFirst ? nil : Self.text(of: id, in: event),
                    isInFirstEvent: isFirst))
            news = .values
        }
        return isNew(hashes) ? .combination : news
    }

    /// The fields whose values differ.
    func differing(first: PackedEvent?, names: Vocabulary) -> [DifferingField] {
        fields.compactMap { field in
            guard field.values.count > 1 || field.more > 0 else { return nil }
            let values = field.values.map { value in
                let isInFirst = value.isInFirstEvent
                let text =
                    if isInFirst, let id = field.id, let first { Self.text(of: id, in: first) } else { value.text }
                return DifferingField.Value(value: text, count: value.count)
            }
            return DifferingField(
                field: field.id.map { names.name(of: $0) } ?? DifferingField.entity, values: values, more: field.more)
        }
    }

    /// About how many bytes of memory it holds.
    var footprint: Int {
        fields.reduce(combinations.count * 8 + 64) { sum, field in
            field.values.reduce(sum + 64) { $0 + 40 + ($1.text.map { $0.utf8.count + 32 } ?? 0) }
        }
    }

    private var hasFields: Bool { fields.last?.id != nil }

    private mutating func isNew(_ hashes: Hashes) -> Bool {
        var combination: UInt64 = 1
        for index in fields.indices { combination = Self.join(combination, hashes[index]) }
        guard !combinations.contains(combination), combinations.count < Self.mostCombinations else { return false }
        combinations.append(combination)
        return true
    }

    /// Never `absent` but by chance.
    private static func join(_ before: UInt64, _ hash: UInt64) -> UInt64 {
        WideBytes.fold(before ^ 0xE703_7ED1_A0B4_28DB, hash ^ 0x8EBC_6AF0_9C88_C6E3)
    }

    private static func text(of field: FieldID, of event: Int, in batch: EventBatch) -> String? {
        var text: String?
        batch.forEachSlot(of: event) { slot in
            guard slot.field == field, slot.kind != .container else { return }
            add(batch.bytes.span.extracting(slot.range), missing: 0, to: &text)
        }
        return text
    }

    private static func text(of field: FieldID, in event: PackedEvent) -> String? {
        var text: String?
        var reader = PackedEventReader(event.bytes)
        while let value = reader.next(), let found = value.field {
            guard found == field else { continue }
            add(event.bytes.span.extracting(value.range), missing: value.missing, to: &text)
        }
        return text
    }

    /// Adds one more value of a field, as far as there is room.
    private static func add(_ value: Span<UInt8>, missing: Int, to text: inout String?) {
        let room = DifferingField.longestValue - (text?.utf8.count ?? 0)
        guard room > 0 else { return }
        let end = Bounded.end(value, limit: room)
        let cut = value.count - end + missing
        let own = String(decoding: value.extracting(0..<end)) + (cut > 0 ? Bounded.mark(cut) : "")
        text = text.map { $0 + ", " + own } ?? own
    }

    /// Writes what is known of each field.
    func save(to writer: inout StateWriter) {
        writer.write(fields) { writer, field in
            writer.write(field.id) { $0.write($1) }
            writer.write(field.values) { writer, value in
                writer.write(fixed: value.hash)
                writer.write(value.count)
                writer.write(value.text) { $0.write($1) }
                writer.write(value.isInFirstEvent)
            }
            writer.write(field.more)
        }
        writer.write(combinations) { $0.write(fixed: $1) }
    }

    /// Reads what was written.
    init(from reader: inout StateReader) throws(StateError) {
        fields = try reader.readList(size: 3) { reader throws(StateError) in
            Field(
                id: try reader.readOptional { reader throws(StateError) in try reader.readField() },
                values: try reader.readList(size: 8) { reader throws(StateError) in
                    Value(
                        hash: try reader.readFixed(), count: try reader.readInt(),
                        text: try reader.readOptional { reader throws(StateError) in try reader.readString() },
                        isInFirstEvent: try reader.readBool())
                }, more: try reader.readInt())
        }
        combinations = try reader.readList(size: 8) { reader throws(StateError) in try reader.readFixed() }
        guard fields.count <= DifferingField.most, fields.dropFirst().allSatisfy({ $0.id != nil }) else { throw .torn }
    }
}
