// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Counts over time whose buckets widen by themselves, so that neither the span nor the number of times need be known
/// before.
///
/// At most `mostBuckets` buckets are kept, however far apart the times lie; when there are more, all of them become
/// those of the next wider width. Each width is a whole number of the one before, so no count is ever split.
package struct TimeHistogram: Sendable, Hashable {
    /// What lies in a bucket.
    package struct Bucket: Sendable, Hashable {
        /// How many times.
        package var count: UInt64 = 0
        /// The highest level among them.
        package var highest = Level.informational

        mutating func add(_ other: Bucket) {
            count += other.count
            highest = max(highest, other.highest)
        }
    }

    /// Widths in seconds: up to a day in steps that people count in, then twice the days each time.
    static let widths: [Int64] =
        [1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600] + (0..<16).map { 86_400 << $0 }
    /// The most buckets kept.
    static let mostBuckets = 1024

    /// Which of the widths is in use.
    private(set) var step = 0
    /// By the bucket's start, counted in widths from the epoch.
    private(set) var buckets: [Int64: Bucket] = [:]

    /// No counts.
    package init() {}

    /// Counts a time.
    package mutating func add(_ time: Timestamp, level: Level) {
        let seconds = time.nanoseconds.floorDivided(by: 1_000_000_000)
        buckets[seconds.floorDivided(by: Self.widths[step]), default: Bucket()].add(Bucket(count: 1, highest: level))
        while buckets.count > Self.mostBuckets, step + 1 < Self.widths.count { self = widened(to: step + 1) }
    }

    /// The same counts in wider buckets.
    func widened(to wider: Int) -> TimeHistogram {
        var result = TimeHistogram()
        result.step = wider
        let factor = Self.widths[wider] / Self.widths[step]
        for (index, bucket) in buckets {
            result.buckets[index.floorDivided(by: factor), default: Bucket()].add(bucket)
        }
        return result
    }

    /// A row of buckets without gaps, narrow enough to be drawn.
    package struct Series: Sendable, Hashable {
        /// Start of the first bucket.
        package var start: Timestamp
        /// Width of each in seconds.
        package var width: Int64
        /// The buckets in order of time.
        package var buckets: [Bucket]
        /// How many times lie before and after what is drawn.
        package var before: UInt64 = 0, after: UInt64 = 0
    }

    /// The counts in at most `most` buckets of the narrowest width that allows it; nil when there are none.
    ///
    /// A few times far from all others (a clock that stood at its factory's date) would press the rest into one bucket:
    /// up to a fiftieth of them at either end is left out where that makes the span four times shorter, and counted.
    package func series(most: Int) -> Series? {
        let indexes = buckets.keys.sorted()
        guard let first = indexes.first, let last = indexes.last, most > 0 else { return nil }
        var (low, high) = (first, last)
        if last - first >= most {
            let trimmed = trimmed(indexes)
            if (last - first) / 4 > trimmed.upperBound - trimmed.lowerBound {
                (low, high) = (trimmed.lowerBound, trimmed.upperBound)
            }
        }
        let before = indexes.prefix { $0 < low }.reduce(0) { $0 + (buckets[$1]?.count ?? 0) }
        let after = indexes.reversed().prefix { $0 > high }.reduce(0) { $0 + (buckets[$1]?.count ?? 0) }
        var wider = step
        func index(_ narrow: Int64) -> Int64 { narrow.floorDivided(by: Self.widths[wider] / Self.widths[step]) }
        while index(high) - index(low) >= most, wider + 1 < Self.widths.count { wider += 1 }
        guard index(high) - index(low) < most else { return nil }
        var row = Array(repeating: Bucket(), count: Int(index(high) - index(low)) + 1)
        for (place, bucket) in buckets where place >= low && place <= high {
            row[Int(index(place) - index(low))].add(bucket)
        }
        let (start, isBeyond) = (index(low) * Self.widths[wider]).multipliedReportingOverflow(by: 1_000_000_000)
        return Series(
            start: Timestamp(nanoseconds: isBeyond ? .min + 1 : start), width: Self.widths[wider], buckets: row,
            before: before, after: after)
    }

    /// The places that are left when the outermost fiftieth at each end goes, but for what lies near the rest.
    private func trimmed(_ indexes: [Int64]) -> ClosedRange<Int64> {
        let total = buckets.values.reduce(0) { $0 + $1.count }
        func place(_ order: some Sequence<Int64>) -> Int64? {
            var passed: UInt64 = 0
            for index in order {
                passed += buckets[index]?.count ?? 0
                if passed > total / 50 { return index }
            }
            return nil
        }
        var low = place(indexes) ?? 0
        var high = max(low, place(indexes.reversed()) ?? low)
        let near = max(1, (high - low) / 4)
        for index in indexes.reversed() where index < low && low - index <= near { low = index }
        for index in indexes where index > high && index - high <= near { high = index }
        return low...high
    }
}

extension Timestamp {
    /// The time some seconds later, or the last one that can be told.
    func advanced(bySeconds seconds: Int64) -> Timestamp {
        let (step, isWide) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isBeyond) = nanoseconds.addingReportingOverflow(step)
        return Timestamp(nanoseconds: isWide || isBeyond ? .max : sum)
    }
}
