// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What every group of a correlation has, whatever is counted.
struct GroupState: BitwiseCopyable {
    var hash: UInt64
    /// Where the group's key lies in the table.
    var keyStart: Int
    var keyLength: Int
    /// Time of its latest event.
    var lastTime = Int64.min
    /// Time of its latest event that was not excused.
    var latestUnexcused = Int64.min
    /// How many matches lie in its window.
    var count: UInt32 = 0
    /// How many different values do.
    var distinct: UInt32 = 0
    /// Whether the condition held at the previous event.
    var isHolding = false
    /// Whether every hit was excused then.
    var wasExcused = false
    /// Whether the number stands for a group.
    var isLive = true
}

/// The groups of a correlation, numbered by the bytes of their key.
///
/// Keys lie one behind the other in one buffer, which is packed anew when half of it is no longer in use.
struct GroupTable {
    /// The state of each group, by its number.
    var states: [GroupState] = []

    private var index: [UInt32] = []
    private(set) var keys: [UInt8] = []
    private var unusedBytes = 0
    private var free: [UInt32] = []
    /// How many groups there are.
    private(set) var count = 0

    private static let none = UInt32.max

    /// Bytes of the keys of all groups.
    var keyBytes: Int { keys.count - unusedBytes }

    /// The group of a key, if there is one.
    func find(_ key: Span<UInt8>, _ hash: UInt64) -> Int? {
        guard !index.isEmpty else { return nil }
        let mask = index.count &- 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while index[place] != Self.none {
            let group = Int(index[place])
            if states[group].hash == hash {
                let start = states[group].keyStart
                let own = keys.span.extracting(start..<start + states[group].keyLength)
                if WideBytes.equal(own, key) { return group }
            }
            place = (place &+ 1) & mask
        }
        return nil
    }

    /// Adds a group that is not there; its number is that of a removed one or the next.
    mutating func insert(_ key: Span<UInt8>, _ hash: UInt64) -> Int {
        if count * 2 >= index.count { resize(max(index.count * 2, 16)) }
        let state = GroupState(hash: hash, keyStart: keys.count, keyLength: key.count)
        keys.append(contentsOf: key)
        count += 1
        if let number = free.popLast() {
            states[Int(number)] = state
            enter(number)
            return Int(number)
        }
        states.append(state)
        enter(UInt32(truncatingIfNeeded: states.count - 1))
        return states.count - 1
    }

    mutating func remove(_ group: Int) {
        let mask = index.count &- 1
        var hole = Int(truncatingIfNeeded: states[group].hash) & mask
        while index[hole] != UInt32(truncatingIfNeeded: group) { hole = (hole &+ 1) & mask }
        var place = (hole &+ 1) & mask
        while index[place] != Self.none {
            let home = Int(truncatingIfNeeded: states[Int(index[place])].hash) & mask
            if (place &- home) & mask >= (place &- hole) & mask {
                index[hole] = index[place]
                hole = place
            }
            place = (place &+ 1) & mask
        }
        index[hole] = Self.none
        states[group].isLive = false
        unusedBytes += states[group].keyLength
        free.append(UInt32(truncatingIfNeeded: group))
        count -= 1
        if unusedBytes > 4096, unusedBytes * 2 > keys.count { pack() }
    }

    /// The values a group's key was made of.
    func values(_ group: Int) -> [[UInt8]] {
        var values: [[UInt8]] = []
        var at = states[group].keyStart
        let end = at + states[group].keyLength
        while at + 4 <= end {
            let length = (0..<4).reduce(0) { $0 | Int(keys[at + $1]) << (8 * $1) }
            values.append(Array(keys[at + 4..<at + 4 + length]))
            at += 4 + length
        }
        return values
    }

    /// Whether bytes are a key of so many values.
    static func isKey(_ key: Span<UInt8>, values: Int) -> Bool {
        var at = 0
        for _ in 0..<values {
            guard at + 4 <= key.count else { return false }
            at += 4 + (0..<4).reduce(0) { $0 | Int(key[at + $1]) << (8 * $1) }
        }
        return at == key.count
    }

    static func append(_ value: Span<UInt8>, to key: inout [UInt8]) {
        let length = UInt32(truncatingIfNeeded: value.count)
        key.append(UInt8(truncatingIfNeeded: length))
        key.append(UInt8(truncatingIfNeeded: length >> 8))
        key.append(UInt8(truncatingIfNeeded: length >> 16))
        key.append(UInt8(truncatingIfNeeded: length >> 24))
        key.append(contentsOf: value)
    }

    private mutating func enter(_ group: UInt32) {
        let mask = index.count &- 1
        var place = Int(truncatingIfNeeded: states[Int(group)].hash) & mask
        while index[place] != Self.none { place = (place &+ 1) & mask }
        index[place] = group
    }

    private mutating func resize(_ size: Int) {
        index = Array(repeating: Self.none, count: size)
        for group in states.indices where states[group].isLive { enter(UInt32(truncatingIfNeeded: group)) }
    }

    private mutating func pack() {
        var packed: [UInt8] = []
        packed.reserveCapacity(keyBytes)
        for group in states.indices where states[group].isLive {
            let start = states[group].keyStart
            states[group].keyStart = packed.count
            packed.append(contentsOf: keys.span.extracting(start..<start + states[group].keyLength))
        }
        keys = packed
        unusedBytes = 0
    }
}
