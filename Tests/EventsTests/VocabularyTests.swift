// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

@Suite struct VocabularyTests {
    @Test func `catalogued fields have the id of their constant`() {
        let vocabulary = Vocabulary()
        #expect(vocabulary.field("CommandLine") == .commandLine)
        #expect(vocabulary.name(of: .containerImageName) == "container.image.name")
    }

    @Test func `a cache finds nested names and agrees with the vocabulary`() {
        let vocabulary = Vocabulary()
        var cache = FieldCache(vocabulary)
        for number in 0..<5000 {
            let key = Array("key\(number)".utf8)
            let parent = cache.field(key.span)
            let child = cache.field(Array("inner".utf8).span, in: parent)
            #expect(vocabulary.name(of: child) == "key\(number).inner")
            #expect(cache.field(key.span) == parent)
        }
    }

    @Test func `names past the capacity share one id`() {
        let vocabulary = Vocabulary(capacity: FieldCatalogue.names.count + 1)
        #expect(vocabulary.field("first") != .overflow)
        #expect(vocabulary.field("second") == .overflow)
        #expect(vocabulary.field("CommandLine") == .commandLine)
    }
}
