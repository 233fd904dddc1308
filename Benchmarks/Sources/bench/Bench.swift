// SPDX-License-Identifier: Apache-2.0
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
        for round in 1...3 {
            let reading = measure(chunks, vocabulary) { _ in 0 }
            let whole = measure(chunks, vocabulary) { engine.matches(in: $0).count }
            let rate = { (run: Run) in Int(Double(run.events) / run.seconds) }
            let share = Double(Int(reading.seconds / whole.seconds * 1000)) / 1000
            print(
                "round \(round): \(whole.events) events; read \(rate(reading))/s, read and evaluate \(rate(whole))/s "
                    + "(\(share) of reading), \(whole.matches) matches")
        }
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
        print(report.problems)
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
        for (index, byte) in chunk.enumerated() where byte == UInt8(ascii: "\n") {
            if index > start { records.append(Record(range: start..<index, position: UInt64(records.count + 1))) }
            start = index + 1
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
