// SPDX-License-Identifier: Apache-2.0
import Bytes

/// A literal and where the gram it is filed under stands in it.
struct LiteralEntry: BitwiseCopyable {
    var key: UInt32
    var predicate: Int32
    var start: Int32
    var length: Int32
    var gram: Int32
}

/// Literals filed under a 32-bit key: a bit map in front, then a table of runs.
///
/// SAFETY: the pointers are those of the blocks beside them, which live as long as the table.
@safe final class EntryTable {
    let isEmpty: Bool
    /// The entries, those of one slot of the table next to each other.
    private let list: UnsafeMutablePointer<LiteralEntry>
    private let starts: UnsafeMutablePointer<Int32>
    private let filter: UnsafeMutablePointer<UInt64>
    private let blocks: (RawBlock<LiteralEntry>, RawBlock<Int32>, RawBlock<UInt64>)
    private let shift: UInt32
    private let filterShift: UInt32

    init(_ entries: [LiteralEntry]) {
        isEmpty = entries.isEmpty
        var bits: UInt32 = 4
        while 1 << bits < entries.count * 2 { bits += 1 }
        let shift = 32 - bits
        self.shift = shift
        // Eight times as many bits as slots: few absent keys find their bit set.
        let filterBits = max(bits + 3, 9)
        filterShift = 32 - filterBits
        var map = [UInt64](repeating: 0, count: 1 << Int(filterBits - 6))
        let sorted = entries.sorted { (Self.slot($0.key, shift), $0.key) < (Self.slot($1.key, shift), $1.key) }
        var runs = [Int32](repeating: 0, count: (1 << Int(bits)) + 1)
        for entry in sorted {
            runs[Self.slot(entry.key, shift) + 1] += 1
            let bit = Int((entry.key &* 0x85EB_CA6B) >> (32 - filterBits))
            map[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        for index in 1..<runs.count { runs[index] += runs[index - 1] }
        blocks = (RawBlock(sorted), RawBlock(runs), RawBlock(map))
        unsafe list = blocks.0.pointer
        unsafe starts = blocks.1.pointer
        unsafe filter = blocks.2.pointer
    }

    /// False when nothing is filed under the key; true when something probably is.
    @inline(__always)
    func mayHold(_ key: UInt32) -> Bool {
        let bit = Int((key &* 0x85EB_CA6B) >> filterShift)
        // SAFETY: the shift leaves as many bits as the map has.
        return unsafe filter[bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }

    /// Calls `body` with everything filed under the key.
    @inline(__always)
    func forEach(_ key: UInt32, _ body: (LiteralEntry) -> Void) {
        let slot = Self.slot(key, shift)
        // SAFETY: the shift leaves as many slots as the table has, and one start more stands behind the last.
        var index = unsafe Int(starts[slot])
        let end = unsafe Int(starts[slot &+ 1])
        while index < end {
            let entry = unsafe list[index]
            if entry.key == key { body(entry) }
            index &+= 1
        }
    }

    // Multiplying by 2^32 divided by the golden ratio spreads keys over the upper bits (Knuth, TAOCP 3, 6.4).
    @inline(__always)
    private static func slot(_ key: UInt32, _ shift: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> shift) }
}
