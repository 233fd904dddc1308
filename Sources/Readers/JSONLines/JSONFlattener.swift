// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Turns a parsed document into slots: nested names are joined with dots, arrays give several slots of one field.
struct JSONFlattener {
    /// The most values of one record; the rest is counted in `omitted`.
    static let maximumSlots = 4096
    /// How deep values may be nested; the rest is counted in `omitted`.
    static let maximumDepth = 32
    /// The longest dotted name; a longer one shares `FieldID.overflow`, so names cannot fill memory.
    static let maximumName = 512

    private struct Frame {
        /// The name members hang below, or the name all elements of an array share.
        var field: FieldID
        var close: Int
        var isArray: Bool
        var nameLength: Int
        /// Inside the value of a key that itself has dots.
        var isDotted: Bool
    }

    /// Finds field ids by name.
    var cache: FieldCache
    /// What is known of fields.
    var traits: FieldTraitsTable
    /// Where the known fields are.
    private(set) var known = KnownSlots()
    /// The hint keys seen.
    private(set) var hints: UInt64 = 0
    /// Values left out because of a limit.
    private(set) var omitted = 0
    /// Values of which only a name was kept.
    private(set) var masked = 0
    private var frames: [Frame] = []
    private var dottedSlots: [Int] = []
    private var stamps: [UInt32] = []
    private var owners: [FieldID] = []
    private var stamp: UInt32 = 0

    init(_ vocabulary: Vocabulary) {
        cache = FieldCache(vocabulary)
        traits = FieldTraitsTable(vocabulary)
    }

    /// Forgets the last record.
    mutating func reset() {
        known.reset()
        hints = 0
        omitted = 0
        masked = 0
        dottedSlots.removeAll(keepingCapacity: true)
    }

    /// Whether a known field is there.
    func has(_ field: KnownField) -> Bool { known.has(field) }

    /// The slot of a known field.
    func slot(_ field: KnownField, in batch: EventBatch) -> Slot? { known.slot(field, in: batch) }

    /// The slot of a known field that has text.
    func text(_ field: KnownField, in batch: EventBatch) -> Slot? { known.text(field, in: batch) }

    /// Appends the slots of the object at `root`.
    ///
    /// The members of the object at `splice` are put at the top level. The values `mask` names, in the order of the
    /// document, are left out of their slots.
    mutating func flatten(
        _ tape: JSONTape, from root: Int, splice: Int = -1, masking mask: [Int] = [], into batch: inout EventBatch
    ) {
        var next = 0
        let first = batch.slots.count
        let limit = first + Self.maximumSlots
        frames.removeAll(keepingCapacity: true)
        frames.append(
            Frame(field: FieldCache.root, close: tape.end(root) - 1, isArray: false, nameLength: 0, isDotted: false))
        var at = root + 1
        while var frame = frames.last {
            if at >= frame.close {
                at = frame.close + 1
                frames.removeLast()
                continue
            }
            if !frame.isArray {
                let key = tape.string(at, in: batch.bytes)
                let length = frame.nameLength + key.count + 1
                if length > Self.maximumName {
                    frame.field = .overflow
                } else {
                    let span = batch.bytes.span.extracting(key)
                    if firstIndex(of: UInt8(ascii: "."), in: span) != nil { frame.isDotted = true }
                    frame.field = cache.field(span, in: frame.field)
                }
                frame.nameLength = length
                at += 1
            }
            let tag = tape.tag(at)
            let isContainer = tag == JSONTape.Tag.object || tag == JSONTape.Tag.array
            if batch.slots.count >= limit || (isContainer && frames.count >= Self.maximumDepth) {
                omitted += 1
                at = tape.end(at)
                continue
            }
            if frame.isDotted { dottedSlots.append(batch.slots.count) }
            while next < mask.count, mask[next] < at { next += 1 }
            append(tape, at, frame.field, isMasked: next < mask.count && mask[next] == at, into: &batch)
            if isContainer {
                let spliced = at == splice
                frames.append(
                    Frame(
                        field: spliced ? FieldCache.root : frame.field, close: tape.end(at) - 1,
                        isArray: tag == JSONTape.Tag.array, nameLength: spliced ? 0 : frame.nameLength,
                        isDotted: frame.isDotted && !spliced))
                at += 1
            } else {
                at = tape.end(at)
            }
        }
        if !dottedSlots.isEmpty { preferDotted(from: first, in: &batch) }
    }

    /// Appends the value at `at` under a field, and under the name rules know the field by.
    private mutating func append(
        _ tape: JSONTape, _ at: Int, _ field: FieldID, isMasked: Bool, into batch: inout EventBatch
    ) {
        var (range, kind) = Self.value(tape, at, into: &batch)
        if isMasked { (range, kind) = (range.lowerBound..<range.lowerBound, .null) }
        let traits = traits[field]
        if traits.isSecret, kind == .string {
            if let equals = firstIndex(of: UInt8(ascii: "="), in: batch.bytes.span.extracting(range)) {
                range = range.lowerBound..<range.lowerBound + equals + 1
            }
            masked += 1
        }
        if !traits.isReplaced { batch.append(field, range, kind: kind) }
        if traits.alias != FieldTraits.none { batch.append(traits.alias, range, kind: kind) }
        if let field = traits.knownField { note(field, in: batch) }
        if traits.hint != 0 { hints |= 1 << UInt64(traits.hint - 1) }
    }

    /// Notes the slot appended last, which a reader made itself, as a known field's.
    mutating func note(_ field: KnownField, in batch: EventBatch) {
        known.note(field, at: batch.slots.count - 1, in: batch)
    }

    /// The bytes and kind of the value at `at`; numbers are written behind the batch's bytes.
    static func value(_ tape: JSONTape, _ at: Int, into batch: inout EventBatch) -> (Range<Int>, ValueKind) {
        let start = batch.bytes.count
        switch tape.tag(at) {
        case JSONTape.Tag.string:
            return (tape.string(at, in: batch.bytes), .string)
        case JSONTape.Tag.integer:
            appendDecimal(Int64(bitPattern: tape.word(at + 1)), to: &batch.bytes)
            return (start..<batch.bytes.count, .integer)
        case JSONTape.Tag.unsigned:
            batch.bytes.append(contentsOf: String(tape.word(at + 1)).utf8)
            return (start..<batch.bytes.count, .integer)
        case JSONTape.Tag.double:
            batch.bytes.append(contentsOf: Double(bitPattern: tape.word(at + 1)).description.utf8)
            return (start..<batch.bytes.count, .float)
        case JSONTape.Tag.yes:
            batch.bytes.append(contentsOf: "true".utf8)
            return (start..<batch.bytes.count, .boolean)
        case JSONTape.Tag.no:
            batch.bytes.append(contentsOf: "false".utf8)
            return (start..<batch.bytes.count, .boolean)
        case JSONTape.Tag.null:
            return (start..<start, .null)
        default:
            return (start..<start, .container)
        }
    }

    /// Drops values of nested paths where a key with dots spells the same name (Sigma specification 2.1: the flat key
    /// wins).
    private mutating func preferDotted(from first: Int, in batch: inout EventBatch) {
        stamp &+= 1
        for slot in dottedSlots where slot < batch.slots.count {
            mark(batch.slots[slot].field, owner: FieldTraits.none)
        }
        var next = 0
        var dropped = false
        for slot in first..<batch.slots.count {
            if next < dottedSlots.count, dottedSlots[next] == slot {
                next += 1
                continue
            }
            let index = Int(batch.slots[slot].field.rawValue)
            // Dropped slots become nulls of no field instead of moving the others, whose places are known.
            if index < stamps.count, stamps[index] == stamp {
                batch.slots[slot] = Slot(field: .overflow, offset: 0, length: 0, kind: .null)
                dropped = true
            }
        }
        if dropped { known.renote(from: first, in: batch, &traits) }
    }

    /// Notes which fields a run of slots has, for `claim`.
    mutating func stampFields(from first: Int, to last: Int, in batch: EventBatch) {
        stamp &+= 1
        for slot in first..<last { mark(batch.slots[slot].field, owner: FieldTraits.none) }
    }

    /// Whether `source` may give values to `field`: nothing else has, since fields were stamped.
    mutating func claim(_ field: FieldID, for source: FieldID) -> Bool {
        let index = Int(field.rawValue)
        if index < stamps.count, stamps[index] == stamp { return owners[index] == source }
        mark(field, owner: source)
        return true
    }

    private mutating func mark(_ field: FieldID, owner: FieldID) {
        let index = Int(field.rawValue)
        // Everything interned lies below the capacity, or was in the catalogue.
        guard field != .overflow, index < max(cache.vocabulary.capacity, FieldCatalogue.names.count) else { return }
        if index >= stamps.count {
            let missing = index + 1 - stamps.count
            stamps.append(contentsOf: repeatElement(0, count: missing))
            owners.append(contentsOf: repeatElement(FieldTraits.none, count: missing))
        }
        stamps[index] = stamp
        owners[index] = owner
    }
}
