// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan
import Events

/// Slots straight from a document's text, without a tape in between.
///
/// simdjson says where the structure stands; this checks the grammar (RFC 8259) while it makes the slots, and leaves any
/// document that is out of the ordinary to the tape. A text without escapes is not copied: its slot points into the
/// record.
extension JSONFlattener {
    /// Appends the slots of the object `record` is; false, with the batch as it was but for bytes behind its end, for
    /// what only the tape can tell: errors, limits, other values than an object, numbers that are not written as rules
    /// see them.
    mutating func flatten(text record: Range<Int>, _ parser: JSONParser, into batch: inout EventBatch) -> Bool {
        // Offsets of slots have 32 bits, lengths of names 32 with a sign; what is larger goes another way.
        guard let structure = parser.findStructure(record, in: &batch), batch.bytes.count < Int(Int32.max) / 2 else {
            return false
        }
        scratch.reserve(record.count + 2 * EventBatch.padding)
        let first = batch.slots.count
        let spare = batch.bytes.count
        // SAFETY: the places lie in the record, and the parser saw to the padding behind it.
        let made = unsafe batch.bytes.withUnsafeBufferPointer { bytes -> Made? in
            guard let base = bytes.baseAddress else { return nil }
            return unsafe walk(base + record.lowerBound, structure, origin: record.lowerBound, spare: spare, first)
        }
        guard let made else {
            reset()
            return false
        }
        // SAFETY: the walk wrote so many slots and bytes.
        unsafe batch.slots.append(contentsOf: UnsafeBufferPointer(start: scratch.slots, count: made.slots))
        unsafe batch.bytes.append(contentsOf: UnsafeBufferPointer(start: scratch.text, count: made.bytes))
        if !dottedSlots.isEmpty { preferDotted(from: first, in: &batch) }
        return true
    }

    /// How much a walk left in the scratch memory.
    private struct Made {
        var slots = 0
        var bytes = 0
    }

    /// Walks a document from `text` on, which is byte `origin` of the batch; decoded texts will stand at `spare`, slots
    /// at `first`.
    ///
    /// SAFETY: the caller keeps `text` and `structure` alive; every place is below the document's length, and padding
    /// follows. Slots and open values are written below the limits their memory was made for.
    @unsafe private mutating func walk(
        _ text: UnsafePointer<UInt8>, _ structure: JSONStructure, origin: Int, spare: Int, _ first: Int
    ) -> Made? {
        let places = unsafe structure.places
        let count = structure.count
        let keys = keys
        var guesses = unsafe keys.guesses
        var known = unsafe keys.keys
        let slots = unsafe scratch.slots
        let open = unsafe scratch.open
        let decoded = unsafe scratch.text
        guard count >= 2, unsafe text[Int(places[0])] == UInt8(ascii: "{") else { return nil }
        if unsafe text[Int(places[1])] == UInt8(ascii: "}") { return count == 2 ? Made() : nil }
        var made = 0
        var used = 0
        var depth = 0
        var parent = KeyTable.root
        var previous = KeyTable.none
        var close = UInt8(ascii: "}")
        var isBelowDots = false
        var at = 1
        while true {
            var entry = parent
            var isDotted = isBelowDots
            if close == UInt8(ascii: "}") {
                // A key, its colon, its value, and something behind that.
                guard at &+ 3 < count else { return nil }
                let quote = unsafe Int(places[at])
                let colon = unsafe Int(places[at &+ 1])
                guard unsafe text[quote] == UInt8(ascii: "\""), unsafe text[colon] == UInt8(ascii: ":") else {
                    return nil
                }
                entry = unsafe previous >= 0 ? guesses[Int(previous)].next : keys.entries[Int(parent)].first
                let isGuessed =
                    unsafe entry >= 0 && Self.holds(text + quote + 1, colon &- quote &- 1, guesses[Int(entry)], known)
                if !isGuessed {
                    guard let found = unsafe look(text, quote, colon, keys, parent, previous) else { return nil }
                    entry = found
                    unsafe guesses = keys.guesses
                    unsafe known = keys.keys
                }
                previous = entry
                at = at &+ 2
            } else if at &+ 1 >= count {
                return nil
            }
            guard made < Self.maximumSlots else { return nil }
            let guess = unsafe guesses[Int(entry)]
            if close == UInt8(ascii: "}"), guess.flags.contains(.isDotted) { isDotted = true }
            if isDotted { dottedSlots.append(first &+ made) }
            let place = unsafe Int(places[at])
            let lead = unsafe text[place]
            at = at &+ 1
            if lead == UInt8(ascii: "\"") {
                // Only white space stands between a text's end and what comes behind it.
                var end = unsafe Int(places[at]) &- 1
                while unsafe text[end] != UInt8(ascii: "\"") { end = end &- 1 }
                let length = end &- place &- 1
                guard length >= 0 else { return nil }
                let start = unsafe text + place + 1
                if unsafe vd_scan_backslash(start, length) == length {
                    unsafe slots[made] = Slot(
                        field: guess.slotField, offset: UInt32(truncatingIfNeeded: origin &+ place &+ 1),
                        length: UInt32(truncatingIfNeeded: length), kind: .string)
                } else {
                    let written = unsafe vd_scan_unescape(start, length, decoded + used)
                    guard written >= 0 else { return nil }
                    unsafe slots[made] = Slot(
                        field: guess.slotField, offset: UInt32(truncatingIfNeeded: spare &+ used),
                        length: UInt32(truncatingIfNeeded: written), kind: .string)
                    used = used &+ written
                }
            } else if lead == UInt8(ascii: "{") || lead == UInt8(ascii: "[") {
                unsafe slots[made] = Slot(field: guess.slotField, offset: 0, length: 0, kind: .container)
                made = made &+ 1
                if guess.flags.contains(.isSpecial) {
                    unsafe noteSpecial(keys.entry(entry), text, origin, spare, first, &made)
                }
                guard depth &+ 1 < Self.maximumDepth else { return nil }
                let end = lead &+ 2
                if unsafe text[Int(places[at])] == end {
                    at = at &+ 1
                } else {
                    unsafe open[depth] = JSONScratch.Open(
                        entry: parent, previous: previous, close: close, isDotted: isBelowDots)
                    depth = depth &+ 1
                    parent = entry
                    previous = KeyTable.none
                    close = end
                    isBelowDots = isDotted
                    continue
                }
                made = made &- 1
            } else {
                guard let scalar = unsafe Self.scalar(text + place) else { return nil }
                let isNull = scalar.kind == .null
                unsafe slots[made] = Slot(
                    field: guess.slotField, offset: isNull ? 0 : UInt32(truncatingIfNeeded: origin &+ place),
                    length: isNull ? 0 : scalar.length, kind: scalar.kind)
            }
            made = made &+ 1
            if lead != UInt8(ascii: "{"), lead != UInt8(ascii: "["), guess.flags.contains(.isSpecial) {
                unsafe noteSpecial(keys.entry(entry), text, origin, spare, first, &made)
            }
            // Behind a value: another one, or the ends of the objects and arrays it closes.
            while true {
                guard at < count else { return nil }
                let next = unsafe text[Int(places[at])]
                at = at &+ 1
                if next == UInt8(ascii: ",") { break }
                guard next == close else { return nil }
                if depth == 0 { return at == count ? Made(slots: made, bytes: used) : nil }
                depth = depth &- 1
                let outer = unsafe open[depth]
                parent = outer.entry
                previous = outer.previous
                close = outer.close
                isBelowDots = outer.isDotted
            }
        }
    }

    /// Whether a key of `limit` bytes and its closing quote, at `text`, is the one guessed.
    @inline(__always)
    @unsafe private static func holds(
        _ text: UnsafePointer<UInt8>, _ limit: Int, _ guess: KeyTable.Guess, _ keys: UnsafePointer<UInt8>
    ) -> Bool {
        let length = Int(guess.length)
        guard length < limit, unsafe text[length] == UInt8(ascii: "\""), !guess.flags.contains(.isEscaped) else {
            return false
        }
        let known = unsafe UnsafeRawPointer(keys + Int(guess.start))
        let given = unsafe UnsafeRawPointer(text)
        if length >= 8 {
            // Words from the front, and the last one from the end, which may overlap.
            var at = 0
            while at &+ 8 < length {
                let word = unsafe known.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                if unsafe word != given.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return false }
                at = at &+ 8
            }
            let word = unsafe known.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
            return unsafe word == given.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self)
        }
        let word = unsafe known.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        let difference = unsafe word ^ given.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        return length == 0 || UInt64(littleEndian: difference) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* length) == 0
    }

    /// The entry of a key that is not the one expected.
    @inline(never)
    @unsafe private mutating func look(
        _ text: UnsafePointer<UInt8>, _ quote: Int, _ colon: Int, _ keys: KeyTable, _ parent: Int32, _ previous: Int32
    ) -> Int32? {
        var end = colon - 1
        while unsafe text[end] != UInt8(ascii: "\"") { end -= 1 }
        let length = end - quote - 1
        guard length >= 0, Int(keys.entry(parent).nameLength) + length + 1 <= Self.maximumName,
            unsafe vd_scan_backslash(text + quote + 1, length) == length
        else { return nil }
        // SAFETY: the key lies in the document.
        let key = unsafe Span(_unsafeStart: text + quote + 1, count: length)
        let entry = keys.find(key, in: parent, after: previous) ?? learn(key, in: parent, after: previous)
        return entry >= 0 ? entry : nil
    }

    /// What follows from a key whose value is known for something, for the slot made last.
    @inline(never)
    @unsafe private mutating func noteSpecial(
        _ key: KeyTable.Entry, _ text: UnsafePointer<UInt8>, _ origin: Int, _ spare: Int, _ first: Int,
        _ made: inout Int
    ) {
        let slots = unsafe scratch.slots
        if key.isSecret, unsafe slots[made - 1].kind == .string {
            let slot = unsafe slots[made - 1]
            let offset = Int(slot.offset)
            let start =
                unsafe offset >= spare ? UnsafePointer(scratch.text) + (offset - spare) : text + (offset - origin)
            let value = unsafe Span(_unsafeStart: start, count: Int(slot.length))
            if let equals = firstIndex(of: UInt8(ascii: "="), in: value) {
                unsafe slots[made - 1].length = UInt32(equals + 1)
            }
            masked += 1
        }
        if key.alias != FieldTraits.none {
            unsafe slots[made] = slots[made - 1]
            unsafe slots[made].field = key.alias
            made += 1
        }
        if key.known != 0 {
            unsafe known.note(KnownField(rawValue: key.known - 1), at: first + made - 1, first: first, made: slots)
        }
        if key.hint != 0 { hints |= 1 << UInt64(key.hint - 1) }
    }

    /// The kind and length of a number, a truth value or null as it stands; nil for anything else, and for numbers whose
    /// text is not what rules are to see (fractions, exponents, more than 19 digits, a negative zero).
    @inline(__always)
    @unsafe private static func scalar(_ text: UnsafePointer<UInt8>) -> (kind: ValueKind, length: UInt32)? {
        var length = 0
        let kind: ValueKind
        switch unsafe text[0] {
        case UInt8(ascii: "t"):
            guard unsafe text[1] == UInt8(ascii: "r"), unsafe text[2] == UInt8(ascii: "u"),
                unsafe text[3] == UInt8(ascii: "e")
            else { return nil }
            (kind, length) = (.boolean, 4)
        case UInt8(ascii: "f"):
            guard unsafe text[1] == UInt8(ascii: "a"), unsafe text[2] == UInt8(ascii: "l"),
                unsafe text[3] == UInt8(ascii: "s"), unsafe text[4] == UInt8(ascii: "e")
            else { return nil }
            (kind, length) = (.boolean, 5)
        case UInt8(ascii: "n"):
            guard unsafe text[1] == UInt8(ascii: "u"), unsafe text[2] == UInt8(ascii: "l"),
                unsafe text[3] == UInt8(ascii: "l")
            else { return nil }
            (kind, length) = (.null, 4)
        default:
            let isNegative = unsafe text[0] == UInt8(ascii: "-")
            let start = isNegative ? 1 : 0
            length = start
            // Behind the document anything may stand, digits too.
            while length < 24, unsafe text[length] &- UInt8(ascii: "0") < 10 { length = length &+ 1 }
            let digits = length &- start
            guard digits > 0, digits <= (isNegative ? 18 : 19) else { return nil }
            if unsafe text[start] == UInt8(ascii: "0"), digits > 1 || isNegative { return nil }
            kind = .integer
        }
        switch unsafe text[length] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 32, 10, 13, 9:
            return (kind, UInt32(truncatingIfNeeded: length))
        default: return nil
        }
    }
}
