// SPDX-License-Identifier: Apache-2.0

extension AuditFieldParser {
    /// Eight bytes, the first one lowest.
    ///
    /// SAFETY: callers see to it that they may be read.
    @unsafe @inline(__always)
    static func word(_ bytes: UnsafePointer<UInt8>, _ index: Int) -> UInt64 {
        unsafe UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
    }

    /// Marks bytes of a word that are blanks or control characters, the lowest of them rightly.
    ///
    /// The borrow of a subtraction runs upwards, from a byte that is one.
    @inline(__always)
    static func blanks(_ word: UInt64) -> UInt64 {
        (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
    }

    /// The first blank or control character from `index` on, at most `end`, behind which a word may be read.
    @unsafe @inline(__always)
    static func blank(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
        var at = index
        while at < end {
            let marks = unsafe blanks(word(bytes, at))
            if marks != 0 { return min(end, at &+ marks.trailingZeroBitCount &>> 3) }
            at &+= 8
        }
        return end
    }

    /// The first byte from `index` on, at most `end`, that is the one `pattern` repeats.
    @unsafe @inline(__always)
    static func find(_ pattern: UInt64, _ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
        var at = index
        while at < end {
            let word = unsafe word(bytes, at) ^ pattern
            let marks = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if marks != 0 { return min(end, at &+ marks.trailingZeroBitCount &>> 3) }
            at &+= 8
        }
        return end
    }

    /// Whether the first bytes of a word, fewer than eight, are decimal digits, and there are any.
    @inline(__always)
    static func areDigits(_ word: UInt64, _ count: Int) -> Bool {
        let digits = (word ^ 0x3030_3030_3030_3030) & ~(~0 << UInt64(truncatingIfNeeded: count &* 8))
        return count > 0 && (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0
    }
}
