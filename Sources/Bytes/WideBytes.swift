// SPDX-License-Identifier: Apache-2.0

/// Hashing and comparing eight bytes at a time, for short keys looked up for each field of each event.
public enum WideBytes {
    /// A hash for tables that compare keys after a hit; its values differ between machines of different byte order.
    ///
    /// Bits of `setting` are set in each eight bytes first: 0x20 in each makes letters of both cases one.
    @inlinable
    public static func hash(_ span: Span<UInt8>, setting: UInt64 = 0) -> UInt64 {
        // The constant is 2^64 divided by the golden ratio, odd.
        var hash = UInt64(truncatingIfNeeded: span.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= span.count {
            hash = (hash ^ (word(span, index) | setting)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index &+= 8
        }
        if index < span.count {
            hash = (hash ^ (rest(span, index) | setting)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return hash ^ (hash >> 32)
    }

    /// Whether two spans hold the same bytes.
    @inlinable
    public static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        var index = 0
        while index &+ 8 <= a.count {
            if word(a, index) != word(b, index) { return false }
            index &+= 8
        }
        while index < a.count {
            if a[index] != b[index] { return false }
            index &+= 1
        }
        return true
    }

    /// Eight bytes from `index` on, which must all lie in the span.
    @inlinable
    static func word(_ span: Span<UInt8>, _ index: Int) -> UInt64 {
        // SAFETY: any eight bytes are a UInt64, and the load checks that they lie in the span.
        unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    }

    /// The up to seven bytes from `index` on.
    @inlinable
    static func rest(_ span: Span<UInt8>, _ index: Int) -> UInt64 {
        if span.count >= 8 { return word(span, span.count &- 8) }
        var value: UInt64 = 0
        var at = index
        while at < span.count {
            value = value << 8 | UInt64(span[at])
            at &+= 1
        }
        return value
    }
}
