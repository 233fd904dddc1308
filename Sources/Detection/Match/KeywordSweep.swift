// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// Finds where in the bytes of a batch keywords stand, whatever values lie there.
///
/// What a keyword test asks of a value, be it to contain the text or to equal it, the value can only satisfy when it
/// contains the text. So one sweep over the bytes, before anything is folded, clears all values in which none was found,
/// and serves every event whose values lie there: that of a record and that made of it.
final class KeywordSweep {
    private let literals: RawBlock<UInt8>
    private let substrings: EntryTableStore
    private let pairs: EntryTableStore
    private let prefilter: SubstringPrefilter?
    private let tables: RawBlock<SweepTables>

    /// Nil when a single byte or nothing is looked for: it stands everywhere.
    ///
    /// Texts are folded. Those that are not ASCII are left out, for bytes that are not ASCII always count as found.
    init?(_ texts: [[UInt8]]) {
        guard texts.allSatisfy({ $0.count > 1 }) else { return nil }
        let texts = Set(texts.filter { $0.allSatisfy { $0 < 0x80 } }).sorted { $0.lexicographicallyPrecedes($1) }
        let anchors = KeywordAnchors(texts)
        var bytes: [UInt8] = []
        var long: [LiteralEntry] = []
        var short: [LiteralEntry] = []
        for (index, text) in texts.enumerated() {
            let place = anchors.places[index]
            let entry = LiteralEntry(
                key: KeywordAnchors.key(text, place), predicate: 0, start: Int32(bytes.count),
                length: Int32(text.count), gram: Int32(place))
            if text.count >= 4 { long.append(entry) } else { short.append(entry) }
            bytes += text
        }
        // Literals are compared eight bytes at a time.
        literals = RawBlock(bytes + [UInt8](repeating: 0, count: 8))
        substrings = EntryTableStore(long)
        pairs = EntryTableStore(short)
        prefilter = SubstringPrefilter(buckets: anchors.buckets, mostFalseAlarms: 0.6)
        tables = unsafe RawBlock([
            SweepTables(
                literals: literals.pointer, substrings: substrings.table, pairs: pairs.table,
                masks: prefilter.map { unsafe UnsafePointer($0.masks.pointer) })
        ])
    }

    /// What is looked at, valid as long as this object lives.
    @unsafe var pointer: UnsafePointer<SweepTables> { unsafe UnsafePointer(tables.pointer) }
}

/// What a `KeywordSweep` looks at.
///
/// SAFETY: whoever holds it holds the sweep, too.
@safe struct SweepTables: BitwiseCopyable {
    private let literals: UnsafeMutablePointer<UInt8>
    private let substrings: EntryTable
    private let pairs: EntryTable
    private let masks: UnsafePointer<vd_scan_masks>?
    private let grams: vd_scan_grams
    private let pairGrams: vd_scan_grams

    fileprivate init(
        literals: UnsafeMutablePointer<UInt8>, substrings: EntryTable, pairs: EntryTable,
        masks: UnsafePointer<vd_scan_masks>?
    ) {
        unsafe self.literals = literals
        self.substrings = substrings
        self.pairs = pairs
        unsafe self.masks = masks
        unsafe grams = substrings.grams
        unsafe pairGrams = pairs.grams
    }

    /// A bit for each 64 of at most 4,096 bytes in which some keyword stands or a byte is not ASCII; bit 0 for the first.
    ///
    /// `before` and `readable` bytes may be read before `text` and from it on.
    @unsafe func blocks(_ text: UnsafePointer<UInt8>, _ length: Int, before: Int, readable: Int) -> UInt64 {
        // SAFETY: the caller lends the memory, and all stay within it.
        var found = unsafe vd_scan_wide(text, length)
        var place = 0
        while true {
            place = unsafe withUnsafePointer(to: grams) { grams in
                unsafe withUnsafePointer(to: pairGrams) { pairGrams in
                    unsafe vd_scan_next(
                        masks, substrings.isEmpty ? nil : grams, pairs.isEmpty ? nil : pairGrams, text, place, length,
                        readable)
                }
            }
            if place < 0 { return found }
            let bit: UInt64 = 1 &<< UInt64(place &>> 6)
            if found & bit == 0, unsafe holds(text + place, before: before &+ place, readable: readable &- place) {
                found |= bit
            }
            place &+= 1
        }
    }

    /// Whether a keyword stands where its anchor was found.
    @inline(never)
    @unsafe private func holds(_ anchor: UnsafePointer<UInt8>, before: Int, readable: Int) -> Bool {
        var found = false
        func look(_ entry: LiteralEntry) {
            let (gram, length) = (Int(entry.gram), Int(entry.length))
            guard gram <= before, length &- gram <= readable else { return }
            // SAFETY: the text lies within what may be read, the literal in the block its builder put it.
            found = unsafe found || Self.equal(anchor - gram, literals + Int(entry.start), length)
        }
        let gram = unsafe Self.folded(anchor, min(4, readable))
        if !substrings.isEmpty, readable >= 4 { substrings.forEach(UInt32(truncatingIfNeeded: gram), look) }
        if !pairs.isEmpty, readable >= 2 { pairs.forEach(UInt32(truncatingIfNeeded: gram & 0xFFFF), look) }
        return found
    }

    /// Whether a text, once folded, is a literal of the same length.
    @unsafe private static func equal(_ text: UnsafePointer<UInt8>, _ literal: UnsafePointer<UInt8>, _ length: Int)
        -> Bool
    {
        var index = 0
        while index < length {
            let count = min(8, length &- index)
            let wanted = unsafe UnsafeRawPointer(literal).loadUnaligned(fromByteOffset: index, as: UInt64.self)
                .littleEndian
            let mask: UInt64 = count == 8 ? .max : 1 &<< UInt64(count &* 8) &- 1
            if unsafe folded(text + index, count) != wanted & mask { return false }
            index &+= 8
        }
        return true
    }

    /// Up to eight bytes of a text, ASCII letters in lower case, the first lowest.
    @unsafe private static func folded(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var word: UInt64 = 0
        if count == 8 {
            word = unsafe UnsafeRawPointer(text).loadUnaligned(as: UInt64.self).littleEndian
        } else {
            for index in 0..<count { word |= unsafe UInt64(text[index]) &<< UInt64(index &* 8) }
        }
        // What is not ASCII must not carry into its neighbour.
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        // The eighth bit of the first sum is set from `A` on, that of the second behind `Z`.
        let upper = ((low &+ 0x3F3F_3F3F_3F3F_3F3F) ^ (low &+ 0x2525_2525_2525_2525)) & ~word & 0x8080_8080_8080_8080
        return word | upper &>> 2
    }
}
