// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads the `key=value` part of audit records in place.
struct AuditFieldParser {
    var fields: FieldCache
    let table: AuditFieldTable
    let keys = AuditKeys()
    /// Where decoded values go.
    let text: AuditText

    /// Field names longer than this are not names.
    private static let longestKey = 64

    /// Makes a parser.
    init(_ vocabulary: Vocabulary, text: AuditText) {
        table = AuditFieldTable(vocabulary)
        fields = FieldCache(vocabulary)
        self.text = text
    }

    /// A record, or the text inside one, and what there is to tell of its place.
    struct Part {
        var source: AuditBytes
        var range: Range<Int>
        /// What to add to get from the source to the batch's bytes.
        var shift = 0
        var type: AuditRecordType
        /// Whether this is the text of `msg='…'`.
        var isNested = false
    }

    /// Reads the fields of a part; `previous` is the entry of the key before the first.
    mutating func parse(_ part: Part, after previous: Int32, into slots: AuditSlots, _ found: AuditFindings) {
        var previous = previous
        var index = part.range.lowerBound
        guard part.source.isPadded(at: part.range.upperBound) else {
            return parseCopy(part, after: previous, into: slots, found)
        }
        while index < part.range.upperBound {
            // What the kernel writes is read in one go; where that stops, one thing of another kind is read.
            unsafe run(part, &index, after: &previous, slots, found)
            if index < part.range.upperBound { step(part, &index, after: &previous, slots, found) }
        }
    }

    /// Reads bytes that end where memory may end: as a copy with room behind it.
    private mutating func parseCopy(
        _ part: Part, after previous: Int32, into slots: AuditSlots, _ found: AuditFindings
    ) {
        var copy = part.source.with(part.range) { Array($0) }
        copy.append(contentsOf: repeatElement(0, count: 16))
        unsafe copy.withUnsafeBufferPointer { buffer in
            var copied = part
            unsafe copied.source = AuditBytes(buffer)
            copied.range = 0..<part.range.count
            copied.shift += part.range.lowerBound
            parse(copied, after: previous, into: slots, found)
        }
        func moved(_ range: Range<Int>) -> Range<Int> {
            range.isEmpty ? range : range.lowerBound + part.range.lowerBound..<range.upperBound + part.range.lowerBound
        }
        (found.arch, found.syscall) = (moved(found.arch), moved(found.syscall))
    }

    /// Reads fields as long as each key is the one that came behind the key before it last, or an argument, and its
    /// value is written in the usual way.
    ///
    /// PERF: nothing is called and nothing but the slot and its role is written for a field.
    /// SAFETY: two words may be read behind the part's end; a slot takes two bytes of the part at least, so there are
    /// never more than there is room for; entries and roles are numbered below what their tables hold.
    @unsafe private func run(
        _ part: Part, _ index: inout Int, after previous: inout Int32, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        let end = part.range.upperBound
        let (bytes, roles, entries) = unsafe (part.source.memory, found.roles.memory, keys.memory)
        let shift = UInt32(truncatingIfNeeded: part.shift)
        let first = slots.count
        let room = unsafe slots.room(end &- index &+ 1)
        var made = 0
        var at = index
        var last = previous
        if last < 0 || part.isNested { return }
        while true {
            // The key.
            if at < end, unsafe bytes[at] == 0x20 { at &+= 1 }
            let guess = unsafe entries[Int(last)].next
            if guess < 0 { break }
            let entry = unsafe entries + Int(guess)
            let length = unsafe entry.pointee.length
            guard unsafe Self.word(bytes, at) & entry.pointee.firstMask == entry.pointee.first, at &+ length < end
            else {
                break
            }
            if length > 8, unsafe Self.word(bytes, at &+ 8) & entry.pointee.secondMask != entry.pointee.second { break }
            let key = unsafe entry.pointee.key
            // The value.
            let start = at &+ length
            let word = unsafe Self.word(bytes, start)
            let open = UInt8(truncatingIfNeeded: word)
            var kind = ValueKind.string
            var from = start
            var stop = start
            if open == UInt8(ascii: "\"") {
                if !key.encoding.isPlainInQuotes { break }
                from = start &+ 1
                stop = unsafe Self.find(0x2222_2222_2222_2222, bytes, from, end)
                if stop >= end { break }
                if key.encoding == .integer, part.source.isInteger(from..<stop) { kind = .integer }
                at = stop &+ 1
            } else {
                // `(null)`, as a word.
                let isNull = word & 0xFFFF_FFFF_FFFF == 0x296C_6C75_6E28
                if !key.encoding.isPlainWithout || isNull || open == UInt8(ascii: "{") { break }
                let marks = Self.blanks(word)
                if marks != 0 {
                    let count = marks.trailingZeroBitCount &>> 3
                    stop = min(end, start &+ count)
                    if key.encoding == .integer, Self.areDigits(word, stop &- start) { kind = .integer }
                } else {
                    stop = unsafe Self.blank(bytes, start &+ 8, end)
                }
                // Long numbers, and those below zero.
                if key.encoding == .integer, kind == .string, part.source.isInteger(start..<stop) { kind = .integer }
                at = stop
            }
            unsafe (room + made).initialize(
                to: Slot(
                    field: key.field, offset: UInt32(truncatingIfNeeded: from) &+ shift,
                    length: UInt32(truncatingIfNeeded: stop &- from), kind: kind))
            unsafe roles[Int(key.role.rawValue)] = Int32(truncatingIfNeeded: first &+ made)
            if key.encoding == .call { note(key.role, from..<stop, found) }
            if key.encoding == .key, found.roles.firstKey < 0 {
                found.roles.firstKey = Int32(truncatingIfNeeded: first &+ made)
            }
            made &+= 1
            last = guess
            index = at
        }
        previous = last
        slots.advance(by: made)
    }

    /// Reads what stands at `index`: a field, a blank, or a word that is no field.
    private mutating func step(
        _ part: Part, _ index: inout Int, after previous: inout Int32, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        let (source, end) = (part.source, part.range.upperBound)
        while source[index] <= 0x20 || source[index] == UInt8(ascii: "(") || source[index] == UInt8(ascii: ",") {
            index &+= 1
            if index == end { return }
        }
        let first = source[index]
        let start = index
        if part.type == .execve, first == UInt8(ascii: "a"), arguments(part, &index, slots, found) { return }
        while index < end, Self.isKey(source[index]) { index &+= 1 }
        guard index < end, source[index] == UInt8(ascii: "="), index > start, index &- start <= Self.longestKey else {
            index = bareWord(part, from: start, slots)
            return
        }
        let name = start..<index
        index &+= 1
        if part.type == .execve, first == UInt8(ascii: "a"), name.count > 1, source[start + 1] &- 0x30 < 10 {
            let value = Self.value(part, index, found)
            index = value.next
            oddArgument(part, name, value, slots, found)
            return
        }
        let key = keys.key(source, name, part.type, after: &previous) { met(source, name) }
        if key.encoding == .message, !part.isNested, index < end, source[index] == UInt8(ascii: "'") {
            index = nest(part, index, slots, found)
            return
        }
        let value = Self.value(part, index, found)
        index = value.next
        emit(source, key, value, part.shift, slots, found)
    }

    /// What follows from a key that is not among those kept.
    private mutating func met(_ source: AuditBytes, _ name: Range<Int>) -> AuditKeys.Key {
        let field = source.with(name) { fields.field($0) }
        return AuditKeys.Key(field: field, encoding: table.encoding(field), role: table.role(field))
    }

    /// Reads the text of `msg='…'` as fields too; gives where to go on.
    private mutating func nest(
        _ part: Part, _ index: Int, _ slots: AuditSlots, _ found: AuditFindings
    ) -> Int {
        let text = Self.nested(part.source, index + 1..<part.range.upperBound, found)
        slots.append(.msg, text.lowerBound + part.shift..<text.upperBound + part.shift, .string)
        var inner = part
        inner.range = text
        inner.isNested = true
        parse(inner, after: -1, into: slots, found)
        return min(part.range.upperBound, text.upperBound + 1)
    }

    /// A value and where reading goes on behind it.
    struct Value {
        var range: Range<Int>
        var isQuoted = false
        var next: Int
    }

    private static func isKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }

    static func value(_ part: Part, _ start: Int, _ found: AuditFindings) -> Value {
        let (source, end) = (part.source, part.range.upperBound)
        guard start < end else { return Value(range: start..<end, next: end) }
        let open = source[start]
        if open == UInt8(ascii: "\"") || open == UInt8(ascii: "{") {
            let close = source.find(open == UInt8(ascii: "{") ? UInt8(ascii: "}") : open, from: start &+ 1, to: end)
            if close == end { found.isCut = true }
            return Value(range: start &+ 1..<close, isQuoted: true, next: min(end, close &+ 1))
        }
        let stop = source.blank(from: start, to: end)
        var last = stop
        // Old user-space messages read `(hostname=?, addr=?, terminal=cron res=success)`.
        if part.isNested {
            while last > start, source[last - 1] == UInt8(ascii: ",") || isStray(source, start..<last) { last -= 1 }
        }
        return Value(range: start..<last, next: stop)
    }

    /// Whether a value ends with a parenthesis it did not open.
    private static func isStray(_ source: AuditBytes, _ range: Range<Int>) -> Bool {
        source[range.upperBound - 1] == UInt8(ascii: ")") && source[range.lowerBound] != UInt8(ascii: "(")
    }

    /// The text of `msg='…'`: up to the last apostrophe before the enrichment or the end of the record.
    private static func nested(_ source: AuditBytes, _ rest: Range<Int>, _ found: AuditFindings) -> Range<Int> {
        let limit = source.find(0x1D, from: rest.lowerBound, to: rest.upperBound)
        var end = limit
        while end > rest.lowerBound, source[end - 1] != UInt8(ascii: "'") { end -= 1 }
        if end == rest.lowerBound {
            found.isCut = true
            return rest.lowerBound..<limit
        }
        return rest.lowerBound..<end - 1
    }

    /// A word that is no field: of an AVC record it is the decision or the permissions.
    ///
    /// Gives where to go on.
    private func bareWord(_ part: Part, from start: Int, _ slots: AuditSlots) -> Int {
        let (source, end, shift) = (part.source, part.range.upperBound, part.shift)
        if source[start] == UInt8(ascii: "{") {
            let close = source.find(UInt8(ascii: "}"), from: start, to: end)
            var text = start + 1..<max(start + 1, close)
            while !text.isEmpty, source[text.lowerBound] == 0x20 { text = text.lowerBound + 1..<text.upperBound }
            while !text.isEmpty, source[text.upperBound - 1] == 0x20 { text = text.lowerBound..<text.upperBound - 1 }
            slots.append(table.accessPermissions, text.lowerBound + shift..<text.upperBound + shift, .string)
            return min(end, close + 1)
        }
        let stop = source.blank(from: start, to: end)
        if source.isEqual(start..<stop, "denied") || source.isEqual(start..<stop, "granted") {
            slots.append(table.accessResult, start + shift..<stop + shift, .string)
        }
        return max(stop, start + 1)
    }
}
