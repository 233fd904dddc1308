// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditFieldParser {
    /// Which argument of an EXECVE record was read last.
    struct ArgumentState {
        var index = -1
    }

    /// Adds the slots of one field.
    mutating func emit(
        _ source: Span<UInt8>, _ field: FieldID, _ value: Value, _ shift: Int, _ slots: inout [Slot],
        _ decoded: inout DecodedBytes, _ outcome: inout Outcome
    ) {
        let bytes = source.extracting(value.range)
        if !value.isQuoted, equalBytes(bytes, "(null)") {
            slots.append(Slot.at(field, value.range, shift, .null))
            return
        }
        switch table.encoding(field) {
        case .plain:
            switch table.role(field) {
            case .arch: outcome.arch = value.range
            case .syscall: outcome.syscall = value.range
            case .syscallName: outcome.hasSyscallName = true
            default: break
            }
            slots.append(Slot.at(field, value.range, shift, .string))
        case .integer:
            slots.append(Slot.at(field, value.range, shift, Self.isInteger(bytes) ? .integer : .string))
        case .escaped:
            if !value.isQuoted, let text = Self.decode(bytes, &decoded) {
                slots.append(Slot.at(field, text, 0, .string))
            } else {
                slots.append(Slot.at(field, value.range, shift, .string))
            }
        case .key: keys(source, field, value, shift, &slots, &decoded)
        case .title:
            if !value.isQuoted, let text = Self.decode(bytes, &decoded) {
                slots.append(Slot.at(field, Self.title(text, &decoded), 0, .string))
            } else {
                slots.append(Slot.at(field, value.range, shift, .string))
            }
        case .socket:
            slots.append(Slot.at(field, value.range, shift, .string))
            outcome.hasSocket = socket(bytes, &slots, &decoded)
        case .braces:
            slots.append(Slot.at(field, value.range, shift, .string))
            if !outcome.hasSocket { enriched(source, value.range, shift, &slots) }
        }
    }

    /// Decodes a value that is all hexadecimal; nil when it is not, or when it is empty.
    private static func decode(_ bytes: Span<UInt8>, _ decoded: inout DecodedBytes) -> Range<Int>? {
        let start = decoded.end
        guard bytes.count >= 2, decodeHex(bytes, onto: &decoded.bytes) else { return nil }
        return start..<decoded.end
    }

    /// Whether the bytes are a whole number's decimal digits.
    private static func isInteger(_ bytes: Span<UInt8>) -> Bool {
        let start = bytes.count > 0 && bytes[0] == UInt8(ascii: "-") ? 1 : 0
        guard bytes.count > start, bytes.count <= 20 else { return false }
        for index in start..<bytes.count where bytes[index] &- 0x30 >= 10 { return false }
        return true
    }

    /// Several keys become several values of the one field.
    private mutating func keys(
        _ source: Span<UInt8>, _ field: FieldID, _ value: Value, _ shift: Int, _ slots: inout [Slot],
        _ decoded: inout DecodedBytes
    ) {
        guard !value.isQuoted, let text = Self.decode(source.extracting(value.range), &decoded) else {
            slots.append(Slot.at(field, value.range, shift, .string))
            return
        }
        var start = text.lowerBound
        for index in text {
            guard decoded.bytes[index - decoded.base] == 0x01 else { continue }
            slots.append(Slot.at(field, start..<index, 0, .string))
            start = index + 1
        }
        slots.append(Slot.at(field, start..<text.upperBound, 0, .string))
    }

    /// Turns the NULs between arguments into blanks and drops those at the end.
    private static func title(_ text: Range<Int>, _ decoded: inout DecodedBytes) -> Range<Int> {
        var end = text.upperBound
        while end > text.lowerBound, decoded.bytes[end - 1 - decoded.base] == 0 { end -= 1 }
        for index in text.lowerBound..<end where decoded.bytes[index - decoded.base] == 0 {
            decoded.bytes[index - decoded.base] = 0x20
        }
        return text.lowerBound..<end
    }

    private mutating func socket(_ bytes: Span<UInt8>, _ slots: inout [Slot], _ decoded: inout DecodedBytes) -> Bool {
        guard let address = SocketAddress(hexadecimal: bytes, into: &decoded) else { return false }
        let name: StaticString =
            switch address.family {
            case .unix: "local"
            case .inet: "inet"
            case .inet6: "inet6"
            case .netlink: "netlink"
            case .unspecified: "unspec"
            case .other: "other"
            }
        let family = decoded.store(name)
        slots.append(Slot.at(table.socketFamily, family, 0, .string))
        switch address.family {
        case .unix:
            if !address.address.isEmpty { slots.append(Slot.at(table.socketPath, address.address, 0, .string)) }
        case .inet, .inet6:
            slots.append(Slot.at(table.socketAddress, address.address, 0, .string))
            let start = decoded.end
            appendDecimal(Int64(address.port), to: &decoded.bytes)
            slots.append(Slot.at(table.socketPort, start..<decoded.end, 0, .integer))
        default: break
        }
        return true
    }

    /// `SADDR={ saddr_fam=inet laddr=10.0.0.1 lport=443 }`: what a raw address would have given, when there is none.
    private mutating func enriched(_ source: Span<UInt8>, _ range: Range<Int>, _ shift: Int, _ slots: inout [Slot]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, source[index] > 0x20 { index += 1 }
            defer { index += 1 }
            guard let equals = firstIndex(of: UInt8(ascii: "="), in: source.extracting(start..<index)) else { continue }
            let key = source.extracting(start..<start + equals)
            let value = start + equals + 1..<index
            if equalBytes(key, "saddr_fam") || equalBytes(key, "fam") {
                slots.append(Slot.at(table.socketFamily, value, shift, .string))
            } else if equalBytes(key, "laddr") {
                slots.append(Slot.at(table.socketAddress, value, shift, .string))
            } else if equalBytes(key, "lport") {
                let kind: ValueKind = Self.isInteger(source.extracting(value)) ? .integer : .string
                slots.append(Slot.at(table.socketPort, value, shift, kind))
            } else if equalBytes(key, "path") {
                slots.append(Slot.at(table.socketPath, value, shift, .string))
            }
        }
    }

    /// One argument of an EXECVE record: `a1="x"`, `a1=78`, `a1_len=9000` or a piece, `a1[0]=…`.
    mutating func argument(
        _ source: Span<UInt8>, _ key: Range<Int>, _ value: Value, _ shift: Int, _ slots: inout [Slot],
        _ decoded: inout DecodedBytes, _ outcome: inout Outcome, _ state: inout ArgumentState
    ) {
        var index = key.lowerBound + 1
        var number = 0
        while index < key.upperBound, source[index] &- 0x30 < 10 {
            number = min(number * 10 + Int(source[index] &- 0x30), 1 << 24)
            index += 1
        }
        let isPiece = index < key.upperBound && source[index] == UInt8(ascii: "[")
        if index < key.upperBound, !isPiece {
            // Lengths of split arguments, and anything odd; few names, so that endless ones cannot fill the vocabulary.
            if number < 64 {
                emit(source, fields.field(source.extracting(key)), value, shift, &slots, &decoded, &outcome)
            }
            return
        }
        let bytes = source.extracting(value.range)
        var text = value.range
        var isDecoded = false
        if !value.isQuoted, !equalBytes(bytes, "(null)"), let plain = Self.decode(bytes, &decoded) {
            text = plain
            isDecoded = true
        }
        let found = Slot.at(
            number < table.arguments.count ? table.arguments[number] : .overflow, text, isDecoded ? 0 : shift, .string)
        if isPiece, state.index == number, let last = slots.indices.last, !outcome.arguments.isEmpty {
            join(source, found, onto: &slots[last], &decoded)
            return
        }
        if outcome.arguments.isEmpty {
            outcome.arguments = slots.count..<slots.count
            outcome.continuesArgument = isPiece && !startsWith(source.extracting(index..<key.upperBound), "[0]")
        }
        slots.append(found)
        outcome.arguments = outcome.arguments.lowerBound..<slots.count
        state.index = number
    }

    /// Appends a further piece to an argument.
    private func join(_ source: Span<UInt8>, _ piece: Slot, onto slot: inout Slot, _ decoded: inout DecodedBytes) {
        let isLast = slot.range.lowerBound >= decoded.base && slot.range.upperBound == decoded.end
        if isLast { Self.copy(source, piece, &decoded) }
        if isLast || slot.range.upperBound == piece.range.lowerBound {
            slot.length += piece.length
            return
        }
        let start = decoded.end
        Self.copy(source, slot, &decoded)
        Self.copy(source, piece, &decoded)
        slot.offset = UInt32(start)
        slot.length = UInt32(decoded.end - start)
    }

    /// Copies a value behind all others.
    ///
    /// Values at or behind `decoded.base` are decoded ones, others lie in the source.
    static func copy(_ source: Span<UInt8>, _ slot: Slot, _ decoded: inout DecodedBytes) {
        if slot.range.lowerBound < decoded.base {
            decoded.bytes.append(contentsOf: source.extracting(slot.range))
        } else {
            let start = slot.range.lowerBound - decoded.base
            decoded.bytes.append(contentsOf: Array(decoded.bytes[start..<start + slot.range.count]))
        }
    }
}
