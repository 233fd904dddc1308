// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import TestSupport
import Testing

@Suite struct RecordTwinsTests {
    /// An event of a batch: its log source, host, second and evidence; `rule` is the rule that matches it.
    struct Sample {
        var isRecord = true
        var host = "web1"
        var at: Int64? = 0
        var evidence: String
        var rule = 0
    }

    static let record = LogSource(product: "linux", service: "auditd")
    static let event = LogSource(product: "linux", category: "process_creation")
    /// Rules 0 and 2 look at both, rule 1 looks at events alone.
    static let rules = RuleLoader().load(
        text: ["product: linux", "product: linux, category: process_creation", "product: linux"].enumerated().map {
            """
            title: Rule \($0)
            id: 1111111\($0)-0000-4000-8000-000000000000
            logsource: {\($1)}
            detection: {selection: {Image: x}, condition: selection}
            """
        }.joined(separator: "\n---\n"), file: "rules.yml")

    /// What of the samples counts at once (by evidence), and what is given back in the end.
    static func run(_ samples: [Sample], _ limits: RecordTwins.Limits = .init()) -> (counted: [String], late: [String])
    {
        let vocabulary = Vocabulary()
        var twins = RecordTwins(rules: rules, vocabulary: vocabulary, limits: limits)
        var counted: [String] = []
        var late: [String] = []
        for sample in samples {
            var batch = EventBatch()
            let evidence = batch.store(Array(sample.evidence.utf8).span)
            batch.append(.hostName, text: sample.host)
            batch.commit(
                time: sample.at.map { Timestamp(nanoseconds: $0 * 1_000_000_000) } ?? .unknown,
                source: vocabulary.source(of: sample), slotsFrom: 0, record: evidence, position: 1)
            var released: [RecordTwins.Held] = []
            let match = Match(event: 0, rule: sample.rule)
            if case .counts = twins.decide(match, in: batch, released: &released) { counted.append(sample.evidence) }
            released += twins.release(at: batch.events[0].time)
            late += released.map { $0.event.record(of: 0) }
        }
        late += twins.finish().map { $0.event.record(of: 0) }
        return (counted, late)
    }

    @Test func `records of an event that matched are silent, before it and after it`() {
        let seen = Self.run([
            Sample(evidence: "SYSCALL"), Sample(evidence: "EXECVE"),
            Sample(isRecord: false, evidence: "SYSCALL\nEXECVE"),
            Sample(evidence: "EXECVE"),
        ])
        #expect(seen.counted == ["SYSCALL\nEXECVE"])
        #expect(seen.late == [])
    }

    @Test func `one line that is the whole event stands for both`() {
        let seen = Self.run([
            Sample(evidence: "{…}"), Sample(isRecord: false, evidence: "{…}"), Sample(evidence: "{…}"),
        ])
        #expect(seen.counted == ["{…}"])
        #expect(seen.late == [])
    }

    @Test func `a record whose event did not match counts in the end`() {
        let seen = Self.run([Sample(evidence: "SYSCALL"), Sample(at: 6, evidence: "later")])
        #expect(seen.counted == [])
        #expect(seen.late == ["SYSCALL", "later"])
    }

    @Test(arguments: [
        Sample(isRecord: false, host: "web2", evidence: "SYSCALL\nEXECVE"),
        Sample(isRecord: false, at: 1, evidence: "SYSCALL\nEXECVE"),
        Sample(isRecord: false, evidence: "SYSCALL of another\nEXECVE"),
        Sample(isRecord: false, evidence: "SYSCALL\nEXECVE", rule: 2),
    ])
    func `another host, time, event or rule is no twin`(other: Sample) {
        let seen = Self.run([Sample(evidence: "SYSCALL"), other])
        #expect(seen.counted == [other.evidence])
        #expect(seen.late == ["SYSCALL"])
    }

    @Test(arguments: [Sample(at: nil, evidence: "a"), Sample(evidence: "a", rule: 1)])
    func `what has no time, and rules that look at one of the two, are not held`(sample: Sample) {
        #expect(Self.run([sample]).counted == ["a"])
    }

    @Test func `what does not fit counts early and is told once`() {
        var limits = RecordTwins.Limits()
        limits.held = 10
        let seen = Self.run((0..<100).map { Sample(at: $0 / 50, evidence: "\($0)", rule: Int($0 % 2) * 2) }, limits)
        #expect(Set(seen.late) == Set((0..<100).map { "\($0)" }))
        #expect(seen.late.count == 100)
    }

    @Test(arguments: [Int64.min / 1_000_000_000, Int64.max / 1_000_000_000])
    func `extreme times do not trap`(time: Int64) {
        #expect(Self.run([Sample(evidence: "a"), Sample(at: time, evidence: "b")]).late.count == 2)
    }
}

extension Vocabulary {
    fileprivate func source(of sample: RecordTwinsTests.Sample) -> LogSourceID {
        source(sample.isRecord ? RecordTwinsTests.record : RecordTwinsTests.event)
    }
}
