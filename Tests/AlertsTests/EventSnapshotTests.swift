// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import TestSupport
import Testing

@Suite struct EventSnapshotTests {
    private let source = LogSource(product: "linux", category: "process_creation", service: "auditd")

    @Test func `a snapshot keeps order, kinds and repeated values, and leaves containers out`() {
        let vocabulary = Vocabulary()
        var batch = EventBatch()
        batch.path = "audit.log"
        batch.append(.commandLine, text: "python3 -c x")
        batch.append(vocabulary.field("user"), 0..<0, kind: .container)
        batch.append(.pythonCode, text: "one")
        batch.append(.processId, integer: 42)
        batch.append(.containerPrivileged, text: "true", kind: .boolean)
        batch.append(vocabulary.field("ratio"), text: "1.5", kind: .float)
        batch.append(vocabulary.field("gone"), text: "", kind: .null)
        batch.append(vocabulary.field("huge"), text: "18446744073709551615", kind: .integer)
        batch.append(.pythonCode, text: "two")
        let record = batch.store(Array("raw".utf8).span)
        batch.commit(
            time: Timestamp(nanoseconds: noon), source: vocabulary.source(source), slotsFrom: 0, record: record,
            position: 7)
        let shot = EventSnapshot(batch: batch, event: 0, vocabulary: vocabulary)
        #expect(
            shot.json.text == """
                {"time":"2026-11-21T20:24:05Z","logsource":"linux/process_creation/auditd","path":"audit.log",\
                "position":7,"fields":{"CommandLine":"python3 -c x","python.code":["one","two"],"ProcessId":42,\
                "container.privileged":true,"ratio":1.5,"gone":null,"huge":"18446744073709551615"},\
                "record":"raw","truncated":false}
                """)
    }

    @Test func `long values and records are cut between characters, with a mark`() {
        var events = SampleBatch()
        let long = String(repeating: "é", count: 20_000)
        events.add(["CommandLine": "x" + long], source: source, record: long)
        let shot = EventSnapshot(batch: events.batch, event: 0, vocabulary: events.vocabulary)
        let value = shot.fields.text("CommandLine") ?? ""
        #expect(value.hasSuffix("é …[+35906 bytes]"))
        #expect(!value.contains("\u{FFFD}"))
        #expect(shot.record.utf8.count < EventSnapshot.Limits.record + 30)
        #expect(shot.isTruncated)
    }

    @Test func `many fields and many values stay bounded`() {
        let vocabulary = Vocabulary()
        var batch = EventBatch()
        for index in 0..<2000 { batch.append(vocabulary.field("f\(index)"), text: "v") }
        for _ in 0..<200_000 { batch.append(.commandLine, text: "") }
        batch.commit(
            time: .unknown, source: vocabulary.source(source), slotsFrom: 0, record: 0..<0, position: 1)
        let shot = EventSnapshot(batch: batch, event: 0, vocabulary: vocabulary)
        #expect(shot.fields.entries.count == EventSnapshot.Limits.fields)
        #expect(shot.fields.entries.map(\.values.count).reduce(0, +) <= EventSnapshot.Limits.values)
        #expect(shot.isTruncated)
        #expect(shot.time == nil)
    }
}
