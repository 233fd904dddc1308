// SPDX-License-Identifier: Apache-2.0
import Events
import FuzzSupport
import Readers

/// Chunks of Windows event logs, and whole logs through the input layer's eyes.
///
/// An input is a chunk from its first record on, as far as it goes: 64 KiB would be too much to mutate. Read twice, by a
/// fresh reader and by one that has read it before, it must give the same; what comes out stays in bounds.
@main struct FuzzEVTX: FuzzTarget {
    private static let fresh = Fresh { EVTXReader(vocabulary: $0) }

    static func run(_ input: [UInt8]) {
        var reader = fresh.pair.0
        let vocabulary = fresh.pair.1
        let chunk = chunk(of: input)
        let first = read(chunk, of: input.count + 512, &reader, vocabulary)
        let second = read(chunk, of: input.count + 512, &reader, vocabulary)
        Invariants.same(first.events, second.events, "reading again")
        Invariants.require(first.report.problems == second.report.problems, "reading again counts other problems")
        let problems = first.report.problems.values.reduce(0, +)
        Invariants.require(
            UInt64(first.events.count) + problems >= first.report.records,
            "\(first.report.records) records gave \(first.events.count) events and \(problems) problems")
        Invariants.require(first.report.events == UInt64(first.events.count), "the report counts other events")
    }

    /// A chunk whose records begin with the input; the input's first two bytes say where they end.
    private static func chunk(of input: [UInt8]) -> EVTXChunk {
        var bytes = [UInt8](repeating: 0, count: 512)
        bytes.replaceSubrange(0..<8, with: "ElfChnk\0".utf8)
        bytes.replaceSubrange(48..<50, with: input.prefix(2) + repeatElement(0, count: max(0, 2 - input.count)))
        bytes += input.dropFirst(2).prefix(EVTXChunk.size - 512)
        return EVTXChunk(index: 0, offset: 4096, bytes: bytes)
    }

    private static func read(
        _ chunk: EVTXChunk, of size: Int, _ reader: inout EVTXReader, _ vocabulary: Vocabulary
    ) -> (events: [SeenEvent], report: ReadReport) {
        var batch = EventBatch()
        var report = ReadReport()
        reader.read(chunk, into: &batch, report: &report)
        Invariants.check(batch, input: size, vocabulary)
        return (batch.seen(vocabulary), report)
    }
}
