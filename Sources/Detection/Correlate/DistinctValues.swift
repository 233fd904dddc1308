// SPDX-License-Identifier: Apache-2.0

/// How often each value occurs: an open table of keyed hashes.
///
/// Hashes stand for their values: two million values share a hash once in ten million runs.
struct DistinctValues {
    private struct Slot: BitwiseCopyable {
        var hash: UInt64 = 0
        var count: UInt32 = 0
    }

    private var slots: [Slot] = []
    private(set) var count = 0

    /// Counts an occurrence; tells whether it is the first.
    mutating func insert(_ hash: UInt64) -> Bool {
        if count * 4 >= slots.count * 3 { resize(max(slots.count * 2, 16)) }
        var place = home(hash)
        while slots[place].count > 0 {
            if slots[place].hash == hash {
                slots[place].count &+= 1
                return false
            }
            place = (place &+ 1) & (slots.count &- 1)
        }
        slots[place] = Slot(hash: hash, count: 1)
        count += 1
        return true
    }

    /// Takes an occurrence back; tells whether it was the last.
    mutating func remove(_ hash: UInt64) -> Bool {
        guard count > 0 else { return false }
        var place = home(hash)
        while slots[place].count > 0, slots[place].hash != hash { place = (place &+ 1) & (slots.count &- 1) }
        guard slots[place].count > 0 else { return false }
        slots[place].count &-= 1
        guard slots[place].count == 0 else { return false }
        count -= 1
        close(place)
        if slots.count > 1024, count * 8 < slots.count { resize(slots.count / 2) }
        return true
    }

    /// Moves those up that a free place would hide.
    private mutating func close(_ free: Int) {
        let mask = slots.count &- 1
        var hole = free
        var place = (free &+ 1) & mask
        while slots[place].count > 0 {
            if (place &- home(slots[place].hash)) & mask >= (place &- hole) & mask {
                slots[hole] = slots[place]
                slots[place].count = 0
                hole = place
            }
            place = (place &+ 1) & mask
        }
    }

    private func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count &- 1) }

    private mutating func resize(_ size: Int) {
        let old = slots
        slots = Array(repeating: Slot(), count: size)
        for slot in old where slot.count > 0 {
            var place = home(slot.hash)
            while slots[place].count > 0 { place = (place &+ 1) & (size &- 1) }
            slots[place] = slot
        }
    }
}
