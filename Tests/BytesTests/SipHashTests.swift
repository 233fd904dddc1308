// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

/// The keyed hash, held against values that OpenSSL's SIPHASH (size 16) gives.
struct SipHashTests {
    private static let key = (0..<16).map { UInt8($0) }

    private func hex(_ digest: SipHash.Digest) -> String {
        digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"),
        (1, "da87c1d86b99af44347659119b22fc45"),
        (2, "8177228da4a45dc7fca38bdef60affe4"),
        (3, "9c70b60c5267a94e5f33b6b02985ed51"),
        (4, "f88164c12d9c8faf7d0f6e7c7bcd5579"),
        (5, "1368875980776f8854527a07690e9627"),
        (6, "14eeca338b208613485ea0308fd7a15e"),
        (7, "a1f1ebbed8dbc153c0b84aa61ff08239"),
        (8, "3b62a9ba6258f5610f83e264f31497b4"),
        (9, "264499060ad9baabc47f8b02bb6d71ed"),
        (63, "5150d1772f50834a503e069a973fbd7c"),
        (64, "1eaf077dc0d4cd3f8cad4d383658a74b"),
        (1000, "24dafa789ae03d86536a4b57372f0ba6"),
    ])
    func `texts of every length modulo eight hash as elsewhere`(length: Int, expected: String) throws {
        let hash = try #require(SipHash(key: Self.key))
        #expect(hex(hash.digest(of: (0..<length).map { UInt8(truncatingIfNeeded: $0) })) == expected)
    }

    @Test func `another key or purpose gives another hash`() throws {
        let hash = try #require(SipHash(key: Self.key))
        let other = try #require(SipHash(key: Array(Self.key.reversed())))
        let text: [UInt8] = [1, 2, 3]
        let digests = [hash, other, hash.derived(for: "a"), hash.derived(for: "b")].map { $0.digest(of: text) }
        #expect(Set(digests).count == 4)
    }

    @Test(arguments: [0, 15, 17]) func `a key has sixteen bytes`(count: Int) {
        #expect(SipHash(key: Array(repeating: 1, count: count)) == nil)
    }
}
