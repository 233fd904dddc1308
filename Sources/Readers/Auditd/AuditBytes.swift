// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Bytes audit records are read from, eight at a time where that helps.
///
/// PERF: every byte of a log passes here; spans in its place cost a bounds check an access and cannot look at a word
/// that reaches beyond a value's end.
/// SAFETY: valid only while the buffer it was made of is. Positions handed out lie below `count`, and words that reach
/// beyond what may be read are put together byte by byte.
@safe struct AuditBytes {
    private let start: UnsafePointer<UInt8>
    /// How many bytes there are.
    let count: Int
    /// How many may be read, at least `count`.
    private let readable: Int

    /// A view on `count` bytes, of memory in which `readable` may be read.
    @unsafe init(_ start: UnsafePointer<UInt8>, count: Int, readable: Int) {
        unsafe self.start = start
        self.count = count
        self.readable = readable
    }

    /// A view on a buffer.
    @unsafe init(_ buffer: UnsafeBufferPointer<UInt8>) {
        // SAFETY: without an element nothing is ever read; any pointer will do.
        unsafe start = buffer.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped
        count = buffer.count
        readable = buffer.count
    }

    /// A byte.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        // SAFETY: see the type.
        unsafe start[index]
    }

    /// Some of the bytes; none of a range that does not lie in what can be read.
    @inline(__always)
    func slice(_ range: Range<Int>) -> AuditBytes {
        guard range.lowerBound >= 0, range.upperBound <= readable else {
            return unsafe AuditBytes(start, count: 0, readable: 0)
        }
        return unsafe AuditBytes(start + range.lowerBound, count: range.count, readable: readable &- range.lowerBound)
    }

    /// Calls `body` with some of the bytes.
    @inline(__always)
    func with<Result>(_ range: Range<Int>, _ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: see the type.
        body(unsafe Span(_unsafeStart: start + range.lowerBound, count: range.count))
    }

    /// Calls `body` with all of the bytes.
    @inline(__always)
    func with<Result>(_ body: (Span<UInt8>) -> Result) -> Result { with(0..<count, body) }

    /// Where the bytes lie.
    @unsafe @inline(__always)
    var memory: UnsafePointer<UInt8> { unsafe start }

    /// Whether words may be read beyond a position without looking, as far as two words.
    @inline(__always)
    func isPadded(at end: Int) -> Bool { end &+ 16 <= readable }

    /// Eight bytes from `index` on, the first one lowest; what lies beyond the readable bytes is zero.
    @inline(__always)
    func word(_ index: Int) -> UInt64 {
        if index &+ 8 <= readable {
            // SAFETY: any eight bytes are a UInt64, and these may be read.
            return unsafe UInt64(
                littleEndian: UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self))
        }
        return lastWord(index)
    }

    @inline(never)
    private func lastWord(_ index: Int) -> UInt64 {
        var word: UInt64 = 0
        var at = readable
        while at > index {
            at -= 1
            word = unsafe word << 8 | UInt64(start[at])
        }
        return word
    }

    /// The first position from `index` on, at most `end`, that holds a blank or a control character.
    @inline(__always)
    func blank(from index: Int, to end: Int) -> Int {
        var at = index
        while at < end {
            let word = word(at)
            // Of the marked bytes the lowest is always one below 0x21 (the borrow only runs upwards from there).
            let marks = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
            if marks != 0 { return min(end, at &+ marks.trailingZeroBitCount &>> 3) }
            at &+= 8
        }
        return end
    }

    /// The first position from `index` on, at most `end`, that holds a byte.
    @inline(__always)
    func find(_ byte: UInt8, from index: Int, to end: Int) -> Int {
        let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
        var at = index
        while at < end {
            let word = word(at) ^ pattern
            let marks = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if marks != 0 { return min(end, at &+ marks.trailingZeroBitCount &>> 3) }
            at &+= 8
        }
        return end
    }

    /// Whether some of the bytes are a whole number's decimal digits, at most twenty places with the sign.
    @inline(__always)
    func isInteger(_ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        if range.count > 20 || range.isEmpty { return false }
        if self[at] == UInt8(ascii: "-") {
            at &+= 1
            if at == range.upperBound { return false }
        }
        while at < range.upperBound {
            let left = range.upperBound &- at
            var digits = word(at) ^ 0x3030_3030_3030_3030
            if left < 8 { digits &= ~(~0 << UInt64(truncatingIfNeeded: left &* 8)) }
            if (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 != 0 { return false }
            at &+= 8
        }
        return true
    }

    /// Whether some of the bytes are a literal.
    @inline(__always)
    func isEqual(_ range: Range<Int>, _ literal: StaticString) -> Bool {
        with(range) { equalBytes($0, literal) }
    }
}
