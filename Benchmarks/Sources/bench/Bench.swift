// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Measures parts of Vedette in one process, one thread, and prints what it found as one JSON object.
///
/// `Benchmarks/run.py` calls it, puts its figures beside those of whole runs, and makes the table.
@main
struct Bench {
    static let usage = """
        usage: bench json RULES EVENTS.jsonl        reading, evaluating, and the floor under both
               bench floor EVENTS.jsonl             only the floor: simdjson's On Demand parser over the bytes
               bench correlate                      correlations with growing windows
               bench matches [--rules PATH…] [--strategies FOLDER…] [--inputs PATH…]
                                                    how many matches each input holds
               bench snapshot                       saving the state of a long run while it goes on
               bench match RULES INPUT… TIMES       looks at the same events so often; for instruction counts
               bench read INPUT… TIMES              reads the same inputs so often; for instruction counts
               bench agree [--rules PATH…] [--strategies FOLDER…] [--inputs PATH…]
                                                    whether engine and plain evaluator agree on every event; exit code 1
                                                    when they do not

        """

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "json" where arguments.count == 3:
            try show(JSONBench.run(rules: arguments[1], events: arguments[2]))
        case "floor" where arguments.count == 2:
            try show(JSONBench.floor(events: arguments[1]))
        case "matches" where arguments.count > 1:
            guard let subject = subject(arguments.dropFirst()) else { misuse() }
            try show(MatchBench.counts(subject))
        case "correlate" where arguments.count == 1:
            try show([
                "correlations": CorrelationBench.run().map {
                    ["kind": $0.kind, "window": $0.window, "events_per_second": $0.eventsPerSecond]
                }
            ])
        case "snapshot" where arguments.count == 1: try show(SnapshotBench.run())
        case "match" where arguments.count >= 4:
            guard let times = Int(arguments[arguments.count - 1]) else { misuse() }
            try show(
                MatchBench.run(rules: arguments[1], inputs: Array(arguments[2..<arguments.count - 1]), times: times))
        case "agree" where arguments.count > 1:
            guard let subject = subject(arguments.dropFirst()) else { misuse() }
            exit(try Agreement.holds(subject) ? 0 : 1)
        case "read" where arguments.count >= 3:
            guard let times = Int(arguments[arguments.count - 1]) else { misuse() }
            try show(ReadBench.run(inputs: Array(arguments[1..<arguments.count - 1]), times: times))
        default: misuse()
        }
    }

    private static func misuse() -> Never {
        FileHandle.standardError.write(Data(usage.utf8))
        exit(2)
    }

    /// What agreement is asked of; nil when the words cannot be understood.
    private static func subject(_ words: ArraySlice<String>) -> Agreement.Subject? {
        var subject = Agreement.Subject()
        var list: WritableKeyPath<Agreement.Subject, [String]>?
        for word in words {
            switch word {
            case "--rules": list = \.rules
            case "--strategies": list = \.strategies
            case "--inputs": list = \.inputs
            default:
                guard let list, !word.hasPrefix("--") else { return nil }
                subject[keyPath: list].append(word)
            }
        }
        return subject
    }

    private static func show(_ figures: [String: Any]) throws {
        let data = try JSONSerialization.data(withJSONObject: figures, options: [.sortedKeys])
        print(String(decoding: data, as: UTF8.self))
    }

    /// Seconds `body` takes by the wall.
    static func time(_ body: () -> Void) -> Double {
        let duration = ContinuousClock().measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// Seconds of CPU time `body` takes: what else the machine does counts for little.
    static func cpuTime(_ body: () -> Void) -> Double {
        let start = cpuSeconds()
        body()
        return cpuSeconds() - start
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
