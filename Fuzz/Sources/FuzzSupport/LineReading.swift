// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import Readers

/// Everything a reader makes of lines.
public struct LineReading {
    /// The events, in order.
    public var events: [SeenEvent] = []
    /// The counts.
    public var report = ReadReport()
    /// How many records were given.
    public var records = 0

    /// Cuts an input into lines the way the input layer does and gives them to a copy of a reader, in batches of at most
    /// `size`.
    ///
    /// Each batch is checked and goes through enrichment, too.
    public init<Reader: RecordReader>(
        _ input: [UInt8], batchesOf size: Int = .max, with fresh: Reader, _ vocabulary: Vocabulary
    ) {
        var reader = fresh
        var enricher = Enricher(vocabulary: vocabulary)
        let lines = Self.lines(of: input)
        records = lines.count
        var next = 0
        while next < lines.count {
            let group = lines[next..<min(next + min(size, lines.count), lines.count)]
            next = group.endIndex
            var batch = EventBatch()
            var records: [Record] = []
            let base = group[group.startIndex].range.lowerBound
            batch.bytes = Array(input[base..<group[group.endIndex - 1].range.upperBound])
            for line in group {
                records.append(
                    Record(range: line.range.lowerBound - base..<line.range.upperBound - base, position: line.position))
            }
            batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
            reader.read(records, into: &batch, report: &report)
            take(&batch, input.count, vocabulary, &enricher)
        }
        var batch = EventBatch()
        reader.finish(into: &batch, report: &report)
        take(&batch, input.count, vocabulary, &enricher)
    }

    private mutating func take(
        _ batch: inout EventBatch, _ input: Int, _ vocabulary: Vocabulary, _ enricher: inout Enricher
    ) {
        Invariants.check(batch, input: input, vocabulary)
        for header in batch.events {
            Invariants.require(header.position >= 1, "an event has no position")
        }
        events += batch.seen(vocabulary)
        enricher.enrich(&batch)
        // Ancestors and decoded layers are added to each event; their own limits bound them.
        Invariants.check(batch, input: input + batch.events.count << 14, vocabulary)
    }

    /// Reads an input in one batch and in batches of a few lines, and ends the program unless both give the same.
    public static func compare<Reader: RecordReader>(_ input: [UInt8], _ fresh: Fresh<Reader>, batchesOf size: Int) {
        let (reader, vocabulary) = fresh.pair
        let whole = LineReading(input, with: reader, vocabulary)
        whole.checkEveryRecordIsAccountedFor()
        let parts = LineReading(input, batchesOf: size, with: reader, vocabulary)
        Invariants.same(whole.events, parts.events, "reading in batches of \(size)")
        Invariants.require(whole.report.problems == parts.report.problems, "reading in batches counts other problems")
        Invariants.require(whole.report.events == parts.report.events, "reading in batches counts other events")
    }

    /// Ends the program unless every record gave an event of its own or was counted as a problem.
    public func checkEveryRecordIsAccountedFor() {
        let seen = Set(events.filter { !$0.isDerived }.map(\.position)).count
        let problems = report.problems.values.reduce(0, +)
        Invariants.require(
            UInt64(seen) + problems >= UInt64(records),
            "\(records) records gave \(seen) events and \(problems) problems")
    }

    /// The lines of an input, without LF or CRLF; empty ones count but are no records.
    private static func lines(of input: [UInt8]) -> [Record] {
        var records: [Record] = []
        var position: UInt64 = 0
        var start = 0
        while start < input.count {
            let end = input[start...].firstIndex(of: UInt8(ascii: "\n")) ?? input.count
            position += 1
            let text = end > start && input[end - 1] == UInt8(ascii: "\r") ? start..<end - 1 : start..<end
            if !text.isEmpty { records.append(Record(range: text, position: position)) }
            start = end + 1
        }
        return records
    }
}
