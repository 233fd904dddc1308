// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

@Suite struct FieldCacheTests {
    @Test func `names past the longest share one id and take no room`() {
        let vocabulary = Vocabulary()
        var cache = FieldCache(vocabulary)
        let known = vocabulary.fieldCount
        let longest = [UInt8](repeating: UInt8(ascii: "a"), count: FieldCache.longestName)
        #expect(cache.field((longest + longest).span) == .overflow)
        #expect(vocabulary.fieldCount == known)
        let parent = cache.field(longest.span)
        #expect(parent != .overflow)
        #expect(cache.field([UInt8(ascii: "b")].span, in: parent) == .overflow)
        #expect(vocabulary.fieldCount == known + 1)
    }
}
