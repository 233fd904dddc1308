// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// A literal and where the gram it is filed under stands in it.
struct LiteralEntry: BitwiseCopyable {
    var key: UInt32
    var predicate: Int32
    var start: Int32
    var length: Int32
    var gram: Int32
}

/// Literals filed under a 32-bit key: a bit map in front, then a table of runs.
final class EntryTableStore {
    private let entries: RawBlock<LiteralEntry>
    private let starts: RawBlock<Int32>
    private let filter: RawBlock<UInt64>
    private let shift: UInt32
    private let filterShift: UInt32

    init(_ list: [LiteralEntry]) {
        var bits: UInt32 = 4
        while 1 << bits < list.count * 2 { bits += 1 }
        let shift = 32 - bits
        self.shift = shift
        // Sixteen times as many bits as slots: few absent keys find their bit set. Small maps may have more of them.
        let filterBits = max(bits + 4, min(bits + 7, 15))
        filterShift = 32 - filterBits
        var map = [UInt64](repeating: 0, count: 1 << Int(filterBits - 6))
        let sorted = list.sorted {
            (EntryTable.slot($0.key, shift), $0.key) < (EntryTable.slot($1.key, shift), $1.key)
        }
        var runs = [Int32](repeating: 0, count: (1 << Int(bits)) + 1)
        for entry in sorted {
            runs[EntryTable.slot(entry.key, shift) + 1] += 1
            let bit = EntryTable.bit(entry.key, filterShift)
            map[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        for index in 1..<runs.count { runs[index] += runs[index - 1] }
        entries = RawBlock(sorted)
        starts = RawBlock(runs)
        filter = RawBlock(map)
    }

    /// The table, valid as long as this object lives.
    var table: EntryTable {
        unsafe EntryTable(
            isEmpty: entries.count == 0, shift: shift, filterShift: filterShift, entries: entries.pointer,
            starts: starts.pointer, filter: filter.pointer)
    }
}

/// The parts of an `EntryTableStore`, to be read without counting references.
///
/// SAFETY: whoever holds it holds the store, too.
@safe struct EntryTable: BitwiseCopyable {
    let isEmpty: Bool
    fileprivate let shift: UInt32
    fileprivate let filterShift: UInt32
    /// Those of one slot of the table next to each other.
    private let entries: UnsafeMutablePointer<LiteralEntry>
    private let starts: UnsafeMutablePointer<Int32>
    private let filter: UnsafeMutablePointer<UInt64>

    fileprivate init(
        isEmpty: Bool, shift: UInt32, filterShift: UInt32, entries: UnsafeMutablePointer<LiteralEntry>,
        starts: UnsafeMutablePointer<Int32>, filter: UnsafeMutablePointer<UInt64>
    ) {
        self.isEmpty = isEmpty
        self.shift = shift
        self.filterShift = filterShift
        unsafe self.entries = entries
        unsafe self.starts = starts
        unsafe self.filter = filter
    }

    /// The bit map in front.
    @unsafe var grams: vd_scan_grams { unsafe vd_scan_grams(bits: filter, shift: filterShift) }

    /// False when nothing is filed under the key; true when something probably is.
    @inline(__always)
    func mayHold(_ key: UInt32) -> Bool {
        let bit = Self.bit(key, filterShift)
        // SAFETY: the shift leaves as many bits as the map has.
        return unsafe filter[bit &>> 6] & (1 &<< UInt64(bit & 63)) != 0
    }

    /// Which of the four grams at the start of eight bytes something may be filed under: bit 0 for the first.
    @inline(__always)
    func mayHold(fourGramsOf word: UInt64) -> UInt32 {
        // PERF: four looks without a branch between them; nearly always all four fail.
        one(word) | one(word &>> 8) &<< 1 | one(word &>> 16) &<< 2 | one(word &>> 24) &<< 3
    }

    /// Which of the four pairs at the start of eight bytes something may be filed under: bit 0 for the first.
    @inline(__always)
    func mayHold(fourPairsOf word: UInt64) -> UInt32 {
        one(word & 0xFFFF) | one(word &>> 8 & 0xFFFF) &<< 1 | one(word &>> 16 & 0xFFFF) &<< 2
            | one(word &>> 24 & 0xFFFF) &<< 3
    }

    @inline(__always)
    private func one(_ word: UInt64) -> UInt32 {
        let bit = Self.bit(UInt32(truncatingIfNeeded: word), filterShift)
        // SAFETY: the shift leaves as many bits as the map has.
        return unsafe UInt32(truncatingIfNeeded: filter[bit &>> 6] &>> UInt64(bit & 63)) & 1
    }

    /// Calls `body` with everything filed under the key.
    @inline(__always)
    func forEach(_ key: UInt32, _ body: (LiteralEntry) -> Void) {
        let slot = Self.slot(key, shift)
        // SAFETY: the shift leaves as many slots as the table has, and one start more stands behind the last.
        var index = unsafe Int(starts[slot])
        let end = unsafe Int(starts[slot &+ 1])
        while index < end {
            let entry = unsafe entries[index]
            if entry.key == key { body(entry) }
            index &+= 1
        }
    }

    // Multiplying by 2^32 divided by the golden ratio spreads keys over the upper bits (Knuth, TAOCP 3, 6.4).
    @inline(__always)
    fileprivate static func slot(_ key: UInt32, _ shift: UInt32) -> Int { Int((key &* 0x9E37_79B1) &>> shift) }

    @inline(__always)
    fileprivate static func bit(_ key: UInt32, _ shift: UInt32) -> Int { Int((key &* 0x85EB_CA6B) &>> shift) }
}
