// SPDX-License-Identifier: Apache-2.0

extension WideBytes {
    /// A hash whose collisions cannot be prepared by whoever writes the bytes, as long as the key is secret.
    ///
    /// Chain calls to hash a list: the length takes part, so `ab`, `c` and `a`, `bc` differ.
    @inlinable
    public static func hash(_ span: Span<UInt8>, key: UInt64) -> UInt64 {
        var hash = fold(key ^ UInt64(truncatingIfNeeded: span.count), 0xA076_1D64_78BD_642F)
        var index = 0
        while index &+ 8 <= span.count {
            hash = fold(hash ^ word(span, index), key ^ 0xE703_7ED1_A0B4_28DB)
            index &+= 8
        }
        if index < span.count { hash = fold(hash ^ rest(span, index), key ^ 0x8EBC_6AF0_9C88_C6E3) }
        return fold(hash, 0x5899_65CC_7537_4CC3)
    }

    /// Both halves of a product, which every bit of both factors reaches.
    @inlinable
    public static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
