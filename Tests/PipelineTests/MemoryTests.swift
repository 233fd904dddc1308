// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Pipeline
import Readers
import Sigma
import TestSupport
import Testing

/// Memory stays where it is however long an input is and however much varies in it.
///
/// Each test runs in a process of its own, whose memory is measured: first to fill what is bounded, then on.
@Suite struct MemoryTests {
    #if DEBUG
        static let scale = 20
    #else
        static let scale = 1
    #endif

    @Test func `a long hostile log is hunted in bounded memory`() async {
        await #expect(processExitsWith: .success) {
            let file = try ScratchFile()
            let count = try HostileAuditLog.write(to: file, size: (300 << 20) / MemoryTests.scale)
            let rules = RuleLoader().load(paths: [Checkout.root + "/Strategies/python-execution/rules"])
            try #require(rules.rules.count > 5)
            var options = DetectionPipeline.Options()
            options.folder.openAlerts = 500
            options.folder.evidenceBytes = 8 << 20
            options.correlation.waitingHits = 500
            var events = 0
            var alerts = 0
            let growth = MemoryUse.growth {
                let vocabulary = Vocabulary()
                let pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options)
                var source = RecordedSource(paths: [file.path], vocabulary: vocabulary)
                let run = DetectionPipeline.Run { alerts += $0.count }
                _ = try? pipeline.run(&source, reader: UnitReader(vocabulary: vocabulary), run)
                alerts += pipeline.finish().count
                events = Int(pipeline.standing.events)
                #expect(pipeline.outcome.evictedAlerts > 0)
            }
            #expect(events == 5 * count)
            #expect(alerts >= count / 2)
            // Most of it is the processes enrichment remembers; none of it is the log.
            #expect(growth < 150 << 20)
        }
    }

    @Test func `on several threads memory does not grow with the input`() async {
        await #expect(processExitsWith: .success) {
            // Long values, so that most of the time is not spent on records.
            let payload = String(repeating: "x", count: 20_000)
            let text = Array((0..<50).map { "{\"Image\":\"/bin/p\($0)\",\"payload\":\"\(payload)\"}\n" }.joined().utf8)
            let rules = RuleLoader().load(text: MixedStream.rules, file: "rules.yml")
            func hunt(megabytes: Int) throws {
                let file = try ScratchFile()
                try file.append(text, times: megabytes)
                let pipeline = DetectionPipeline(rules: rules, vocabulary: Vocabulary())
                var source = RecordedSource(paths: [file.path], vocabulary: pipeline.vocabulary)
                let reader = UnitReader(vocabulary: pipeline.vocabulary)
                _ = try pipeline.run(&source, reader: reader, .init(threads: 4) { _ in })
                _ = pipeline.finish()
                #expect(pipeline.report.records == UInt64(megabytes * 50))
            }
            try hunt(megabytes: 30)
            let growth = try MemoryUse.growth { try hunt(megabytes: 150) }
            #expect(growth < 10 << 20)
        }
    }

    @Test func `endless field names stop at the vocabulary's capacity`() async {
        await #expect(processExitsWith: .success) {
            let vocabulary = Vocabulary(capacity: 5000)
            let reader = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
            var batch = EventBatch()
            var report = ReadReport()
            func feed(_ range: Range<Int>) {
                for number in range {
                    batch.removeAll()
                    let long = String(repeating: "n", count: number % 1000)
                    let text = "{\"f\(number)\":1,\"\(long)\(number)\":{\"g\(number)\":2}}"
                    batch.bytes.append(contentsOf: text.utf8)
                    reader.read([Record(range: 0..<text.utf8.count, position: 1)], into: &batch, report: &report)
                }
            }
            feed(0..<4000)
            let growth = MemoryUse.growth { feed(4000..<12_000) }
            #expect(vocabulary.fieldCount == 5000)
            #expect(report.events == 12_000)
            #expect(growth < 16 << 20)
        }
    }

    @Test func `endless processes drive one another out`() async {
        await #expect(processExitsWith: .success) {
            var limits = EnrichmentLimits()
            limits.processes = 2000
            limits.processBytes = 4 << 20
            let vocabulary = Vocabulary()
            var enricher = Enricher(vocabulary: vocabulary, limits: limits)
            func feed(_ range: Range<Int>) {
                for number in range {
                    var sample = SampleBatch(vocabulary: vocabulary)
                    sample.add(
                        [
                            "host.name": "h\(number)", "ProcessId": "\(number + 1)", "ParentProcessId": "\(number)",
                            "Image": "/bin/p\(number)", "User": "u\(number)",
                            "CommandLine": "p\(number) " + String(repeating: "x", count: number % 5000),
                        ], source: LogSource(product: "linux", category: "process_creation"),
                        time: Int64(number) * 1_000_000)
                    var batch = sample.batch
                    enricher.enrich(&batch)
                }
            }
            feed(0..<4000)
            let growth = MemoryUse.growth { feed(4000..<16_000) }
            #expect(enricher.stats.processes <= 2000)
            #expect(enricher.stats.processBytes <= 4 << 20)
            #expect(enricher.stats.evicted >= 14_000)
            #expect(growth < 16 << 20)
        }
    }

    @Test func `endless entities are given out as alerts early`() async {
        await #expect(processExitsWith: .success) {
            var folder = AlertFolder(
                vocabulary: Vocabulary(),
                limits: {
                    var limits = AlertFolder.Limits()
                    limits.openAlerts = 500
                    limits.evidenceBytes = 4 << 20
                    return limits
                }(), wants: .closed)
            var changes: [AlertChange] = []
            var given = 0
            func feed(_ range: Range<Int>) {
                for number in range {
                    folder.add(MemoryTests.finding(number), into: &changes)
                    given += changes.count
                    changes.removeAll()
                }
            }
            feed(0..<2000)
            let growth = MemoryUse.growth { feed(2000..<10_000) }
            #expect(folder.openCount <= 500)
            #expect(folder.evicted == UInt64(given) && given >= 9500)
            #expect(growth < 16 << 20)
        }
    }

    private static func finding(_ number: Int) -> Finding {
        let group = [("host", "h\(number)")]
        let snapshot = EventSnapshot(
            time: Timestamp(nanoseconds: Int64(number)), logsource: "-/-/-", path: "a", position: UInt64(number),
            fields: NamedValues([("Image", String(repeating: "x", count: number % 8192))]), record: "r\(number)")
        return Finding(
            rule: Metadata(title: "Rule", location: SourceLocation(file: "r.yml")), number: 1,
            entity: Entity(kind: .host, parts: group), entityKey: EntityKey(group: group), reasons: [], event: snapshot)
    }

    @Test func `endless groups of a correlation are given up`() async {
        await #expect(processExitsWith: .success) {
            let rules = RuleLoader().load(text: MemoryTests.correlation, file: "rules.yml")
            try #require(rules.correlations.count == 1)
            var limits = Correlator.Limits()
            limits.entries = 2000
            limits.waitingHits = 10
            let vocabulary = Vocabulary()
            var correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: limits)
            func feed(_ range: Range<Int>) {
                for number in range {
                    var sample = SampleBatch(vocabulary: vocabulary)
                    sample.add(
                        ["User": "u\(number)", "CommandLine": String(repeating: "x", count: 1000)],
                        source: LogSource(category: "process_creation"), time: Int64(number) * 1_000_000)
                    let hit = Hit(
                        time: Timestamp(nanoseconds: Int64(number) * 1_000_000), rule: 0, identity: UInt64(number + 1),
                        event: sample.batch)
                    _ = correlator.add(hit)
                }
            }
            feed(0..<6000)
            let growth = MemoryUse.growth { feed(6000..<20_000) }
            #expect(correlator.losses.evictedGroups > 10_000)
            #expect(growth < 16 << 20)
        }
    }

    @Test func `a million groups of five kinds of correlation stay within the declared memory`() async {
        await #expect(processExitsWith: .success) {
            let rules = RuleLoader().load(text: MemoryTests.kinds, file: "rules.yml")
            try #require(rules.correlations.count == 5)
            var limits = Correlator.Limits()
            limits.entries = 200_000
            limits.evidenceBytes = 2 << 20
            limits.waitingHits = 10
            let vocabulary = Vocabulary()
            var correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: limits)
            let (user, size) = (vocabulary.field("User"), vocabulary.field("Size"))
            let source = vocabulary.source(LogSource(category: "process_creation"))
            // Each event begins a group in each of the five.
            let growth = MemoryUse.growth {
                for number in 0..<200_000 {
                    let time = Timestamp(nanoseconds: Int64(number) * 1_000_000)
                    var event = EventBatch()
                    event.append(user, integer: Int64(number))
                    event.append(size, integer: Int64(number))
                    event.commit(time: time, source: source, slotsFrom: 0, record: 0..<0, position: 1)
                    _ = correlator.add(Hit(time: time, rule: 0, identity: UInt64(number + 1), event: event))
                }
            }
            #expect(correlator.losses.evictedGroups > 900_000)
            // Entries of 24 bytes; tables that grow by doubling hold up to three times what is in use.
            #expect(growth < 3 * 24 * limits.entries + limits.evidenceBytes + (8 << 20))
        }
    }

    private static let kinds = """
        title: Base
        name: base
        logsource: {category: process_creation}
        detection: {a: {Image: x}, condition: a}
        ---
        title: Other
        name: other
        logsource: {category: process_creation}
        detection: {a: {Image: y}, condition: a}
        ---
        title: Count
        correlation: {type: event_count, rules: [base], group-by: [User], timespan: 30d, condition: {gte: 10}}
        ---
        title: Values
        correlation: {type: value_count, rules: [base], group-by: [User], timespan: 30d, condition: {field: Size, gte: 10}}
        ---
        title: Sum
        correlation: {type: value_sum, rules: [base], group-by: [User], timespan: 30d, condition: {field: Size, lt: 0}}
        ---
        title: Median
        correlation: {type: value_median, rules: [base], group-by: [User], timespan: 30d, condition: {field: Size, lt: 0}}
        ---
        title: Sequence
        correlation: {type: temporal_ordered, rules: [base, other], group-by: [User], timespan: 30d}
        """

    private static let correlation = """
        title: Base
        name: base
        logsource: {category: process_creation}
        detection: {a: {Image: x}, condition: a}
        ---
        title: Many
        correlation: {type: event_count, rules: [base], group-by: [User], timespan: 30d, condition: {gte: 10}}
        """
}
