// SPDX-License-Identifier: Apache-2.0

/// Literals filed under a 32-bit key: a bit map in front, then a table of runs.
struct EntryTable {
    /// The entries, those of one slot of the table next to each other.
    private(set) var list: [LiteralIndex.Entry] = []
    private var pending: [(key: UInt32, entry: LiteralIndex.Entry)] = []
    private var starts: [Int32] = []
    private var filter: [UInt64] = []
    private var shift: UInt32 = 32
    private var filterShift: UInt32 = 32

    var isEmpty: Bool { list.isEmpty }

    mutating func add(_ key: UInt32, _ entry: LiteralIndex.Entry) { pending.append((key, entry)) }

    /// Sorts what was added into the table; nothing can be added afterwards.
    mutating func finish() {
        guard !pending.isEmpty else { return }
        var bits: UInt32 = 4
        while 1 << bits < pending.count * 2 { bits += 1 }
        shift = 32 - bits
        // Eight times as many bits as slots: few absent keys find their bit set.
        let filterBits = max(bits + 3, 9)
        filterShift = 32 - filterBits
        filter = Array(repeating: 0, count: 1 << Int(filterBits - 6))
        let sorted = pending.sorted { (slot($0.key), $0.key) < (slot($1.key), $1.key) }
        starts = Array(repeating: 0, count: (1 << Int(bits)) + 1)
        for (key, entry) in sorted {
            starts[slot(key) + 1] += 1
            let bit = filterBit(key)
            filter[bit >> 6] |= 1 << UInt64(bit & 63)
            list.append(entry)
        }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        pending = []
    }

    /// False when nothing is filed under the key; true when something probably is.
    @inline(__always)
    func mayHold(_ key: UInt32) -> Bool {
        let bit = filterBit(key)
        return filter[bit >> 6] >> UInt64(bit & 63) & 1 == 1
    }

    /// Positions in `list` of everything filed under the key, and possibly of others that share its slot.
    @inline(__always)
    func entries(of key: UInt32) -> Range<Int> {
        let slot = slot(key)
        return Int(starts[slot])..<Int(starts[slot &+ 1])
    }

    // Multiplying by 2^32 divided by the golden ratio spreads keys over the upper bits (Knuth, TAOCP 3, 6.4).
    @inline(__always)
    private func slot(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> shift) }
    @inline(__always)
    private func filterBit(_ key: UInt32) -> Int { Int((key &* 0x85EB_CA6B) >> filterShift) }
}
