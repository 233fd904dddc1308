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
