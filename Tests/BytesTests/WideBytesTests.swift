// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct WideBytesTests {
    @Test(arguments: 0..<40)
    func `every byte of a key counts`(length: Int) {
        let key = (0..<length).map { UInt8($0 + 1) }
        #expect(WideBytes.equal(key.span, key.span))
        for index in key.indices {
            var other = key
            other[index] ^= 0x80
            #expect(!WideBytes.equal(key.span, other.span))
            #expect(WideBytes.hash(key.span) != WideBytes.hash(other.span))
        }
        let longer = key + [0]
        #expect(!WideBytes.equal(key.span, longer.span))
        #expect(WideBytes.hash(key.span) != WideBytes.hash(longer.span))
    }
}
