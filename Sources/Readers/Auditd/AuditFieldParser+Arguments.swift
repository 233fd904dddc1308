// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditFieldParser {
    /// Reads whole arguments of an EXECVE record as long as they follow one another; false, and nothing done, when there
    /// is none.
    func arguments(_ part: Part, _ index: inout Int, _ slots: AuditSlots, _ found: AuditFindings) -> Bool {
        let start = index
        while index < part.range.upperBound, part.source[index] == UInt8(ascii: "a"),
            argument(part, &index, slots, found)
        {
            if index < part.range.upperBound, part.source[index] == 0x20 { index &+= 1 }
        }
        return index > start
    }

    /// Reads one whole argument of an EXECVE record, `a1="x"` or `a1=78`, and moves behind it.
    ///
    /// False, and nothing done, for all others.
    @inline(__always)
    func argument(_ part: Part, _ index: inout Int, _ slots: AuditSlots, _ found: AuditFindings) -> Bool {
        let (source, end) = (part.source, part.range.upperBound)
        var at = index &+ 1
        var number = 0
        // No more places than all arguments need (an execution has fewer than 2^31 bytes); more are looked at slowly.
        while at < end, at &- index < 11 {
            let digit = source[at] &- 0x30
            if digit > 9 { break }
            number = number &* 10 &+ Int(digit)
            at &+= 1
        }
        guard at &- index > 1, at < end, source[at] == UInt8(ascii: "=") else { return false }
        let value = Self.value(part, at &+ 1, found)
        index = value.next
        add(part, min(number, 1 << 24), value, slots, found)
        return true
    }

    @inline(__always)
    private func add(
        _ part: Part, _ number: Int, _ value: Value, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        if found.arguments.isEmpty { found.arguments = slots.count..<slots.count }
        slots.append(slot(part, number, value))
        found.arguments = found.arguments.lowerBound..<slots.count
        found.argument = number
    }

    @inline(__always)
    private func slot(_ part: Part, _ number: Int, _ value: Value) -> Slot {
        let field = table.argument(number)
        if !value.isQuoted, value.range.count > 1, let plain = decoded(part.source, value.range) {
            return Slot.at(field, plain, 0, .string)
        }
        return Slot.at(field, value.range, part.shift, .string)
    }

    private func decoded(_ source: AuditBytes, _ range: Range<Int>) -> Range<Int>? {
        source.isEqual(range, "(null)") ? nil : text.decode(source.slice(range))
    }

    /// Reads what else begins like an argument: `a1_len=9000` or a piece, `a1[0]=…`.
    mutating func oddArgument(
        _ part: Part, _ key: Range<Int>, _ value: Value, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        let source = part.source
        var index = key.lowerBound + 1
        var number = 0
        while index < key.upperBound, source[index] &- 0x30 < 10 {
            number = min(number * 10 + Int(source[index] &- 0x30), 1 << 24)
            index += 1
        }
        let isPiece = index < key.upperBound && source[index] == UInt8(ascii: "[")
        if index < key.upperBound, !isPiece {
            // Lengths of split arguments, and anything odd; few names, so that endless ones cannot fill the vocabulary.
            guard number < 64 else { return }
            let field = source.with(key) { fields.field($0) }
            let known = AuditKeys.Key(field: field, encoding: table.encoding(field), role: table.role(field))
            emit(source, known, value, part.shift, slots, found)
            return
        }
        if isPiece, found.argument == number, slots.count > 0, !found.arguments.isEmpty {
            join(part, slot(part, number, value), onto: &slots[slots.count - 1])
            return
        }
        if found.arguments.isEmpty {
            found.continuesArgument = isPiece && !source.with(index..<key.upperBound) { startsWith($0, "[0]") }
        }
        add(part, number, value, slots, found)
    }

    /// Appends a further piece to an argument.
    private func join(_ part: Part, _ piece: Slot, onto slot: inout Slot) {
        let isLast = slot.range.lowerBound >= text.base && slot.range.upperBound == text.end
        if isLast { copy(part.source, piece, shift: part.shift) }
        if isLast || slot.range.upperBound == piece.range.lowerBound {
            slot.length += piece.length
            return
        }
        let start = text.end
        copy(part.source, slot, shift: part.shift)
        copy(part.source, piece, shift: part.shift)
        slot.offset = UInt32(start)
        slot.length = UInt32(text.end - start)
    }

    /// Copies a value behind all others.
    ///
    /// Values at or behind `text.base` are decoded ones, others lie in the source, `shift` bytes further back.
    @inline(__always)
    func copy(_ source: AuditBytes, _ slot: Slot, shift: Int = 0) {
        let range = slot.range
        if range.lowerBound < text.base {
            text.store(source.slice(range.lowerBound &- shift..<range.upperBound &- shift))
        } else {
            text.repeatValue(range)
        }
    }
}

extension Slot {
    /// A slot over a range of a source that lies `shift` bytes further on in the batch, which has less than 4 GiB.
    @inline(__always)
    static func at(_ field: FieldID, _ range: Range<Int>, _ shift: Int, _ kind: ValueKind) -> Slot {
        Slot(
            field: field, offset: UInt32(truncatingIfNeeded: range.lowerBound &+ shift),
            length: UInt32(truncatingIfNeeded: range.count), kind: kind)
    }
}
