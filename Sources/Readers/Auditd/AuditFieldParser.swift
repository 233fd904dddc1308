// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads the `key=value` part of audit records in place.
struct AuditFieldParser {
    /// What reading a record's fields showed beside the fields.
    struct Outcome {
        /// A quoted value has no end: the record was cut.
        var isCut = false
        /// Slots of the arguments of an EXECVE record.
        var arguments = 0..<0
        /// The first argument slot continues the last argument of the record before.
        var continuesArgument = false
        /// Values of `arch`, `syscall` and `SYSCALL`, in the source.
        var arch = 0..<0
        var syscall = 0..<0
        var hasSyscallName = false
        /// A socket address was decoded.
        var hasSocket = false
    }

    var fields: FieldCache
    let table: AuditFieldTable

    /// Field names longer than this are not names.
    private static let longestKey = 64

    /// Makes a parser.
    init(_ vocabulary: Vocabulary) {
        table = AuditFieldTable(vocabulary)
        fields = FieldCache(vocabulary)
    }

    /// Reads the fields in `range` of `source`; `shift` is what to add to get from there to the batch's bytes.
    mutating func parse(
        _ source: Span<UInt8>, _ range: Range<Int>, shift: Int, type: AuditRecordType, into slots: inout [Slot],
        _ decoded: inout DecodedBytes
    ) -> Outcome {
        var outcome = Outcome()
        var state = ArgumentState()
        parse(source, range, shift, type, &slots, &decoded, &outcome, &state, isNested: false)
        return outcome
    }

    private mutating func parse(
        _ source: Span<UInt8>, _ range: Range<Int>, _ shift: Int, _ type: AuditRecordType, _ slots: inout [Slot],
        _ decoded: inout DecodedBytes, _ outcome: inout Outcome, _ arguments: inout ArgumentState, isNested: Bool
    ) {
        let end = range.upperBound
        var index = range.lowerBound
        while index < end {
            let first = source[index]
            if first <= 0x20 || first == UInt8(ascii: "(") || first == UInt8(ascii: ",") {
                index &+= 1
                continue
            }
            let start = index
            while index < end, Self.isKey(source[index]) { index &+= 1 }
            guard index < end, source[index] == UInt8(ascii: "="), index > start, index - start <= Self.longestKey
            else {
                index = bareWord(source, start..<end, shift, &slots)
                continue
            }
            let key = start..<index
            index &+= 1
            if type == .execve, source[start] == UInt8(ascii: "a"), key.count > 1, source[start + 1] &- 0x30 < 10 {
                let value = Self.value(source, index..<end, isNested, &outcome)
                index = value.next
                argument(source, key, value, shift, &slots, &decoded, &outcome, &arguments)
                continue
            }
            if !isNested, index < end, source[index] == UInt8(ascii: "'"), equalBytes(source.extracting(key), "msg") {
                let text = Self.nested(source, index + 1..<end, &outcome)
                slots.append(Slot.at(.msg, text, shift, .string))
                parse(source, text, shift, type, &slots, &decoded, &outcome, &arguments, isNested: true)
                index = min(end, text.upperBound + 1)
                continue
            }
            let value = Self.value(source, index..<end, isNested, &outcome)
            index = value.next
            emit(source, fields.field(source.extracting(key)), value, shift, &slots, &decoded, &outcome)
        }
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

    private static func value(_ source: Span<UInt8>, _ rest: Range<Int>, _ isNested: Bool, _ outcome: inout Outcome)
        -> Value
    {
        let end = rest.upperBound
        var index = rest.lowerBound
        guard index < end else { return Value(range: rest, next: end) }
        let open = source[index]
        if open == UInt8(ascii: "\"") || open == UInt8(ascii: "{") {
            let close = open == UInt8(ascii: "{") ? UInt8(ascii: "}") : open
            index &+= 1
            let start = index
            while index < end, source[index] != close { index &+= 1 }
            if index == end { outcome.isCut = true }
            return Value(range: start..<index, isQuoted: true, next: min(end, index + 1))
        }
        let start = index
        while index < end, source[index] > 0x20 { index &+= 1 }
        var last = index
        // Old user-space messages read `(hostname=?, addr=?, terminal=cron res=success)`.
        if isNested {
            while last > start, source[last - 1] == UInt8(ascii: ",") || isStray(source, start..<last) { last -= 1 }
        }
        return Value(range: start..<last, next: index)
    }

    /// Whether a value ends with a parenthesis it did not open.
    private static func isStray(_ source: Span<UInt8>, _ range: Range<Int>) -> Bool {
        source[range.upperBound - 1] == UInt8(ascii: ")") && source[range.lowerBound] != UInt8(ascii: "(")
    }

    /// The text of `msg='…'`: up to the last apostrophe before the enrichment or the end of the record.
    private static func nested(_ source: Span<UInt8>, _ rest: Range<Int>, _ outcome: inout Outcome) -> Range<Int> {
        var limit = rest.lowerBound
        while limit < rest.upperBound, source[limit] != 0x1D { limit += 1 }
        var end = limit
        while end > rest.lowerBound, source[end - 1] != UInt8(ascii: "'") { end -= 1 }
        if end == rest.lowerBound {
            outcome.isCut = true
            return rest.lowerBound..<limit
        }
        return rest.lowerBound..<end - 1
    }

    /// A word that is no field: of an AVC record it is the decision or the permissions.
    ///
    /// Gives where to go on.
    private mutating func bareWord(_ source: Span<UInt8>, _ rest: Range<Int>, _ shift: Int, _ slots: inout [Slot])
        -> Int
    {
        var index = rest.lowerBound
        if source[index] == UInt8(ascii: "{") {
            let start = index + 1
            while index < rest.upperBound, source[index] != UInt8(ascii: "}") { index += 1 }
            var text = start..<max(start, index)
            while !text.isEmpty, source[text.lowerBound] == 0x20 { text = text.lowerBound + 1..<text.upperBound }
            while !text.isEmpty, source[text.upperBound - 1] == 0x20 { text = text.lowerBound..<text.upperBound - 1 }
            slots.append(Slot.at(table.accessPermissions, text, shift, .string))
            return min(rest.upperBound, index + 1)
        }
        while index < rest.upperBound, source[index] > 0x20 { index += 1 }
        let word = source.extracting(rest.lowerBound..<index)
        if equalBytes(word, "denied") || equalBytes(word, "granted") {
            slots.append(Slot.at(table.accessResult, rest.lowerBound..<index, shift, .string))
        }
        return max(index, rest.lowerBound + 1)
    }
}

extension Slot {
    /// A slot over a range of a source that lies `shift` bytes further on in the batch.
    static func at(_ field: FieldID, _ range: Range<Int>, _ shift: Int, _ kind: ValueKind) -> Slot {
        Slot(field: field, offset: UInt32(range.lowerBound + shift), length: UInt32(range.count), kind: kind)
    }
}
