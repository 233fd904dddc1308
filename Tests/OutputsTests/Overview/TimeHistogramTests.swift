// SPDX-License-Identifier: Apache-2.0
import Events
import Outputs
import Sigma
import TestSupport
import Testing

@Suite struct TimeHistogramTests {
    private static let start: Int64 = 1_795_292_645

    private static func histogram(_ seconds: some Sequence<Int64>) -> TimeHistogram {
        var histogram = TimeHistogram()
        for second in seconds { histogram.add(Timestamp(nanoseconds: second * 1_000_000_000), level: .low) }
        return histogram
    }

    @Test(
        arguments: [
            (0, 1), (30, 1), (99, 1), (120, 5), (900, 15), (3600, 60), (20_000, 300), (86_400, 900),
            (7 * 86_400, 10_800),
            (60 * 86_400, 86_400), (1000 * 86_400, 16 * 86_400), (100 * 365 * 86_400, 512 * 86_400),
        ] as [(Int64, Int64)])
    func `columns are as wide as the span demands`(span: Int64, width: Int64) throws {
        let times = (0..<200).map { Self.start + span * $0 / 199 }
        let series = try #require(Self.histogram(times).series(most: 100))
        #expect(series.width == width)
        #expect(series.buckets.count <= 100)
        #expect(series.buckets.reduce(0) { $0 + $1.count } == 200)
        #expect(series.start.nanoseconds <= Self.start * 1_000_000_000)
        #expect(series.start.nanoseconds > (Self.start - width) * 1_000_000_000)
    }

    @Test func `times in any order and any number give the same, and none is lost`() throws {
        var random = SeededGenerator(seed: 7)
        let times = (0..<20_000).map { _ in Self.start + Int64.random(in: 0..<40_000_000, using: &random) }
        let series = try #require(Self.histogram(times).series(most: 80))
        #expect(series.before + series.after + series.buckets.reduce(0) { $0 + $1.count } == 20_000)
        #expect(Self.histogram(times.shuffled(using: &random)).series(most: 80) == series)
        #expect(Self.histogram(times.sorted()).series(most: 80) == series)
    }

    @Test func `a clock gone wrong does not press all others into one column`() throws {
        let times = (0..<300).map { Self.start + $0 * 60 }
        let series = try #require(Self.histogram([0] + times + [9_000_000_000]).series(most: 80))
        #expect(series.width == 300)
        #expect((series.before, series.after) == (1, 1))
    }

    @Test func `the ends of time are counted`() throws {
        let ends = [Timestamp(nanoseconds: .min + 1), Timestamp(nanoseconds: .max)]
        var histogram = TimeHistogram()
        for time in ends { histogram.add(time, level: .high) }
        let series = try #require(histogram.series(most: 20))
        #expect(series.buckets.reduce(0) { $0 + $1.count } == 2)
        #expect(series.buckets.map(\.highest).max() == .high)
        #expect(TimeHistogram().series(most: 20) == nil)
    }
}
