// SPDX-License-Identifier: Apache-2.0
import CFloor
import Detection
import Events
import Foundation
import Readers
import Sigma

/// Measures reading, and reading with rules, over JSON lines held in memory; one thread.
@main
struct Bench {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let data = FileManager.default.contents(atPath: arguments[2]) else {
            FileHandle.standardError.write(Data("usage: bench RULES EVENTS.jsonl\n".utf8))
            exit(2)
        }
        let loadStart = ContinuousClock.now
        let rules = RuleLoader().load(paths: [arguments[1]])
        let loaded = ContinuousClock.now
        let vocabulary = Vocabulary()
        var engine = Engine(rules: rules, vocabulary: vocabulary)
        print("rules \(rules.rules.count), load \(seconds(loadStart, loaded)) s, compile \(seconds(loaded, .now)) s")

        let chunks = split([UInt8](data))
        let rounds = 7
        var best: [String: Double] = [:]
        func note(_ name: String, _ seconds: Double) { best[name] = min(best[name] ?? .infinity, seconds) }
        var padded = [UInt8](data)
        padded += [UInt8](repeating: 0, count: 64)
        var events = 0
        for _ in 0..<rounds {
            var start = ContinuousClock.now
            padded.withUnsafeBufferPointer { _ = vd_floor_dom($0.baseAddress!, $0.count - 64) }
            note("floor dom", seconds(start, .now))
            start = .now
            padded.withUnsafeBufferPointer { _ = vd_floor_on_demand($0.baseAddress!, $0.count - 64) }
            note("floor on demand", seconds(start, .now))
            let reading = measure(chunks, vocabulary) { _ in 0 }
            note("read", reading.seconds)
            let whole = measure(chunks, vocabulary) { engine.matches(in: $0).count }
            note("read+evaluate", whole.seconds)
            events = whole.events
            note("matches", Double(whole.matches))
        }
        for (name, time) in best.sorted(by: { $0.value < $1.value }) where name != "matches" {
            print(name, Int(Double(events) / time), "ev/s", Int(time / Double(events) * 1e9), "ns/event")
        }
        print("matches", best["matches"]!, "events", events)
    }

    struct Run {
        var events = 0
        var matches = 0
        var seconds = 0.0
    }

    static func measure(_ chunks: [[UInt8]], _ vocabulary: Vocabulary, _ evaluate: (EventBatch) -> Int) -> Run {
        var reader = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
        var batch = EventBatch()
        var report = ReadReport()
        var run = Run()
        let start = ContinuousClock.now
        for chunk in chunks {
            batch.removeAll()
            batch.bytes += chunk
            let records = lines(of: chunk)
            batch.bytes += [UInt8](repeating: 0, count: EventBatch.padding)
            reader.read(records, into: &batch, report: &report)
            run.events += batch.events.count
            run.matches += evaluate(batch)
        }
        run.seconds = seconds(start, .now)
        for sample in report.samples { print(sample.position, sample.kind.rawValue, sample.message) }
        return run
    }

    /// Cuts the input behind line ends, about every half megabyte.
    static func split(_ bytes: [UInt8]) -> [[UInt8]] {
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

    static func lines(of chunk: [UInt8]) -> [Record] {
        var records: [Record] = []
        var start = 0
        chunk.withUnsafeBufferPointer { bytes in
            while let found = memchr(bytes.baseAddress! + start, 10, bytes.count - start) {
                let index = bytes.baseAddress!.distance(to: found.assumingMemoryBound(to: UInt8.self))
                if index > start { records.append(Record(range: start..<index, position: UInt64(records.count + 1))) }
                start = index + 1
            }
        }
        if start < chunk.count {
            records.append(Record(range: start..<chunk.count, position: UInt64(records.count + 1)))
        }
        return records
    }

    static func seconds(_ from: ContinuousClock.Instant, _ to: ContinuousClock.Instant) -> Double {
        let duration = from.duration(to: to)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
