// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Writes the bytes of a `PackedEvent`, and holds its bounds.
struct EventPacker {
    private typealias Limits = EventSnapshot.Limits

    /// What a packed value is; the record is a `string` without a field.
    enum Kind: UInt8 { case string, integer, float, yes, no, null }

    private(set) var bytes: [UInt8] = []
    private(set) var isTruncated = false
    private let secret: Secret
    /// Events have a few dozen fields, which are looked through faster than hashed.
    private var known: [FieldID] = []
    private var budget = Limits.values

    init(capacity: Int, secret: Secret) {
        self.secret = secret
        bytes.reserveCapacity(capacity)
    }

    /// Adds a value as it stands in a batch.
    mutating func add(_ slot: Slot, of batch: EventBatch) {
        guard slot.kind != .container else { return }
        add(batch.bytes.span.extracting(slot.range), slot.kind, of: slot.field)
    }

    /// Adds a value of a snapshot.
    mutating func add(_ value: JSONValue, of field: FieldID) {
        switch value {
        case .null: add(Span(), .null, of: field)
        case .boolean(let flag): add(Array((flag ? "true" : "false").utf8).span, .boolean, of: field)
        case .integer(let number): add(Array(String(number).utf8).span, .integer, of: field)
        case .number(let number): add(Array(number.description.utf8).span, .float, of: field)
        case .string(let text): add(Array(text.utf8).span, .string, of: field)
        case .array, .object: break
        }
    }

    private mutating func add(_ value: Span<UInt8>, _ kind: ValueKind, of field: FieldID) {
        let limit = min(Limits.value, budget)
        let isKnown = known.contains(field)
        guard limit > 0, isKnown || known.count < Limits.fields else {
            isTruncated = true
            return
        }
        if value.count > limit { isTruncated = true }
        budget -= min(value.count, limit)
        // Values without bytes cost nothing of the byte budget, so each further value also costs one.
        if isKnown { budget -= 1 } else { known.append(field) }
        // 0 stands before the record.
        write(UInt64(field.rawValue) + 1)
        let packed = Self.kind(value, kind)
        write(value, packed, limit: packed == .string ? limit : value.count)
    }

    /// Adds a value, or without a field the record, as it was packed once.
    mutating func add(_ kept: Span<UInt8>, _ kind: Kind, of field: FieldID?, missing: Int, hash: UInt64) {
        write(field.map { UInt64($0.rawValue) + 1 } ?? 0)
        bytes.append(kind.rawValue)
        write(UInt64(kept.count))
        write(UInt64(missing))
        if missing > 0 { write(fixed: hash) }
        bytes.append(contentsOf: kept)
    }

    /// Adds the record, which ends the event.
    mutating func finish(record: Span<UInt8>) {
        if record.count > Limits.record { isTruncated = true }
        write(0)
        write(record, .string, limit: Limits.record)
    }

    /// Numbers that JSON readers would round stay text.
    private static func kind(_ value: Span<UInt8>, _ kind: ValueKind) -> Kind {
        switch kind {
        case .null: .null
        case .boolean: equalBytes(value, "true") ? .yes : .no
        case .integer: decimal(value) == nil ? .string : .integer
        case .float:
            value.count <= 32 && Double(String(decoding: value))?.isFinite ?? false ? .float : .string
        case .string, .container: .string
        }
    }

    private mutating func write(_ value: Span<UInt8>, _ kind: Kind, limit: Int) {
        let kept = Bounded.end(value, limit: limit)
        bytes.append(kind.rawValue)
        write(UInt64(kept))
        write(UInt64(value.count - kept))
        if kept < value.count { write(fixed: secret.hash(value, after: 0)) }
        bytes.append(contentsOf: value.extracting(0..<kept))
    }

    private mutating func write(fixed number: UInt64) {
        for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads the bytes of a `PackedEvent`; ends early at bytes that no `EventPacker` wrote.
struct PackedEventReader {
    /// One value, or the record.
    struct Value {
        /// Nil for the record.
        var field: FieldID?
        var kind: EventPacker.Kind
        /// Where its bytes are.
        var range: Range<Int>
        /// How many bytes were cut off.
        var missing: Int
        /// The hash of the whole where some are missing.
        var hash: UInt64
    }

    let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next value; the record is the last.
    mutating func next() -> Value? {
        guard let number = readNumber(), at < bytes.count, let kind = EventPacker.Kind(rawValue: bytes[at]) else {
            return nil
        }
        at += 1
        guard let kept = readCount(), let missing = readCount() else { return nil }
        var hash: UInt64 = 0
        if missing > 0 {
            guard bytes.count - at >= 8 else { return nil }
            for index in 0..<8 { hash |= UInt64(bytes[at + index]) << UInt64(8 * index) }
            at += 8
        }
        guard kept <= bytes.count - at else { return nil }
        defer { at += kept }
        return Value(
            field: number == 0 ? nil : FieldID(rawValue: UInt32(truncatingIfNeeded: number - 1)), kind: kind,
            range: at..<at + kept, missing: missing, hash: hash)
    }

    private mutating func readCount() -> Int? { readNumber().flatMap { Int(exactly: $0) } }

    private mutating func readNumber() -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }

    /// The bytes of a value that were kept, as text, with the mark of what is missing.
    func text(_ value: Value) -> String {
        let kept = String(decoding: bytes.span.extracting(value.range))
        return value.missing == 0 ? kept : kept + Bounded.mark(value.missing)
    }

    /// What an `EventSnapshot` shows of a value.
    func json(_ value: Value) -> JSONValue {
        switch value.kind {
        case .null: .null
        case .yes: .boolean(true)
        case .no: .boolean(false)
        case .integer: decimal(bytes.span.extracting(value.range)).map(JSONValue.integer) ?? .null
        case .float: Double(text(value)).map(JSONValue.number) ?? .null
        case .string: .string(text(value))
        }
    }
}
