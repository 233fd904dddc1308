// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// Cost, memory and lateness of correlations.
@Suite(.serialized) struct CorrelationBoundsTests {
    /// Conditions that never hold, so that it is the counting that is measured.
    private static let silent: [Correlation] = [
        correlation(.eventCount, ["a"], by: ["U"], within: 1000, .init(.lt, 0)),
        correlation(.valueCount, ["a"], by: ["U"], within: 1000, .init(.lt, 0), fields: ["n"]),
        correlation(.valueSum, ["a"], by: ["U"], within: 1000, .init(.lt, -1), fields: ["n"]),
        correlation(.valueAverage, ["a"], by: ["U"], within: 1000, .init(.lt, -1), fields: ["n"]),
        correlation(.valuePercentile, ["a"], by: ["U"], within: 1000, .init(.lt, -1), fields: ["n"], percentile: 95),
        correlation(.valueMedian, ["a"], by: ["U"], within: 1000, .init(.lt, -1), fields: ["n"]),
        correlation(.temporal, ["a", "b"], by: ["U"], within: 1000),
        correlation(.temporalOrdered, ["a", "b"], by: ["U"], within: 1000),
    ]

    @Test(arguments: silent)
    func `a hit costs the same whether ten or thirty thousand lie in the window`(each: Correlation) {
        var streams = [10, 30_000].map { Stream(each, window: $0) }
        for index in streams.indices { streams[index].feed(streams[index].window + 100) }
        var best = streams.map { _ in Duration.seconds(1000) }
        // Rounds take turns and the best counts, so that another process can hardly slow one side alone.
        for _ in 0..<7 {
            for index in streams.indices {
                let time = ContinuousClock().measure { streams[index].feed(500) }
                best[index] = min(best[index], time)
            }
        }
        #expect(best[1] < best[0] * 3, "\(best)")
    }

    @Test func `hits that come out of order within reach fire as in order`() throws {
        for seed in 0..<UInt64(40) {
            let each = CorrelationPropertyCase(seed: seed)
            var random = SeededGenerator(seed: seed)
            let shuffled = each.hits.shuffled(using: &random)
            let engine = try #require(CorrelationImplementation.all.last)
            let found = try each.disagreement { rules, _ in try engine.correlate(rules, shuffled) }
            #expect(found == nil)
        }
    }

    @Test func `a hit beyond reach is counted as late and takes no part`() {
        var stream = Stream(correlation(.eventCount, ["a"], within: 10, .init(.gte, 2)), window: 10, waiting: 1)
        for second in [100, 101, 102, 1] as [Int64] { _ = stream.add(at: second, "x") }
        #expect(stream.add(at: 200, "x").isEmpty)
        #expect(stream.correlator.losses.lateHits == 1)
    }

    @Test func `events beyond their room are not shown, yet they count`() {
        var stream = Stream(
            correlation(.eventCount, ["a"], by: ["U"], within: 1000, .init(.gte, 4)), window: 10, evidenceBytes: 100_000
        )
        let long = String(repeating: "x", count: 10_000)
        _ = stream.add(at: 1, "quiet")
        _ = stream.add(at: 2, "quiet")
        for number in 0..<100 { _ = stream.add(at: 3, "other\(number)", value: long) }
        _ = stream.add(at: 4, "quiet")
        let fired = stream.add(at: 5, "quiet")
        #expect(fired.map(\.group) == [["quiet"]])
        #expect(fired.map(\.measured) == [4])
        #expect(fired.map(\.events.count) == [2])
        #expect(stream.correlator.losses.forgottenEvents > 50)
        #expect(stream.correlator.losses.evictedGroups == 0)
    }

    @Test func `a firing shows the latest events of its window only`() {
        var stream = Stream(
            correlation(.eventCount, ["a"], by: ["U"], within: 10, .init(.gte, 2)), window: 10)
        var fired: [Firing] = []
        for second in [1, 2, 20, 21, 22, 23, 24] as [Int64] { fired += stream.add(at: second, "x") }
        #expect(
            fired.map { $0.events.map { $0.event.events[0].time.nanoseconds / 1_000_000_000 } } == [[1, 2], [20, 21]])
    }
}

/// A correlator of one correlation and events for it.
private struct Stream {
    let window: Int
    private(set) var correlator: Correlator
    private let vocabulary = Vocabulary()
    private let source: LogSourceID
    private var events: [EventBatch] = []
    private var next = 0

    init(_ correlation: Correlation, window: Int, waiting: Int = 0, evidenceBytes: Int = 1 << 20) {
        self.window = window
        var limits = Correlator.Limits()
        limits.waitingHits = waiting
        limits.evidenceBytes = evidenceBytes
        correlator = Correlator(rules: correlationSet([correlation]), vocabulary: vocabulary, limits: limits)
        source = vocabulary.source(LogSource(product: "test"))
        events = (0..<512).map { event(at: 0, "u\($0 % 4)", value: "\($0 &* 7919 % 1009)") }
    }

    /// Adds hits in order, as many of them in the window as it is for.
    mutating func feed(_ count: Int) {
        for _ in 0..<count {
            next += 1
            let time = Timestamp(nanoseconds: Int64(next) * (1_000_000_000_000 / Int64(window)))
            _ = correlator.add(Hit(time: time, rule: 0, identity: UInt64(next), event: events[next & 511]))
        }
    }

    /// Adds one hit of rule `a`.
    mutating func add(at second: Int64, _ user: String, value: String = "1") -> [Firing] {
        next += 1
        let event = event(at: second, user, value: value)
        return correlator.add(Hit(time: event.events[0].time, rule: 0, identity: UInt64(next), event: event))
    }

    private func event(at second: Int64, _ user: String, value: String) -> EventBatch {
        var event = EventBatch()
        event.append(vocabulary.field("U"), text: user)
        event.append(vocabulary.field("n"), text: value)
        event.commit(
            time: Timestamp(nanoseconds: second * 1_000_000_000), source: source, slotsFrom: 0, record: 0..<0,
            position: 1)
        return event
    }
}
