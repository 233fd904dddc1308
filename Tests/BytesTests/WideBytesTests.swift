// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct WideBytesTests {
    @Test(arguments: 0..<40)
    func `every byte of a key counts`(length: Int) {
        let key = (0..<length).map { UInt8($0 + 1) }
        let same = WideBytes.equal(key.span, key.span)
        #expect(same)
        for index in key.indices {
            var other = key
            other[index] ^= 0x80
            let (equal, hashes) = Self.compare(key, other)
            #expect(!equal && hashes.0 != hashes.1)
        }
        let longer = key + [0]
        let (equal, hashes) = Self.compare(key, longer)
        #expect(!equal && hashes.0 != hashes.1)
    }

    private static func compare(_ a: [UInt8], _ b: [UInt8]) -> (equal: Bool, hashes: (UInt64, UInt64)) {
        (WideBytes.equal(a.span, b.span), (WideBytes.hash(a.span), WideBytes.hash(b.span)))
    }
}
