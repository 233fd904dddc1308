// SPDX-License-Identifier: Apache-2.0

/// FNV-1a with 128 bits (Fowler, Noll, Vo; IETF draft-eastlake-fnv): names alerts the same way in every run.
///
/// It guards against chance, not against someone who makes collisions on purpose: nothing is decided by it.
struct FNV128: CustomStringConvertible {
    /// The FNV offset basis for 128 bits.
    private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    /// 2^88 + 2^8 + 0x3b.
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013b

    /// Adds a part, ended by a byte that UTF-8 never holds, so that parts cannot run into each other.
    mutating func add(_ part: String) {
        for byte in part.utf8 { add(byte) }
        add(0xff)
    }

    mutating func add(_ byte: UInt8) { state = (state ^ UInt128(byte)) &* Self.prime }

    /// 32 hexadecimal digits.
    var description: String {
        let halves = [UInt64(truncatingIfNeeded: state >> 64), UInt64(truncatingIfNeeded: state)]
        let digits = (0..<32).map { digit in
            let value = UInt8(truncatingIfNeeded: halves[digit / 16] >> UInt64(60 - 4 * (digit & 15))) & 15
            return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
