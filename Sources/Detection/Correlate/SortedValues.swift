// SPDX-License-Identifier: Apache-2.0

/// A multiset of numbers that tells its k-th smallest: sorted chunks of bounded size, so that adding and removing cost
/// about the square root of the count.
struct SortedValues {
    private var chunks: [[Double]] = []
    private(set) var count = 0
    private static let chunkSize = 1024

    mutating func insert(_ value: Double) {
        count += 1
        guard !chunks.isEmpty else {
            chunks = [[value]]
            return
        }
        let chunk = min(chunkIndex(of: value), chunks.count - 1)
        chunks[chunk].insert(value, at: place(of: value, in: chunks[chunk]))
        if chunks[chunk].count > Self.chunkSize {
            let half = Array(chunks[chunk][(Self.chunkSize / 2)...])
            chunks[chunk].removeSubrange((Self.chunkSize / 2)...)
            chunks.insert(half, at: chunk + 1)
        }
    }

    /// Removes one occurrence of a value that was inserted.
    mutating func remove(_ value: Double) {
        let chunk = chunkIndex(of: value)
        guard chunk < chunks.count else { return }
        let place = place(of: value, in: chunks[chunk])
        guard place < chunks[chunk].count, chunks[chunk][place] == value else { return }
        chunks[chunk].remove(at: place)
        count -= 1
        if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    }

    /// The value of a rank from 0.
    subscript(rank: Int) -> Double {
        var rest = rank
        for chunk in chunks {
            if rest < chunk.count { return chunk[rest] }
            rest -= chunk.count
        }
        return .nan
    }

    /// The nearest-rank percentile: the smallest value such that at least `percent` of all are no larger.
    func percentile(_ percent: Double) -> Double {
        guard count > 0 else { return .nan }
        let rank = (percent / 100 * Double(count)).rounded(.up)
        return self[min(max(Int(rank), 1), count) - 1]
    }

    /// The middle value, or the mean of the two middle ones.
    var median: Double {
        guard count > 0 else { return .nan }
        return count % 2 == 1 ? self[count / 2] : (self[count / 2 - 1] + self[count / 2]) / 2
    }

    /// The first chunk whose last value is not smaller.
    private func chunkIndex(of value: Double) -> Int {
        var low = 0
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if let last = chunks[middle].last, last < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func place(of value: Double, in chunk: [Double]) -> Int {
        var low = 0
        var high = chunk.count
        while low < high {
            let middle = (low + high) / 2
            if chunk[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
