// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Synchronization
import Testing

/// Takes every text with `audit(` in it, and makes an event of the part from `type=` on.
private struct AuditStandIn: WrappedLineReader {
    var vocabulary = Vocabulary()
    func find(_ text: Span<UInt8>) -> Range<Int>? {
        let string = String(decoding: (0..<text.count).map { text[$0] }, as: UTF8.self)
        guard string.contains("audit("), let start = string.utf8.firstRange(of: "type=".utf8) else { return nil }
        return string.utf8.distance(from: string.utf8.startIndex, to: start.lowerBound)..<text.count
    }
    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int>, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        let first = batch.slots.count
        batch.append(.msg, line)
        batch.commit(
            time: .unknown, source: LogSourceID(rawValue: 0), slotsFrom: first, record: evidence, position: position)
        report.events += 1
    }
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {}
}

@Suite struct JSONWrappingTests {
    @Test(arguments: [
        #"{"SyslogMessage":"type=SYSCALL msg=audit(1.0:1): a=\"b\"","HostName":"h"}"#,
        #"{"MESSAGE":"x type=SYSCALL msg=audit(1.0:1): a=\"b\"","__CURSOR":"c"}"#,
        #"{"@timestamp":"2022-05-13T08:54:05Z","ecs":{"version":"8"},"message":"type=SYSCALL msg=audit(1.0:1): a=\"b\""}"#,
        #"{"log":"type=SYSCALL msg=audit(1.0:1): a=\"b\"","stream":"stdout"}"#,
        #"{"message":"{\"log\":\"type=SYSCALL msg=audit(1.0:1): a=\\\"b\\\"\"}"}"#,
    ])
    func `a line of another format is unescaped and handed to its reader`(text: String) throws {
        let reading = JSONReading(text, wrapped: [AuditStandIn()])
        let event = try #require(reading.events.first)
        #expect(reading.events.count == 1)
        #expect(event["msg"] == #"type=SYSCALL msg=audit(1.0:1): a="b""#)
        #expect(event.record == text)
    }

    @Test func `JSON in a text is read, and the wrapper's fields stay`() throws {
        let text =
            #"{"log":"{\"kind\":\"Event\",\"verb\":\"list\",\"auditID\":\"i\"}","stream":"stdout","pod":{"name":"p"}}"#
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == "kubernetes/application/audit")
        #expect(event["verb"] == "list")
        #expect(event["stream"] == "stdout")
        #expect(event["pod.name"] == "p")
        #expect(event["log"] == nil)
        #expect(event.record == text)
    }

    @Test func `JSON in a text that is nothing known leaves the wrapper as it is`() throws {
        let reading = JSONReading(#"{"log":"{\"level\":\"info\"}","stream":"stdout"}"#)
        let event = try #require(reading.events.first)
        #expect(reading.events.count == 1)
        #expect(event["log"] == #"{"level":"info"}"#)
        #expect(reading.report.events == 1)
        #expect(reading.report.problems[.unrecognised] == 1)
    }

    @Test func `wrapping without end is given up, not followed`() {
        var text = #"{"a":1}"#
        for _ in 0..<8 {
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            text = "{\"message\":\"\(escaped)\"}"
        }
        #expect(JSONReading(text).events.count == 1)
    }

    @Test func `each of CloudWatch's log events is an event`() {
        let reading = JSONReading(
            #"{"messageType":"DATA_MESSAGE","logGroup":"/aws/eks/x/cluster","logEvents":[{"id":"1","timestamp":1,"message":"{\"kind\":\"Event\",\"verb\":\"get\",\"auditID\":\"1\"}"},{"id":"2","timestamp":2,"message":"{\"kind\":\"Event\",\"verb\":\"list\",\"auditID\":\"2\"}"}]}"#
        )
        #expect(reading.events.map { $0["verb"] } == ["get", "list"])
        #expect(reading.events.allSatisfy { $0.source == "kubernetes/application/audit" })
    }
}
