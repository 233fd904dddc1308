// SPDX-License-Identifier: Apache-2.0

/// A multiset of numbers that tells its k-th smallest.
///
/// Each distinct number is kept once with its count, in sorted leaves of bounded size. A cursor stays at the rank asked
/// for last: one number more or less moves it by one step, so the rank costs the same however many there are.
package struct SortedValues: Sendable {
    private struct Run: BitwiseCopyable {
        var value: Double
        var count: Int
    }

    /// A run, and how many numbers stand before it.
    private struct Cursor {
        var leaf = 0
        var run = 0
        var before = 0
    }

    private static let leafSize = 256

    private var leaves: [[Run]] = []
    /// For each leaf a bound below its values and above those of the leaf before; empty while there is one leaf.
    private var lows: [Double] = []
    private var cursor = Cursor()
    package private(set) var count = 0
    /// How many different numbers there are.
    private(set) var distinct = 0

    package init() {}

    package mutating func insert(_ value: Double) {
        count += 1
        guard !leaves.isEmpty else {
            leaves = [[Run(value: value, count: 1)]]
            distinct = 1
            return
        }
        let leaf = leafIndex(of: value)
        let place = place(of: value, in: leaves[leaf])
        if place < leaves[leaf].count, leaves[leaf][place].value == value {
            leaves[leaf][place].count += 1
            if leaf < cursor.leaf || (leaf == cursor.leaf && place < cursor.run) { cursor.before += 1 }
            return
        }
        leaves[leaf].insert(Run(value: value, count: 1), at: place)
        distinct += 1
        if leaf < cursor.leaf {
            cursor.before += 1
        } else if leaf == cursor.leaf, place <= cursor.run {
            cursor.before += 1
            cursor.run += 1
        }
        if leaves[leaf].count > Self.leafSize { split(leaf) }
    }

    /// Removes one occurrence of a value that was inserted.
    package mutating func remove(_ value: Double) {
        guard !leaves.isEmpty else { return }
        let leaf = leafIndex(of: value)
        let place = place(of: value, in: leaves[leaf])
        guard place < leaves[leaf].count, leaves[leaf][place].value == value else { return }
        count -= 1
        if leaf < cursor.leaf || (leaf == cursor.leaf && place < cursor.run) { cursor.before -= 1 }
        leaves[leaf][place].count -= 1
        guard leaves[leaf][place].count == 0 else { return }
        distinct -= 1
        leaves[leaf].remove(at: place)
        if leaf == cursor.leaf, place < cursor.run { cursor.run -= 1 }
        if leaves.count > 1, leaves[leaf].count < Self.leafSize / 8 { join(min(leaf, leaves.count - 2)) }
        settleCursor()
    }

    /// The value of a rank from 0.
    package subscript(rank: Int) -> Double {
        mutating get {
            guard rank >= 0, rank < count else { return .nan }
            seek(rank)
            return leaves[cursor.leaf][cursor.run].value
        }
    }

    /// The nearest-rank percentile: the smallest value such that at least `percent` of all are no larger.
    package mutating func percentile(_ percent: Double) -> Double {
        guard count > 0 else { return .nan }
        // In this order whole percentages give exact ranks.
        let rank = (percent * Double(count) / 100).rounded(.up)
        return self[Int(min(max(rank, 1), Double(count))) - 1]
    }

    /// The middle value, or the mean of the two middle ones.
    package var median: Double {
        mutating get {
            guard count % 2 == 0 else { return self[count / 2] }
            return (self[count / 2 - 1] + self[count / 2]) / 2
        }
    }

    private mutating func seek(_ rank: Int) {
        while rank < cursor.before {
            if cursor.run == 0 {
                cursor.leaf -= 1
                cursor.run = leaves[cursor.leaf].count
            }
            cursor.run -= 1
            cursor.before -= leaves[cursor.leaf][cursor.run].count
        }
        while rank >= cursor.before + leaves[cursor.leaf][cursor.run].count {
            cursor.before += leaves[cursor.leaf][cursor.run].count
            cursor.run += 1
            if cursor.run == leaves[cursor.leaf].count {
                cursor.leaf += 1
                cursor.run = 0
            }
        }
    }

    /// Puts a cursor that stands behind the last run of its leaf on a run again.
    private mutating func settleCursor() {
        guard count > 0 else {
            leaves = []
            lows = []
            cursor = Cursor()
            return
        }
        guard cursor.run == leaves[cursor.leaf].count else { return }
        if cursor.leaf + 1 < leaves.count {
            cursor.leaf += 1
            cursor.run = 0
        } else {
            cursor.run -= 1
            cursor.before -= leaves[cursor.leaf][cursor.run].count
        }
    }

    private mutating func split(_ leaf: Int) {
        let half = Self.leafSize / 2
        let upper = Array(leaves[leaf][half...])
        leaves[leaf].removeSubrange(half...)
        if lows.isEmpty { lows = [-.infinity] }
        leaves.insert(upper, at: leaf + 1)
        lows.insert(upper[0].value, at: leaf + 1)
        if cursor.leaf > leaf {
            cursor.leaf += 1
        } else if cursor.leaf == leaf, cursor.run >= half {
            cursor.leaf += 1
            cursor.run -= half
        }
    }

    /// Joins a leaf with the next one if both fit into one.
    private mutating func join(_ leaf: Int) {
        let size = leaves[leaf].count
        guard size + leaves[leaf + 1].count <= Self.leafSize / 2 else { return }
        leaves[leaf] += leaves[leaf + 1]
        leaves.remove(at: leaf + 1)
        lows.remove(at: leaf + 1)
        if leaves.count == 1 { lows = [] }
        guard cursor.leaf > leaf else { return }
        cursor.leaf -= 1
        if cursor.leaf == leaf { cursor.run += size }
    }

    /// The last leaf whose bound is not above a value.
    private func leafIndex(of value: Double) -> Int {
        var low = 0
        var rest = lows.count
        while rest > 1 {
            let half = rest / 2
            low = lows[low + half] <= value ? low + half : low
            rest -= half
        }
        return low
    }

    /// The first run of a leaf that is not below a value.
    private func place(of value: Double, in leaf: [Run]) -> Int {
        var low = 0
        var high = leaf.count
        while low < high {
            let middle = (low + high) / 2
            if leaf[middle].value < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
