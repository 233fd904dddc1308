// SPDX-License-Identifier: Apache-2.0
import Events

/// What tests of saved state share.
public enum SavedBytes {
    /// What `save` writes.
    public static func of(_ vocabulary: Vocabulary, _ save: (inout StateWriter) -> Void) -> [UInt8] {
        var writer = StateWriter(vocabulary: vocabulary)
        save(&writer)
        return writer.bytes
    }

    /// Lets `restore` read bytes to their end.
    public static func read(
        _ bytes: [UInt8], _ vocabulary: Vocabulary, _ restore: (inout StateReader) throws(StateError) -> Void
    ) throws(StateError) {
        var reader = StateReader(bytes, vocabulary: vocabulary)
        try restore(&reader)
        guard reader.isAtEnd else { throw .torn }
    }

    /// A vocabulary that numbers everything that is not in the catalogue otherwise than others do.
    public static func otherVocabulary(_ random: inout SeededGenerator) -> Vocabulary {
        let vocabulary = Vocabulary()
        for number in 0..<random.number(1...9) {
            _ = vocabulary.field("unknown \(number)")
            _ = vocabulary.source(LogSource(product: "unknown \(number)"))
        }
        return vocabulary
    }

    /// Bytes with some bits turned, or cut, or with others in their place.
    public static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var damaged = bytes
        for _ in 0..<random.number(1...3) where !damaged.isEmpty {
            let place = random.number(0...damaged.count - 1)
            switch random.number(0...9) {
            case 0: damaged.removeSubrange(place...)
            case 1: damaged[place] = 0xFF
            case 2: damaged.remove(at: place)
            case 3: damaged.insert(UInt8(random.number(0...255)), at: place)
            default: damaged[place] ^= 1 << UInt8(random.number(0...7))
            }
        }
        return damaged
    }
}
