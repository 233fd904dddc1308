// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// What a hit costs the correlator, for each kind of correlation and with more and more events in the window.
enum CorrelationBench {
    /// Numbers of events that lie in the window.
    static let windows = [10, 10_000, 1_000_000]

    private static let document: [(kind: String, text: String)] = [
        ("event_count", "type: event_count, rules: [a], condition: {gte: 100000000}"),
        ("value_count", "type: value_count, rules: [a], condition: {field: Value, gte: 100000000}"),
        ("value_sum", "type: value_sum, rules: [a], condition: {field: Value, lt: -1}"),
        ("value_avg", "type: value_avg, rules: [a], condition: {field: Value, lt: -1}"),
        ("value_percentile", "type: value_percentile, rules: [a], condition: {field: Value, percentile: 95, lt: -1}"),
        ("value_median", "type: value_median, rules: [a], condition: {field: Value, lt: -1}"),
        ("temporal", "type: temporal, rules: [a, b, c]"),
        ("temporal_ordered", "type: temporal_ordered, rules: [a, b, c]"),
    ]

    /// Events a second of a single correlation in steady state, its windows full: the best of a few rounds.
    ///
    /// Each event is a millisecond after the one before, in one of four groups, and has one of 4,096 values; temporal
    /// kinds get matches of two of their three rules. The window is as long as holds the wanted number of events. Nothing fires, so it is the counting that is measured.
    static func run() -> [(kind: String, window: Int, eventsPerSecond: Double)] {
        run(kinds: document.map(\.kind), windows: windows, rounds: 5)
    }

    /// The same for some kinds and windows.
    static func run(
        kinds: [String], windows: [Int], rounds: Int
    ) -> [(kind: String, window: Int, eventsPerSecond: Double)] {
        var found: [(kind: String, window: Int, eventsPerSecond: Double)] = []
        for each in document where kinds.contains(each.kind) {
            var runs = windows.map { Run(each.text, window: $0) }
            for index in runs.indices { runs[index].fill() }
            // Rounds of all windows take turns, so that a busy moment does not befall one of them alone.
            for _ in 0..<rounds { for index in runs.indices { runs[index].measure() } }
            for run in runs { found.append((each.kind, run.window, run.best)) }
        }
        return found
    }

    /// A correlator at work on an endless stream.
    private struct Run {
        let window: Int
        private let isTemporal: Bool
        private(set) var best = 0.0
        private var correlator: Correlator
        private let events: [EventBatch]
        private var next = 0

        private static let round = 200_000
        private static let waiting = 1000

        init(_ correlation: String, window: Int) {
            self.window = window
            isTemporal = correlation.contains("temporal")
            // Timespans are whole seconds, so the step between events follows from them.
            let text =
                ["a", "b", "c", "d"].map {
                    "title: \($0)\nname: \($0)\nlogsource: {product: test}\n"
                        + "detection: {s: {Value: x}, condition: s}\n---\n"
                }.joined() + "title: t\ncorrelation: {\(correlation), group-by: [User], timespan: 1000s}\n"
            let rules = RuleLoader().load(text: text, file: "bench.yml")
            precondition(rules.correlations.count == 1, "the benchmark's rules load")
            let vocabulary = Vocabulary()
            var limits = Correlator.Limits()
            limits.waitingHits = Self.waiting
            correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: limits)
            let source = vocabulary.source(LogSource(product: "test"))
            events = (0..<4096).map { number in
                var event = EventBatch()
                for field in 0..<10 { event.append(vocabulary.field("Field\(field)"), text: "something \(field)") }
                event.append(vocabulary.field("User"), text: "EXAMPLE\\user\(number % 4)")
                event.append(vocabulary.field("Value"), text: "\(number &* 2_654_435_761 % 1_000_003)")
                event.commit(
                    time: Timestamp(nanoseconds: 0), source: source, slotsFrom: 0, record: 0..<0, position: 1)
                return event
            }
        }

        /// Brings as many events as the window holds.
        mutating func fill() { feed(window + Self.waiting) }

        /// Measures a round.
        mutating func measure() {
            let seconds = Bench.cpuTime { feed(Self.round) }
            best = max(best, Double(Self.round) / seconds)
        }

        private mutating func feed(_ count: Int) {
            let step = 1_000_000_000_000 / Int64(window)
            for _ in 0..<count {
                next += 1
                let hit = Hit(
                    time: Timestamp(nanoseconds: Int64(next) * step), rule: isTemporal ? next / 4 & 1 : 0,
                    identity: UInt64(next),
                    event: events[next & 4095])
                _ = correlator.add(hit)
            }
        }
    }
}
