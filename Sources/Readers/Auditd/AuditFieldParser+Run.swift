// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditFieldParser {
    /// Reads fields as long as each key is the one that came behind the key before it last, and its value is written
    /// in the usual way.
    ///
    /// PERF: nothing is called and nothing but the slot and its role is written for a field.
    /// SAFETY: two words may be read behind the part's end; no more slots are made than there is room for; entries and
    /// roles are numbered below what their tables hold.
    @unsafe func run(
        _ part: Part, _ index: inout Int, after previous: inout Int32, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        let end = part.range.upperBound
        let (bytes, roles, entries) = unsafe (part.source.memory, found.roles.memory, keys.memory)
        let shift = UInt32(truncatingIfNeeded: part.shift)
        let first = slots.count
        // A field takes two bytes at least; of a record without end not all is read in one go.
        let most = min((end &- index) / 2 &+ 1, 1024)
        let room = unsafe slots.room(most)
        var made = 0
        var at = index
        var last = previous
        if last < 0 || part.isNested { return }
        while true {
            if made == most { break }
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
}
