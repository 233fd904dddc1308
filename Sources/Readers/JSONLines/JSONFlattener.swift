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

    /// An object or array that is being walked.
    private struct Frame {
        /// The key it is the value of, whose name members hang below and all elements of an array share.
        var entry: Int32
        /// The last key of the object.
        var previous = KeyTable.none
        var close: Int
        var isArray: Bool
        var nameLength: Int
        /// Inside the value of a key that itself has dots.
        var isDotted: Bool
    }

    /// What names of keys not met before are asked of.
    private let vocabulary: Vocabulary
    /// What is known of fields.
    var traits: FieldTraitsTable
    /// Where the known fields are.
    let known = KnownSlots()
    /// The hint keys seen.
    var hints: UInt64 = 0
    /// Values left out because of a limit.
    private(set) var omitted = 0
    /// Values of which only a name was kept.
    var masked = 0
    let keys = KeyTable()
    /// Where slots are made straight from a document's text.
    let scratch = JSONScratch()
    private var frames: [Frame] = []
    private var numbers: [UInt8] = []
    /// The slots of keys with dots and of what lies below such keys.
    var dottedSlots: [Int] = []
    private var stamps: [UInt32] = []
    private var owners: [FieldID] = []
    private var stamp: UInt32 = 0

    init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
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
        let first = batch.slots.count
        // PERF: the slots are taken out while the bytes are borrowed; numbers are written behind the bytes at the end.
        var slots = batch.slots
        batch.slots = []
        numbers.removeAll(keepingCapacity: true)
        let isDotted = walk(tape, root, splice, mask, batch.bytes.span, into: &slots)
        batch.bytes += numbers
        batch.slots = slots
        if isDotted { preferDotted(from: first, in: &batch) }
    }

    /// Appends the slots of an object; tells whether some key has dots.
    private mutating func walk(
        _ tape: JSONTape, _ root: Int, _ splice: Int, _ mask: [Int], _ bytes: Span<UInt8>, into slots: inout [Slot]
    ) -> Bool {
        let keys = keys
        let limit = slots.count + Self.maximumSlots
        var nextMask = 0
        var frame = Frame(
            entry: KeyTable.root, close: tape.end(root) - 1, isArray: false, nameLength: 0, isDotted: false)
        frames.removeAll(keepingCapacity: true)
        var at = root &+ 1
        while true {
            if at >= frame.close {
                at = frame.close &+ 1
                guard let outer = frames.popLast() else { break }
                frame = outer
                continue
            }
            var entry = frame.entry
            var nameLength = frame.nameLength
            var isDotted = frame.isDotted
            if !frame.isArray {
                let key = tape.string(at, in: bytes)
                nameLength = nameLength &+ key.count &+ 1
                entry =
                    nameLength > Self.maximumName ? KeyTable.none : self.entry(bytes.extracting(key), keys, in: &frame)
                if entry >= 0 {
                    isDotted = isDotted || keys.flags(entry).contains(.isDotted)
                } else if firstIndex(of: UInt8(ascii: "."), in: bytes.extracting(key)) != nil {
                    isDotted = true
                }
                at = at &+ 1
            }
            let word = tape.word(at)
            let tag = UInt8(truncatingIfNeeded: word &>> 56)
            let isContainer = tag == JSONTape.Tag.object || tag == JSONTape.Tag.array
            if slots.count >= limit || (isContainer && frames.count + 1 >= Self.maximumDepth) {
                omitted += 1
                at = tape.end(at)
                continue
            }
            if isDotted { dottedSlots.append(slots.count) }
            var slot = Slot(field: entry >= 0 ? keys.slotField(entry) : .overflow, offset: 0, length: 0, kind: .null)
            if tag == JSONTape.Tag.string {
                let range = tape.string(ofWord: word, in: bytes)
                slot.kind = .string
                slot.offset = UInt32(truncatingIfNeeded: range.lowerBound)
                slot.length = UInt32(truncatingIfNeeded: range.upperBound &- range.lowerBound)
            } else if isContainer {
                slot.kind = .container
            } else if tag != JSONTape.Tag.null {
                let start = numbers.count
                slot.kind = tape.appendScalar(at, to: &numbers)
                slot.offset = UInt32(truncatingIfNeeded: bytes.count &+ start)
                slot.length = UInt32(truncatingIfNeeded: numbers.count &- start)
            }
            if nextMask < mask.count { hide(&slot, at, mask, &nextMask) }
            if entry >= 0, keys.flags(entry).contains(.isSpecial) {
                append(slot, keys.entry(entry), bytes, to: &slots)
            } else {
                slots.append(slot)
            }
            if isContainer {
                frames.append(frame)
                let spliced = at == splice
                frame = Frame(
                    entry: spliced ? KeyTable.root : entry,
                    close: max(at + 1, Int(truncatingIfNeeded: word & 0xFFFF_FFFF)) - 1,
                    isArray: tag == JSONTape.Tag.array, nameLength: spliced ? 0 : nameLength,
                    isDotted: isDotted && !spliced)
                at = at &+ 1
            } else {
                at = tape.end(at)
            }
        }
        return !dottedSlots.isEmpty
    }

    /// Empties the slot of the value at `at` when `mask` names it.
    private func hide(_ slot: inout Slot, _ at: Int, _ mask: [Int], _ nextMask: inout Int) {
        while nextMask < mask.count, mask[nextMask] < at { nextMask += 1 }
        guard nextMask < mask.count, mask[nextMask] == at else { return }
        slot.length = 0
        slot.kind = .null
    }

    /// The entry of a key in an object.
    @inline(__always)
    private mutating func entry(_ key: Span<UInt8>, _ keys: KeyTable, in frame: inout Frame) -> Int32 {
        if frame.entry < 0 { return KeyTable.none }
        let entry =
            keys.find(key, in: frame.entry, after: frame.previous) ?? learn(key, in: frame.entry, after: frame.previous)
        if entry >= 0 { frame.previous = entry }
        return entry
    }

    /// The field of a name that is no key of the record: one a value names.
    mutating func field(named name: Span<UInt8>) -> FieldID {
        if let known = keys.lookUp(name, in: FieldCache.root) { return keys.entry(known).field }
        let field = vocabulary.field(name, in: FieldCache.root)
        if field != .overflow { _ = keys.add(name, in: KeyTable.root, field: field, traits[field]) }
        return field
    }

    /// Remembers a key; `KeyTable.none` where its name is too long or there are too many.
    mutating func learn(_ key: Span<UInt8>, in parent: Int32, after previous: Int32) -> Int32 {
        let field = vocabulary.field(key, in: keys.entry(parent).field)
        // What is `overflow` is so for good; remembering each such name would grow without bound.
        guard field != .overflow else { return KeyTable.none }
        return keys.insert(key, in: parent, after: previous, field: field, traits[field])
    }

    /// Appends the slot of a key whose value is known for something.
    private mutating func append(
        _ slot: Slot, _ key: KeyTable.Entry, _ bytes: Span<UInt8>, to slots: inout [Slot]
    ) {
        var slot = slot
        if key.isSecret, slot.kind == .string {
            if let equals = firstIndex(of: UInt8(ascii: "="), in: bytes.extracting(slot.range)) {
                slot.length = UInt32(equals + 1)
            }
            masked += 1
        }
        slots.append(slot)
        if key.alias != FieldTraits.none {
            slot.field = key.alias
            slots.append(slot)
        }
        if key.known != 0 { known.note(KnownField(rawValue: key.known - 1), at: slots.count - 1, in: slots) }
        if key.hint != 0 { hints |= 1 << UInt64(key.hint - 1) }
    }

    /// Notes the slot appended last, which a reader made itself, as a known field's.
    mutating func note(_ field: KnownField, in batch: EventBatch) {
        known.note(field, at: batch.slots.count - 1, in: batch.slots)
    }

    /// The bytes and kind of the value at `at`; numbers are written behind the batch's bytes.
    static func value(_ tape: JSONTape, _ at: Int, into batch: inout EventBatch) -> (Range<Int>, ValueKind) {
        let start = batch.bytes.count
        switch tape.tag(at) {
        case JSONTape.Tag.string: return (tape.string(at, in: batch.bytes.span), .string)
        case JSONTape.Tag.object, JSONTape.Tag.array: return (start..<start, .container)
        case JSONTape.Tag.null: return (start..<start, .null)
        default:
            let kind = tape.appendScalar(at, to: &batch.bytes)
            return (start..<batch.bytes.count, kind)
        }
    }

    /// Drops values of nested paths where a key with dots spells the same name (Sigma specification 2.1: the flat key
    /// wins).
    mutating func preferDotted(from first: Int, in batch: inout EventBatch) {
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
        guard field != .overflow, index < max(vocabulary.capacity, FieldCatalogue.names.count) else { return }
        if index >= stamps.count {
            let missing = index + 1 - stamps.count
            stamps.append(contentsOf: repeatElement(0, count: missing))
            owners.append(contentsOf: repeatElement(FieldTraits.none, count: missing))
        }
        stamps[index] = stamp
        owners[index] = owner
    }
}
