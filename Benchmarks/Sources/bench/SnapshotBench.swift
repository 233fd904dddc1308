// SPDX-License-Identifier: Apache-2.0
import Detection
import Enrichment
import Events
import Foundation
import Sigma

/// What it costs to save the state of a long run while events go on: 100,000 processes, and a million window entries.
///
/// The structs are copied, a second thread writes the copies, and the first goes on event by event; what both share is
/// copied when the first changes it, and the longest event is the pause.
enum SnapshotBench {
    static let processes = 100_000
    static let windowEntries = 1_000_000

    /// Seconds and bytes of the snapshot, and the longest event without and with one under way, in milliseconds.
    static func run() -> [String: Any] {
        var stream = Stream()
        stream.fill()
        var quiet = Pause()
        for _ in 0..<20_000 { quiet.measure { stream.step() } }

        var pause = Pause()
        let writer = Writer()
        pause.measure { writer.begin(stream.enricher, stream.correlator, stream.vocabulary) }
        var steps = 0
        while !writer.isDone || steps < 20_000 {
            pause.measure { stream.step() }
            steps += 1
        }
        let snapshot = writer.result
        var restoring = 0.0
        restoring = Bench.time {
            var reader = StateReader(snapshot.bytes, vocabulary: stream.vocabulary)
            do {
                try stream.enricher.restore(from: &reader)
                try stream.correlator.restore(from: &reader)
            } catch { preconditionFailure("what was written is read: \(error)") }
        }
        return [
            "bytes": snapshot.bytes.count, "seconds": snapshot.seconds, "cpu_seconds": snapshot.cpuSeconds,
            "restore_seconds": restoring, "steps_meanwhile": steps,
            "longest_step_ms": pause.wall * 1000, "longest_step_cpu_ms": pause.cpu * 1000,
            "longest_step_without_ms": quiet.wall * 1000, "longest_step_without_cpu_ms": quiet.cpu * 1000,
        ]
    }

    /// The longest of many steps, by the wall and by the thread's own time.
    private struct Pause {
        var wall = 0.0
        var cpu = 0.0

        mutating func measure(_ body: () -> Void) {
            let cpuBefore = threadSeconds()
            let seconds = Bench.time(body)
            wall = max(wall, seconds)
            cpu = max(cpu, threadSeconds() - cpuBefore)
        }
    }

    /// Writes copies on a thread of its own.
    private final class Writer: @unchecked Sendable {
        // SAFETY: the lock guards the result; everything else belongs to the thread that writes.
        private let lock = NSLock()
        private var found: (bytes: [UInt8], seconds: Double, cpuSeconds: Double)?

        var isDone: Bool { lock.withLock { found != nil } }
        var result: (bytes: [UInt8], seconds: Double, cpuSeconds: Double) {
            lock.withLock { found ?? ([], 0, 0) }
        }

        func begin(_ enricher: Enricher, _ correlator: Correlator, _ vocabulary: Vocabulary) {
            Thread.detachNewThread { [self] in
                let cpuBefore = threadSeconds()
                var bytes: [UInt8] = []
                let seconds = Bench.time {
                    var writer = StateWriter(vocabulary: vocabulary)
                    enricher.save(to: &writer)
                    correlator.save(to: &writer)
                    bytes = writer.bytes
                }
                lock.withLock { found = (bytes, seconds, threadSeconds() - cpuBefore) }
            }
        }
    }

    private static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

extension SnapshotBench {
    /// Processes that start one after the other, each of them counted by several correlations.
    private struct Stream {
        let vocabulary = Vocabulary()
        var enricher: Enricher
        var correlator: Correlator
        private let source: LogSourceID
        private var next = 0

        /// Four correlations keep an entry for each hit, so that a quarter of a million hits are a million entries.
        private static let counting = 4
        private static let rules =
            ["a", "b"].map {
                "title: \($0)\nname: \($0)\nlogsource: {product: linux}\ndetection: {s: {Image: x}, condition: s}\n---\n"
            }.joined()
            + [
                "type: event_count, rules: [a], condition: {gte: 100000000}",
                "type: value_count, rules: [a], condition: {field: CommandLine, gte: 100000000}",
                "type: value_sum, rules: [a], condition: {field: ProcessId, lt: -1}",
                "type: value_median, rules: [a], condition: {field: ProcessId, lt: -1}",
                "type: temporal_ordered, rules: [a, b]",
            ].map { "title: t\nname: \($0.prefix(16))\ncorrelation: {\($0), group-by: [User], timespan: 7d}\n" }
            .joined(separator: "---\n")

        init() {
            let rules = RuleLoader().load(text: Self.rules, file: "bench.yml")
            precondition(rules.correlations.count == Self.counting + 1, "the benchmark's rules load")
            enricher = Enricher(vocabulary: vocabulary)
            var limits = Correlator.Limits()
            limits.waitingHits = 1000
            correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: limits)
            source = vocabulary.source(LogSource(product: "linux", category: "process_creation"))
        }

        mutating func fill() {
            for _ in 0..<max(SnapshotBench.processes, SnapshotBench.windowEntries / Self.counting) { step() }
            precondition(enricher.stats.processes == SnapshotBench.processes, "the table is full")
            precondition(correlator.losses.evictedGroups == 0, "all entries are kept")
        }

        mutating func step() {
            next += 1
            var batch = EventBatch()
            batch.append(.hostName, text: "host\(next % 7)")
            batch.append(.processId, text: "\(next)")
            batch.append(.parentProcessId, text: "\(next / 2)")
            batch.append(.image, text: "/usr/lib/programs/program\(next % 1000)")
            batch.append(.commandLine, text: "program\(next % 1000) --input /var/lib/data/\(next).json --verbose")
            batch.append(.user, text: "user\(next % 10_000)")
            batch.append(.containerId, text: String(repeating: "\(next % 10)", count: 64))
            let time = Timestamp(nanoseconds: Int64(next) * 10_000_000)
            batch.commit(time: time, source: source, slotsFrom: 0, record: 0..<0, position: UInt64(next))
            enricher.enrich(&batch)
            let hit = Hit(time: time, rule: 0, identity: UInt64(next), event: batch.copy(of: 0))
            _ = correlator.add(hit)
        }
    }
}
