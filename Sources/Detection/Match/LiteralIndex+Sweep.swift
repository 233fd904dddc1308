// SPDX-License-Identifier: Apache-2.0
import CScan

extension LiteralIndex {
    /// How many bytes from the start of a text on, at most `most`, certainly have no substring beginning in them.
    ///
    /// The text is as it was before folding, and need not be one value: a record with all its values does as well. A text
    /// that is not ASCII is clear up to there. `readable` bytes may be read.
    ///
    /// PERF: vector instructions say where one may begin, where there are few enough literals for that; the bit maps of
    /// grams and pairs, which say it for any number, are asked about these places or else about all.
    @unsafe func clearLength(_ text: UnsafePointer<UInt8>, _ most: Int, readable: Int) -> Int {
        guard singles.count == 0 else { return 0 }
        let (substrings, pairs, prefilter) = unsafe (substrings, pairs, prefilter)
        let (hasGrams, hasPairs) = (!substrings.isEmpty, !pairs.isEmpty)
        var at = 0
        // A block of 32 places, with the bytes of grams that begin in it, is read at a time.
        while at < most, readable &- at >= Self.block {
            let bytes = unsafe UnsafeRawPointer(text + at)
            let places = min(most &- at, 32)
            var wide: UInt64 = 0
            var found: UInt32 = 0
            if let prefilter = unsafe prefilter {
                for index in 0..<5 { unsafe wide |= bytes.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self) }
                var likely = unsafe vd_scan_places(prefilter, text + at, places, readable &- at)
                while likely != 0 {
                    let place = likely.trailingZeroBitCount
                    let word = unsafe Self.folded(
                        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
                    if hasGrams && substrings.mayHold(UInt32(truncatingIfNeeded: word))
                        || hasPairs && pairs.mayHold(UInt32(truncatingIfNeeded: word & 0xFFFF))
                    {
                        found = 1 &<< UInt32(place)
                        break
                    }
                    likely &= likely &- 1
                }
            } else {
                for index in 0..<8 {
                    let word = unsafe bytes.loadUnaligned(fromByteOffset: index &* 4, as: UInt64.self).littleEndian
                    wide |= word
                    let folded = Self.folded(word)
                    var four: UInt32 = 0
                    if hasGrams { four = substrings.mayHold(fourGramsOf: folded) }
                    if hasPairs { four |= pairs.mayHold(fourPairsOf: folded) }
                    found |= four &<< UInt32(truncatingIfNeeded: index &* 4)
                }
                if places < 32 { found &= (1 &<< UInt32(places)) &- 1 }
            }
            if wide & 0x8080_8080_8080_8080 != 0 { return at }
            if found != 0 { return at &+ found.trailingZeroBitCount }
            at &+= 32
        }
        return min(at, most)
    }

    private static let block = 40

    /// Eight ASCII bytes in lower case.
    @inline(__always)
    private static func folded(_ word: UInt64) -> UInt64 {
        // The eighth bit of the first sum is set from `A` on, that of the second behind `Z`.
        let upper = ((word &+ 0x3F3F_3F3F_3F3F_3F3F) ^ (word &+ 0x2525_2525_2525_2525)) & 0x8080_8080_8080_8080
        return word | upper &>> 2
    }
}
