// SPDX-License-Identifier: Apache-2.0

/// SipHash-2-4 with a result of 128 bits: a fast hash under a secret key.
///
/// Without the key nobody can find two texts of equal hash or a text for a hash, so it serves as the seal of data that
/// leaves the process and comes back (J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012, and
/// the authors' 128-bit variant). About a byte a cycle.
package struct SipHash: Sendable {
    /// The length of keys and digests in bytes.
    package static let byteCount = 16

    /// A hash.
    package struct Digest: Hashable, Sendable {
        /// The first eight bytes, least significant first.
        package var low: UInt64
        /// The other eight.
        package var high: UInt64

        /// Puts a digest together.
        package init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }

        /// The sixteen bytes.
        package var bytes: [UInt8] {
            (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> UInt64(8 * ($0 & 7))) }
        }

        /// The bytes as 32 digits in lower case, for names of files.
        package var hexadecimal: String {
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    private let key: Digest

    /// Without a secret: for names that are the same in every run; nobody must be able to gain by equal ones.
    package static let unkeyed = SipHash(key: Digest(low: 0, high: 0))

    /// Takes a key of 16 bytes; nil for any other length.
    package init?(key: [UInt8]) {
        guard key.count == Self.byteCount else { return nil }
        let span = key.span
        self.key = Digest(low: Self.word(span, 0), high: Self.word(span, 8))
    }

    private init(key: Digest) { self.key = key }

    /// A hash whose key follows from this one's and a purpose, so that a digest made for one thing is worth nothing for
    /// another.
    package func derived(for purpose: String) -> SipHash { SipHash(key: digest(of: Array(purpose.utf8))) }

    /// The hash of a list of bytes.
    package func digest(of bytes: [UInt8]) -> Digest { digest(bytes.span) }

    /// The hash of some bytes.
    package func digest(_ bytes: Span<UInt8>) -> Digest {
        var state = State(key)
        var index = 0
        while index &+ 8 <= bytes.count {
            state.absorb(Self.word(bytes, index))
            index &+= 8
        }
        var last = UInt64(truncatingIfNeeded: bytes.count) << 56
        var shift: UInt64 = 0
        while index < bytes.count {
            last |= UInt64(bytes[index]) << shift
            shift &+= 8
            index &+= 1
        }
        state.absorb(last)
        return state.finish()
    }

    /// Eight bytes, least significant first; they must lie inside.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt64 {
        // SAFETY: callers ask for offsets at least eight bytes before the end.
        UInt64(littleEndian: unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The four words that are mixed.
    private struct State {
        var v0: UInt64
        var v1: UInt64
        var v2: UInt64
        var v3: UInt64

        init(_ key: Digest) {
            v0 = key.low ^ 0x736F_6D65_7073_6575
            v1 = key.high ^ 0x646F_7261_6E64_6F6D ^ 0xEE
            v2 = key.low ^ 0x6C79_6765_6E65_7261
            v3 = key.high ^ 0x7465_6462_7974_6573
        }

        @inline(__always)
        mutating func absorb(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        mutating func finish() -> Digest {
            v2 ^= 0xEE
            for _ in 0..<4 { round() }
            let low = v0 ^ v1 ^ v2 ^ v3
            v1 ^= 0xDD
            for _ in 0..<4 { round() }
            return Digest(low: low, high: v0 ^ v1 ^ v2 ^ v3)
        }

        @inline(__always)
        private mutating func round() {
            v0 &+= v1
            v1 = (v1 << 13 | v1 >> 51) ^ v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = (v3 << 16 | v3 >> 48) ^ v2
            v0 &+= v3
            v3 = (v3 << 21 | v3 >> 43) ^ v0
            v2 &+= v1
            v1 = (v1 << 17 | v1 >> 47) ^ v2
            v2 = v2 << 32 | v2 >> 32
        }
    }
}
