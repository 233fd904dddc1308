// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension EVTXOutput {
    /// Writes one byte for which the caller has made sure of room.
    @inline(__always)
    mutating func put(_ byte: UInt8) {
        guard let target = unsafe room(1) else { return }
        // SAFETY: there is room for a byte.
        unsafe target.pointee = byte
        advance(1)
    }

    /// Writes a number's digits.
    mutating func writeDecimal(_ value: UInt64) {
        if value < 10 {
            put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value))
            return
        }
        var digits = 2
        var bound: UInt64 = 100
        while digits < 19, value >= bound {
            bound &*= 10
            digits &+= 1
        }
        if digits == 19, value >= 10_000_000_000_000_000_000 { digits = 20 }
        writeDecimal(value, digits: digits)
    }

    /// Writes the last `digits` digits of a number.
    mutating func writeDecimal(_ value: UInt64, digits: Int) {
        guard let target = unsafe room(digits) else { return }
        var index = digits
        var rest = value
        // SAFETY: there is room for all digits.
        while index > 0, rest > UInt64(UInt32.max) {
            index &-= 1
            unsafe target[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        // PERF: half as wide divisions take half the time.
        var narrow = UInt32(truncatingIfNeeded: rest)
        while index > 0 {
            index &-= 1
            unsafe target[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: narrow % 10)
            narrow /= 10
        }
        advance(digits)
    }

    /// Writes `0x1f4`.
    mutating func hexadecimal(_ value: UInt64) -> ValueKind? {
        guard let target = unsafe room(24) else { return nil }
        let out = UnsafeMutableRawPointer(target)
        let count = max(1, (67 &- value.leadingZeroBitCount) >> 2)
        let low = Self.digits(UInt32(truncatingIfNeeded: value).byteSwapped, letters: 39)
        // SAFETY: the last store ends at byte 18 or before, and there is room for 24.
        unsafe out.storeBytes(of: UInt16(0x7830).littleEndian, as: UInt16.self)
        if count <= 8 {
            unsafe out.storeBytes(
                of: (low >> UInt64(64 &- 8 &* count)).littleEndian, toByteOffset: 2, as: UInt64.self)
        } else {
            let high = Self.digits(UInt32(truncatingIfNeeded: value >> 32).byteSwapped, letters: 39)
            unsafe out.storeBytes(
                of: (high >> UInt64(128 &- 8 &* count)).littleEndian, toByteOffset: 2, as: UInt64.self)
            unsafe out.storeBytes(of: low.littleEndian, toByteOffset: count &- 6, as: UInt64.self)
        }
        advance(2 &+ count)
        return .string
    }

    /// Writes bytes as pairs of upper-case digits.
    mutating func writeBytes(_ value: RawSpan) -> Bool {
        let size = value.byteCount
        guard let target = unsafe room(size &* 2 &+ 8) else { return false }
        var index = 0
        var out = 0
        while index < size {
            // SAFETY: there is room for two digits a byte, and for the six more that the last step may write.
            unsafe UnsafeMutableRawPointer(target + out).storeBytes(
                of: Self.digits(value.unsigned32(index, upTo: size)).littleEndian, as: UInt64.self)
            index &+= 4
            out &+= 8
        }
        advance(size &* 2)
        return true
    }

    /// Writes `03020100-0504-0706-0809-0A0B0C0D0E0F` ([MS-DTYP] 2.3.4.3): the first three numbers are little-endian.
    mutating func writeGUID(_ value: RawSpan) -> Bool {
        guard value.byteCount >= 16 else { return writeBytes(value) }
        guard let target = unsafe room(40) else { return false }
        let middle = value.unsigned32(4)
        let parts = (
            Self.digits(value.unsigned32(0).byteSwapped),
            Self.digits((middle & 0xFF00_FF00) >> 8 | (middle & 0x00FF_00FF) << 8),
            Self.digits(value.unsigned32(8)), Self.digits(value.unsigned32(12))
        )
        let out = UnsafeMutableRawPointer(target)
        let dash = UInt8(ascii: "-")
        // SAFETY: the last store ends at byte 36, and there is room for 40.
        unsafe out.storeBytes(of: parts.0.littleEndian, as: UInt64.self)
        unsafe target[8] = dash
        unsafe out.storeBytes(of: UInt32(truncatingIfNeeded: parts.1).littleEndian, toByteOffset: 9, as: UInt32.self)
        unsafe target[13] = dash
        unsafe out.storeBytes(
            of: UInt32(truncatingIfNeeded: parts.1 >> 32).littleEndian, toByteOffset: 14, as: UInt32.self)
        unsafe target[18] = dash
        unsafe out.storeBytes(of: UInt32(truncatingIfNeeded: parts.2).littleEndian, toByteOffset: 19, as: UInt32.self)
        unsafe target[23] = dash
        unsafe out.storeBytes(
            of: UInt32(truncatingIfNeeded: parts.2 >> 32).littleEndian, toByteOffset: 24, as: UInt32.self)
        unsafe out.storeBytes(of: parts.3.littleEndian, toByteOffset: 28, as: UInt64.self)
        advance(36)
        return true
    }

    /// Eight digits of four bytes, the first byte's first; letters lie 7 (or 39 for small ones) behind the digits.
    @inline(__always)
    private static func digits(_ bytes: UInt32, letters distance: UInt64 = 7) -> UInt64 {
        // Spread to one digit a byte, the high one of each byte first.
        var spread = UInt64(bytes)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread >> 4 & 0x000F_000F_000F_000F) | (spread & 0x000F_000F_000F_000F) << 8
        // Adding 6 carries into bit 4 of the digits above 9.
        let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* distance
    }
}

extension RawSpan {
    /// Four bytes, those at `end` and behind it as zero.
    @inline(__always)
    fileprivate func unsigned32(_ offset: Int, upTo end: Int) -> UInt32 {
        if offset &+ 4 <= end { return unsigned32(offset) }
        var value: UInt32 = 0
        var index = offset
        while index < end {
            value |= UInt32(unsigned8(index)) << UInt32(8 &* (index &- offset))
            index &+= 1
        }
        return value
    }
}
