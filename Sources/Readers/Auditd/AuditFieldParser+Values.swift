// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditFieldParser {
    /// Adds the slots of one field.
    func emit(
        _ source: AuditBytes, _ key: AuditKeys.Key, _ value: Value, _ shift: Int, _ slots: AuditSlots,
        _ found: AuditFindings
    ) {
        let range = value.range.lowerBound &+ shift..<value.range.upperBound &+ shift
        if !value.isQuoted, range.count == 6, source[value.range.lowerBound] == UInt8(ascii: "("),
            source.isEqual(value.range, "(null)")
        {
            slots.append(key.field, range, .null)
            found.note(key.role, slots)
            return
        }
        switch key.encoding {
        case .plain, .message:
            slots.append(key.field, range, .string)
            found.note(key.role, slots)
        case .integer:
            slots.append(key.field, range, source.isInteger(value.range) ? .integer : .string)
            found.note(key.role, slots)
        case .escaped:
            if value.isQuoted || !decode(source, key, value, slots) { slots.append(key.field, range, .string) }
            found.note(key.role, slots)
        default: emitOdd(source, key, value, range, shift, slots, found)
        }
    }

    func note(_ role: AuditRole, _ value: Range<Int>, _ found: AuditFindings) {
        switch role {
        case .arch: found.arch = value
        case .syscall: found.syscall = value
        case .syscallName: found.hasSyscallName = true
        default: break
        }
    }

    /// Adds a slot with what hexadecimal digits stand for; false when the value is no such.
    private func decode(
        _ source: AuditBytes, _ key: AuditKeys.Key, _ value: Value, _ slots: AuditSlots
    ) -> Bool {
        guard let plain = Self.decode(source, value.range, text) else { return false }
        slots.append(key.field, plain, .string)
        return true
    }

    /// Decodes a value that is all hexadecimal; nil when it is not, or when it is empty.
    private static func decode(_ source: AuditBytes, _ range: Range<Int>, _ text: AuditText) -> Range<Int>? {
        range.count < 2 ? nil : text.decode(source.slice(range))
    }

    private func emitOdd(
        _ source: AuditBytes, _ key: AuditKeys.Key, _ value: Value, _ range: Range<Int>, _ shift: Int,
        _ slots: AuditSlots, _ found: AuditFindings
    ) {
        switch key.encoding {
        case .call:
            note(key.role, value.range, found)
            slots.append(key.field, range, .string)
            found.note(key.role, slots)
        case .key:
            // Several keys become several values of the one field.
            if !value.isQuoted, let plain = Self.decode(source, value.range, text) {
                keys(key, plain, slots, found)
                return
            }
            slots.append(key.field, range, .string)
            found.note(key.role, slots)
        case .title:
            let plain = value.isQuoted ? nil : Self.decode(source, value.range, text)
            slots.append(key.field, plain.map(title) ?? range, .string)
            found.note(key.role, slots)
        case .socket:
            slots.append(key.field, range, .string)
            found.note(key.role, slots)
            found.hasSocket = socket(source, value.range, slots, found)
        default:
            slots.append(key.field, range, .string)
            found.note(key.role, slots)
            if !found.hasSocket { enriched(source, value.range, shift, slots, found) }
        }
    }

    private func keys(
        _ key: AuditKeys.Key, _ plain: Range<Int>, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        var start = plain.lowerBound
        for index in plain where text[index] == 0x01 {
            slots.append(key.field, start..<index, .string)
            found.note(key.role, slots)
            start = index + 1
        }
        slots.append(key.field, start..<plain.upperBound, .string)
        found.note(key.role, slots)
    }

    /// Turns the NULs between arguments into blanks and drops those at the end.
    private func title(_ plain: Range<Int>) -> Range<Int> {
        var end = plain.upperBound
        while end > plain.lowerBound, text[end - 1] == 0 { end -= 1 }
        for index in plain.lowerBound..<end where text[index] == 0 { text[index] = 0x20 }
        return plain.lowerBound..<end
    }

    private func socket(
        _ source: AuditBytes, _ range: Range<Int>, _ slots: AuditSlots, _ found: AuditFindings
    ) -> Bool {
        guard let address = SocketAddress(hexadecimal: source.slice(range), into: text) else { return false }
        let name: StaticString =
            switch address.family {
            case .unix: "local"
            case .inet: "inet"
            case .inet6: "inet6"
            case .netlink: "netlink"
            case .unspecified: "unspec"
            case .other: "other"
            }
        add(table.socketFamily, text.store(name), .string, slots, found)
        switch address.family {
        case .unix:
            if !address.address.isEmpty { add(table.socketPath, address.address, .string, slots, found) }
        case .inet, .inet6:
            add(table.socketAddress, address.address, .string, slots, found)
            add(table.socketPort, text.store(Int64(address.port)), .integer, slots, found)
        default: break
        }
        return true
    }

    private func add(
        _ field: FieldID, _ range: Range<Int>, _ kind: ValueKind, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        slots.append(field, range, kind)
        found.note(table.role(field), slots)
    }

    /// `SADDR={ saddr_fam=inet laddr=10.0.0.1 lport=443 }`: what a raw address would have given, when there is none.
    private func enriched(
        _ source: AuditBytes, _ range: Range<Int>, _ shift: Int, _ slots: AuditSlots, _ found: AuditFindings
    ) {
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            index = source.blank(from: index, to: range.upperBound)
            let end = index
            index += 1
            let equals = source.find(UInt8(ascii: "="), from: start, to: end)
            guard equals < end else { continue }
            let key = start..<equals
            let value = equals + 1 + shift..<end + shift
            if source.isEqual(key, "saddr_fam") || source.isEqual(key, "fam") {
                add(table.socketFamily, value, .string, slots, found)
            } else if source.isEqual(key, "laddr") {
                add(table.socketAddress, value, .string, slots, found)
            } else if source.isEqual(key, "lport") {
                let isInteger = source.isInteger(equals + 1..<end)
                add(table.socketPort, value, isInteger ? .integer : .string, slots, found)
            } else if source.isEqual(key, "path") {
                add(table.socketPath, value, .string, slots, found)
            }
        }
    }
}
