// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension EVTXOutput {
    /// Writes one value as Windows shows it; nil when it does not fit.
    ///
    /// A value shorter than its type is filled up with zeros, an empty one is an empty text.
    @inline(__always)
    mutating func write(_ type: UInt8, _ value: RawSpan) -> ValueKind? {
        if type == EVTXValueType.string { return writeUTF16(value) ? .string : nil }
        return writeOther(type, value)
    }

    /// Writes UTF-16 up to its first NUL.
    @inline(__always)
    mutating func writeUTF16(_ value: RawSpan) -> Bool {
        let units = value.byteCount >> 1
        guard let target = unsafe room(units &* 3 &+ 8) else { return false }
        // SAFETY: the source has that many units and the target room for three bytes each.
        let written = unsafe value.withUnsafeBytes { source -> UTF16Text.Written in
            guard let start = source.baseAddress else { return UTF16Text.Written() }
            return unsafe UTF16Text.write(start, units: units, to: target)
        }
        repaired &+= written.repaired
        advance(written.count)
        return true
    }

    private mutating func writeOther(_ type: UInt8, _ value: RawSpan) -> ValueKind? {
        let size = value.byteCount
        if size == 0 { return .string }
        switch type {
        case EVTXValueType.ansiString: return writeANSI(value) ? .string : nil
        case EVTXValueType.int8: return signed(Int64(Int8(truncatingIfNeeded: Self.number(value, 1))))
        case EVTXValueType.int16: return signed(Int64(Int16(truncatingIfNeeded: Self.number(value, 2))))
        case EVTXValueType.int32: return signed(Int64(Int32(truncatingIfNeeded: Self.number(value, 4))))
        case EVTXValueType.int64: return signed(Int64(bitPattern: Self.number(value, 8)))
        case EVTXValueType.uint8: return unsigned(Self.number(value, 1))
        case EVTXValueType.uint16: return unsigned(Self.number(value, 2))
        case EVTXValueType.uint32: return unsigned(Self.number(value, 4))
        case EVTXValueType.uint64: return unsigned(Self.number(value, 8))
        case EVTXValueType.boolean:
            let number = Self.number(value, 4)
            // Anything but 0 and 1 is shown as the number it is.
            guard number <= 1 else { return signed(Int64(Int32(truncatingIfNeeded: number))) }
            return write(number == 1 ? "true" : "false") ? .boolean : nil
        case EVTXValueType.real32:
            return writeReal(Float(bitPattern: UInt32(truncatingIfNeeded: Self.number(value, 4))))
        case EVTXValueType.real64: return writeReal(Double(bitPattern: Self.number(value, 8)))
        case EVTXValueType.guid: return writeGUID(value) ? .string : nil
        case EVTXValueType.hexInt32, EVTXValueType.handle: return hexadecimal(Self.number(value, 4))
        case EVTXValueType.hexInt64: return hexadecimal(Self.number(value, 8))
        case EVTXValueType.size: return hexadecimal(Self.number(value, size < 8 ? 4 : 8))
        case EVTXValueType.fileTime: return writeFileTime(Self.number(value, 8)) ? .string : nil
        case EVTXValueType.systemTime: return writeSystemTime(value) ? .string : nil
        case EVTXValueType.securityID: return writeSecurityID(value) ? .string : nil
        case EVTXValueType.xml: return writeUTF16(value) ? .string : nil
        default: return writeBytes(value) ? .string : nil
        }
    }

    /// The first bytes of a value as a little-endian number.
    @inline(__always)
    static func number(_ value: RawSpan, _ width: Int) -> UInt64 {
        if value.byteCount >= width {
            switch width {
            case 1: return UInt64(value.unsigned8(0))
            case 2: return UInt64(value.unsigned16(0))
            case 4: return UInt64(value.unsigned32(0))
            default: return value.unsigned64(0)
            }
        }
        var number: UInt64 = 0
        for index in 0..<value.byteCount { number |= UInt64(value.unsigned8(index)) << UInt64(8 &* index) }
        return number
    }

    /// Writes a literal.
    mutating func write(_ literal: StaticString) -> Bool {
        // SAFETY: a static string's UTF-8 lives as long as the program.
        unsafe append(literal.utf8Start, count: literal.utf8CodeUnitCount)
    }

    private mutating func signed(_ value: Int64) -> ValueKind? {
        guard unsafe room(20) != nil else { return nil }
        if value < 0 { put(UInt8(ascii: "-")) }
        writeDecimal(value.magnitude)
        return .integer
    }

    private mutating func unsigned(_ value: UInt64) -> ValueKind? {
        guard unsafe room(20) != nil else { return nil }
        writeDecimal(value)
        return .integer
    }

    private mutating func writeReal(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> ValueKind? {
        if value.isNaN { return write("NaN") ? .float : nil }
        // Rare enough for a String; its digits are the shortest that read back as the same number.
        for byte in value.description.utf8 {
            guard unsafe room(1) != nil else { return nil }
            put(byte)
        }
        return .float
    }

    /// Windows-1252, the code page nearly all logs were written with (WHATWG Encoding Standard, index windows-1252).
    private mutating func writeANSI(_ value: RawSpan) -> Bool {
        guard unsafe room(value.byteCount &* 3) != nil else { return false }
        for index in 0..<value.byteCount {
            let byte = value.unsigned8(index)
            if byte == 0 { break }
            let isOdd = byte & 0xE0 == 0x80
            let scalar = isOdd ? UInt32(Self.windows1252[Int(byte & 0x1F)]) : UInt32(byte)
            guard let target = unsafe room(4) else { return false }
            advance(unsafe UTF16Text.encode(scalar, to: target))
        }
        return true
    }

    /// What Windows-1252 has at 0x80 to 0x9F.
    private static let windows1252: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
        0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x009D, 0x017E, 0x0178,
    ]
}
