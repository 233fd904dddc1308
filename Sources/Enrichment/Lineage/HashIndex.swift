// SPDX-License-Identifier: Apache-2.0

/// A table from 64-bit hashes to small positions: open addressing, linear probing, deletion by shifting back (Knuth,
/// The Art of Computer Programming 6.4, algorithm R), so it never fills with tombstones.
struct HashIndex: Sendable {
    private var keys: [UInt64]
    private var values: [Int32]
    private var count = 0

    /// Makes an empty table.
    init() {
        keys = Array(repeating: 0, count: 256)
        values = Array(repeating: -1, count: 256)
    }

    /// The position stored under a key.
    subscript(key: UInt64) -> Int? {
        let mask = keys.count - 1
        var spot = Self.home(key) & mask
        while values[spot] >= 0 {
            if keys[spot] == key { return Int(values[spot]) }
            spot = (spot + 1) & mask
        }
        return nil
    }

    /// Stores a position, replacing the key's former one.
    mutating func insert(_ key: UInt64, _ value: Int) {
        if (count + 1) * 2 > keys.count { grow() }
        let mask = keys.count - 1
        var spot = Self.home(key) & mask
        while values[spot] >= 0 {
            if keys[spot] == key {
                values[spot] = Int32(value)
                return
            }
            spot = (spot + 1) & mask
        }
        keys[spot] = key
        values[spot] = Int32(value)
        count += 1
    }

    /// Removes a key if it leads to `value`.
    mutating func remove(_ key: UInt64, ifAt value: Int) {
        let mask = keys.count - 1
        var spot = Self.home(key) & mask
        while values[spot] >= 0, keys[spot] != key { spot = (spot + 1) & mask }
        guard values[spot] == Int32(value) else { return }
        var hole = spot
        var next = (spot + 1) & mask
        while values[next] >= 0 {
            let home = Self.home(keys[next]) & mask
            // The entry may move into the hole unless its home lies between the hole and itself.
            if (next &- home) & mask >= (next &- hole) & mask {
                keys[hole] = keys[next]
                values[hole] = values[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        values[hole] = -1
        count -= 1
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = Array(repeating: 0, count: oldKeys.count * 2)
        values = Array(repeating: -1, count: oldKeys.count * 2)
        count = 0
        for index in oldKeys.indices where oldValues[index] >= 0 { insert(oldKeys[index], Int(oldValues[index])) }
    }

    private static func home(_ key: UInt64) -> Int {
        // 2^64 over the golden ratio; the high half of the product is the well mixed one.
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
