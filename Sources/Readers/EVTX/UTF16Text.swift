// SPDX-License-Identifier: Apache-2.0

/// Turns UTF-16 in memory into UTF-8, eight units at a time where they are ASCII.
///
/// `UTF16Decoder` does the same for a stream that arrives in pieces.
enum UTF16Text {
    /// What a text came out as.
    struct Written {
        /// Bytes written.
        var count = 0
        /// Units without a partner, each of which became U+FFFD (Unicode 15, section 3.9).
        var repaired = 0
        /// Units taken, without the NUL that ended the text.
        var taken = 0
    }

    /// Writes little-endian units up to the first NUL; the target must have room for three bytes a unit.
    static func write(
        _ source: UnsafeRawPointer, units: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> Written {
        var written = Written()
        var at = 0
        var out = 0
        while at < units {
            // SAFETY: eight units lie ahead of `at`, and the target has room for at least as many bytes.
            while at &+ 8 <= units {
                let low = unsafe word(source, at)
                let high = unsafe word(source, at &+ 4)
                guard isText(low), isText(high) else { break }
                let packed = narrow(low) | narrow(high) << 32
                unsafe UnsafeMutableRawPointer(target + out).storeBytes(of: packed.littleEndian, as: UInt64.self)
                at &+= 8
                out &+= 8
            }
            guard at < units else { break }
            let unit = unsafe self.unit(source, at)
            at &+= 1
            if unit < 0x80 {
                if unit == 0 {
                    at &-= 1
                    break
                }
                unsafe target[out] = UInt8(truncatingIfNeeded: unit)
                out &+= 1
                continue
            }
            var scalar = UInt32(unit)
            if unit & 0xF800 == 0xD800 {
                let next = at < units ? unsafe self.unit(source, at) : 0
                if unit & 0xFC00 == 0xD800, next & 0xFC00 == 0xDC00 {
                    scalar = 0x1_0000 &+ (UInt32(unit & 0x3FF) << 10 | UInt32(next & 0x3FF))
                    at &+= 1
                } else {
                    scalar = 0xFFFD
                    written.repaired &+= 1
                }
            }
            out &+= unsafe encode(scalar, to: target + out)
        }
        written.count = out
        written.taken = at
        return written
    }

    /// Writes a scalar of two bytes or more, or of one; gives how many.
    @unsafe static func encode(_ scalar: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F }
        // SAFETY: callers have room for four bytes.
        switch scalar {
        case ..<0x80:
            unsafe target[0] = UInt8(truncatingIfNeeded: scalar)
            return 1
        case ..<0x800:
            unsafe target[0] = 0xC0 | UInt8(truncatingIfNeeded: scalar >> 6)
            unsafe target[1] = tail(0)
            return 2
        case ..<0x1_0000:
            unsafe target[0] = 0xE0 | UInt8(truncatingIfNeeded: scalar >> 12)
            unsafe target[1] = tail(6)
            unsafe target[2] = tail(0)
            return 3
        default:
            unsafe target[0] = 0xF0 | UInt8(truncatingIfNeeded: scalar >> 18)
            unsafe target[1] = tail(12)
            unsafe target[2] = tail(6)
            unsafe target[3] = tail(0)
            return 4
        }
    }

    @unsafe private static func word(_ source: UnsafeRawPointer, _ unit: Int) -> UInt64 {
        unsafe UInt64(littleEndian: source.loadUnaligned(fromByteOffset: unit &* 2, as: UInt64.self))
    }

    @unsafe private static func unit(_ source: UnsafeRawPointer, _ unit: Int) -> UInt16 {
        unsafe UInt16(littleEndian: source.loadUnaligned(fromByteOffset: unit &* 2, as: UInt16.self))
    }

    /// Whether all four units are ASCII and none is NUL: adding 0x7F carries into bit 7 of all but zero.
    @inline(__always)
    private static func isText(_ word: UInt64) -> Bool {
        word & 0xFF80_FF80_FF80_FF80 == 0
            && (word &+ 0x007F_007F_007F_007F) & 0x0080_0080_0080_0080 == 0x0080_0080_0080_0080
    }

    /// The low bytes of four units side by side.
    @inline(__always)
    private static func narrow(_ word: UInt64) -> UInt64 {
        let pairs = (word | word >> 8) & 0x0000_FFFF_0000_FFFF
        return (pairs | pairs >> 16) & 0x0000_0000_FFFF_FFFF
    }
}
