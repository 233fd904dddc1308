// SPDX-License-Identifier: Apache-2.0
import Events
import FuzzSupport
import Readers

/// Everything a file gives.
struct InputReading {
    var events: [SeenEvent] = []
    var report = ReadReport()
    var format: Format?

    init(_ path: String, _ format: Format?, _ limits: InputLimits, _ vocabulary: Vocabulary) {
        var source = EventPump(paths: [path], format: format, limits: limits, vocabulary: vocabulary)
        var batch = EventBatch()
        var batches: UInt64 = 0
        while source.next(&batch) {
            batches += 1
            Invariants.require(batches <= source.report.bytes + 1, "an input gives batches without end")
            // What a batch holds comes from the text read so far, and no more than 1032 of it from one compressed byte.
            Invariants.check(batch, input: Int(source.report.bytes), vocabulary)
            events += batch.seen(vocabulary)
        }
        report = source.report
        self.format = source.format
    }

    /// Every record gives an event or is counted, and everything given was counted.
    func checkCounts() {
        Invariants.require(report.events == UInt64(events.count), "the report counts other events")
        // Ids of an event log's records are its own and may come twice; each record gives one event.
        let isLog = format == .evtx
        let seen = isLog ? events.count : Set(events.filter { !$0.isDerived }.map(\.position)).count
        let problems = report.problems.values.reduce(0, +)
        Invariants.require(UInt64(seen) <= report.records, "there are more events than records")
        Invariants.require(
            UInt64(seen) + problems >= report.records,
            "\(report.records) records gave \(seen) events and \(problems) problems"
        )
    }
}
