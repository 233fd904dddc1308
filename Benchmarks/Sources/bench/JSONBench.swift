// SPDX-License-Identifier: Apache-2.0
import CFloor
import Detection
import Events
import Foundation
import Readers
import Sigma

/// Reading and evaluating JSON lines held in memory, and what simdjson alone needs for the same bytes.
///
/// Rounds of all passes take turns, and each pass reports its best, so that the figures of one run can be compared even
/// where the machine is busy.
enum JSONBench {
    static let rounds = 5

    /// What parsing alone takes.
    static func floor(events file: String) throws -> [String: Any] {
        let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let padded = data + [UInt8](repeating: 0, count: 64)
        var seconds = Double.infinity
        for _ in 0..<3 {
            padded.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                seconds = min(seconds, Bench.cpuTime { _ = vd_floor_on_demand(base, data.count) })
            }
        }
        return ["events": data.count { $0 == 10 }, "bytes": data.count, "seconds": ["parse_only": seconds]]
    }

    static func run(rules path: String, events file: String) throws -> [String: Any] {
        let data = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        let rules = RuleLoader().load(paths: [path])
        let vocabulary = Vocabulary()
        let engine = Engine(rules: rules, vocabulary: vocabulary)
        let chunks = split(data)
        let padded = data + [UInt8](repeating: 0, count: 64)
        var best: [String: Double] = [:]
        var events = 0
        var matches = 0
        func note(_ name: String, _ seconds: Double) { best[name] = min(best[name] ?? .infinity, seconds) }
        for _ in 0..<rounds {
            padded.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                note("parse_only", Bench.cpuTime { _ = vd_floor_on_demand(base, data.count) })
                note("parse_only_dom", Bench.cpuTime { _ = vd_floor_dom(base, data.count) })
            }
            note("read", Bench.cpuTime { _ = pass(chunks, vocabulary) { _ in 0 } })
            note(
                "read_and_evaluate",
                Bench.cpuTime { (events, matches) = pass(chunks, vocabulary) { engine.matches(in: $0).count } })
        }
        return [
            "rules": rules.rules.count, "events": events, "bytes": data.count, "matches": matches, "seconds": best,
        ]
    }

    private static func pass(
        _ chunks: [[UInt8]], _ vocabulary: Vocabulary, _ evaluate: (EventBatch) -> Int
    ) -> (events: Int, matches: Int) {
        let reader = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
        var batch = EventBatch()
        var report = ReadReport()
        var (events, matches) = (0, 0)
        for chunk in chunks {
            batch.removeAll()
            batch.bytes += chunk
            batch.bytes += [UInt8](repeating: 0, count: EventBatch.padding)
            reader.read(lines(of: chunk), into: &batch, report: &report)
            events += batch.events.count
            matches += evaluate(batch)
        }
        return (events, matches)
    }

    /// Cuts the input behind line ends, about every half megabyte, as the input layer does.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            var end = min(start + (512 << 10), bytes.count)
            while end < bytes.count, bytes[end - 1] != UInt8(ascii: "\n") { end += 1 }
            chunks.append(Array(bytes[start..<end]))
            start = end
        }
        return chunks
    }

    private static func lines(of chunk: [UInt8]) -> [Record] {
        var records: [Record] = []
        var start = 0
        chunk.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            while let found = memchr(base + start, 10, bytes.count - start) {
                let end = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
                if end > start { records.append(Record(range: start..<end, position: UInt64(records.count + 1))) }
                start = end + 1
            }
        }
        if start < chunk.count {
            records.append(Record(range: start..<chunk.count, position: UInt64(records.count + 1)))
        }
        return records
    }
}
