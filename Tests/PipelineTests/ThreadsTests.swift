// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Foundation
import Pipeline
import Readers
import Sigma
import TestSupport
import Testing

/// What a hunt comes to does not depend on how many threads work at it, nor on how its input is cut.
@Suite struct ThreadsTests {
    /// Everything a hunt leaves behind, as text.
    struct Result: Equatable {
        var alerts: [String] = []
        var report: [String] = []
        var outcome: [String] = []
    }

    static func hunt(
        _ paths: [String], rules: RuleSet, threads: Int, chunk: Int = InputLimits().chunk,
        limits: (inout DetectionPipeline.Options) -> Void = { _ in }
    ) throws -> Result {
        let vocabulary = Vocabulary()
        var options = DetectionPipeline.Options()
        options.showsSuppressed = true
        limits(&options)
        let pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options)
        var readLimits = InputLimits()
        readLimits.chunk = chunk
        var source = RecordedSource(paths: paths, limits: readLimits, vocabulary: vocabulary)
        var standing: (bytes: UInt64, events: UInt64) = (0, 0)
        var alerts: [Alert] = []
        var run = DetectionPipeline.Run(threads: threads) { alerts += $0.map(\.alert) }
        run.unitSize = chunk
        run.watch = { now in
            #expect(now.bytes >= standing.bytes && now.events >= standing.events)
            standing = (now.bytes, now.events)
        }
        let end = try pipeline.run(&source, reader: UnitReader(vocabulary: vocabulary), run)
        #expect(end == .ended)
        alerts += pipeline.finish().map(\.alert)
        let report = pipeline.report
        #expect(standing.events == report.events)
        var result = Result()
        result.alerts = alerts.map(\.json.text)
        result.report = ["\(report.bytes) bytes, \(report.records) records, \(report.events) events"]
        result.report += ReadProblemKind.allCases.map { "\($0.rawValue) \(report.problems[$0] ?? 0)" }
        result.report += report.samples.map { "\($0.kind) \($0.path):\($0.position): \($0.message)" }
        let outcome = pipeline.outcome
        result.outcome = outcome.unreachable.map { "\($0.rule) \($0.cause)" }
        result.outcome += pipeline.eventsBySource.map { "\(vocabulary.source(of: $0)) \($1)" }.sorted()
        result.outcome += [
            "\(outcome.folded) \(outcome.evictedAlerts) \(outcome.correlationLosses) \(outcome.regexLimitsReached)",
            "\(outcome.enrichment)",
        ]
        return result
    }

    /// Compares any number of threads and sizes of units with one thread.
    static func check(
        _ paths: [String], rules: RuleSet, chunks: [Int] = [512 << 10, 4096, 700], threads: [Int] = [2, 3, 8],
        limits: (inout DetectionPipeline.Options) -> Void = { _ in }
    ) throws -> Result {
        let one = try hunt(paths, rules: rules, threads: 1, limits: limits)
        for count in threads {
            for chunk in chunks {
                let many = try hunt(paths, rules: rules, threads: count, chunk: chunk, limits: limits)
                #expect(many.alerts == one.alerts, "\(count) threads, units of \(chunk) bytes")
                #expect(many.report == one.report, "\(count) threads, units of \(chunk) bytes")
                #expect(many.outcome == one.outcome, "\(count) threads, units of \(chunk) bytes")
            }
        }
        return one
    }

    static let strategies = ["python-execution", "container-evasion"].map { Checkout.root + "/Strategies/" + $0 }

    @Test(arguments: strategies)
    func `recordings of a strategy`(strategy: String) throws {
        let rules = RuleLoader().load(paths: [strategy + "/rules"])
        let result = try Self.check(Inputs([strategy + "/telemetry"]).files, rules: rules)
        #expect(result.alerts.count > 5)
    }

    @Test(.enabled(if: Corpora.root != nil, "\(Corpora.absent)"), arguments: ["linux", "kubernetes-audit", "evtx"])
    func `public recordings`(corpus: String) throws {
        let root = try #require(Corpora.root)
        let folders = corpus == "evtx" ? ["windows/process_creation", "windows/builtin"] : ["linux", "application"]
        let rules = RuleLoader().load(
            paths: folders.map { root + "/sigma/rules/" + $0 } + Self.strategies.map { $0 + "/rules" })
        try #require(rules.rules.count > 100)
        let files = Inputs([root + "/" + corpus]).files
        // Every tenth file of the many, which take long without optimisation.
        let some = corpus == "evtx" ? files.enumerated().filter { $0.offset % 10 == 0 }.map(\.element) : files
        _ = try Self.check(some, rules: rules, chunks: [512 << 10, 3000], threads: [2, 8])
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `generated streams of everything`(seed: UInt64) throws {
        var stream = MixedStream(seed: seed)
        var random = SeededGenerator(seed: seed)
        var files: [ScratchFile] = []
        for kind in MixedStream.Kind.allCases {
            files.append(try ScratchFile(stream.text(kind, records: 150)))
            files.append(try ScratchFile([]))
        }
        let rules = RuleLoader().load(text: MixedStream.rules, file: "rules.yml")
        try #require(rules.diagnostics.allSatisfy { $0.severity != .error }, "\(rules.diagnostics)")
        let chunks = (0..<3).map { _ in Int.random(in: 1...3000, using: &random) }
        let result = try Self.check(files.map(\.path), rules: rules, chunks: chunks) {
            // So small that alerts are given out and hits are taken on the way.
            $0.folder.openAlerts = 20
            $0.correlation.waitingHits = 30
        }
        #expect(result.alerts.count > 40)
        #expect(result.report.count > 12)
    }

    @Test func `many small files, a large one among them`() throws {
        var stream = MixedStream(seed: 11)
        var files: [ScratchFile] = []
        for number in 0..<60 {
            files.append(try ScratchFile(stream.text(.json, records: number == 30 ? 2000 : number % 3)))
        }
        let rules = RuleLoader().load(text: MixedStream.rules, file: "rules.yml")
        // Small units go through the threads together; a large one on its own.
        let result = try Self.check(files.map(\.path), rules: rules, chunks: [512 << 10, 64 << 10], threads: [2, 5])
        #expect(result.alerts.count > 5)
    }

    @Test func `a failing watcher ends the run`() throws {
        struct Enough: Error {}
        var stream = MixedStream(seed: 7)
        let file = try ScratchFile(stream.text(.json, records: 500))
        let rules = RuleLoader().load(text: MixedStream.rules, file: "rules.yml")
        for threads in [1, 4] {
            let pipeline = DetectionPipeline(rules: rules, vocabulary: Vocabulary())
            var limits = InputLimits()
            limits.chunk = 500
            var source = RecordedSource(paths: [file.path], limits: limits, vocabulary: pipeline.vocabulary)
            var run = DetectionPipeline.Run(threads: threads) { _ in }
            run.watch = { if $0.events > 50 { throw Enough() } }
            #expect(throws: Enough.self) {
                _ = try pipeline.run(&source, reader: UnitReader(vocabulary: pipeline.vocabulary), run)
            }
        }
    }
}
