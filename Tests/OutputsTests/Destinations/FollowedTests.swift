// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import Sigma
import TestSupport
import Testing

/// What a followed hunt writes of an alert's life.
@Suite struct FollowedTests {
    /// An alert that opens, grows, becomes more urgent, shows a new value, and closes.
    private static func changes() -> [AlertChange] {
        var alert = Samples.alerts()[1]
        func step(_ kind: AlertChange.Kind, _ count: Int, _ edit: (inout Alert) -> Void = { _ in }) -> AlertChange {
            edit(&alert)
            alert.count = count
            alert.lastSeen = Timestamp(nanoseconds: Samples.start + Int64(count) * 1_000_000_000)
            return AlertChange(kind, number: UInt64(count), alert: alert)
        }
        return [
            step(.opened, 1) { $0.priority = AlertPriority(rule: .medium) }, step(.updated, 2), step(.updated, 3),
            step(.updated, 4), step(.updated, 5) { $0.priority = AlertPriority(rule: .high) },
            step(.updated, 6) {
                $0.differing = [
                    DifferingField(
                        field: "CommandLine", values: [.init(value: "a", count: 5), .init(value: "b", count: 1)])
                ]
            }, step(.updated, 7), step(.closed, 8),
        ]
    }

    @Test func `the table shows an alert once, then what an analyst cares about, a line each`() throws {
        var sink = TableSink(ByteOutput(), isFollowed: true)
        var shown: [[Substring]] = []
        for change in Self.changes() {
            let before = sink.output.text.utf8.count
            try sink.take(change)
            shown.append(String(sink.output.text.utf8.dropFirst(before))?.split(separator: "\n") ?? [])
        }
        #expect(shown[0].count > 5)
        #expect(shown[0].first?.hasPrefix("MEDIUM    ") ?? false)
        #expect(shown[1].count == 1 && shown[1][0].hasPrefix("MEDIUM    +1 (2×) last seen 2026-11-21T"))
        #expect(shown[2].isEmpty)
        #expect(shown[3].count == 1 && shown[3][0].hasPrefix("MEDIUM    +2 (4×)"))
        #expect(shown[4][0].hasPrefix("HIGH      +1 (5×) now high, was medium · last seen"))
        #expect(shown[5][0].hasPrefix("HIGH      +1 (6×) new values · last seen"))
        #expect(shown[6].isEmpty)
        #expect(shown[7].count == 1 && shown[7][0].hasPrefix("HIGH      +2 (8×) closed · last seen"))
    }

    @Test func `an alert that closes as it was shown, or was shown by the run before, is not shown again`() throws {
        var sink = TableSink(ByteOutput(), isFollowed: true)
        var first = Self.changes()[0]
        try sink.take(first)
        let size = sink.output.text.utf8.count
        first.kind = .closed
        try sink.take(first)
        var other = first
        other.alert.id = "another"
        try sink.take(other)
        #expect(sink.output.text.utf8.count == size)
    }

    @Test func `OCSF creates, updates and closes one finding`() throws {
        var sink = OCSFSink(
            ByteOutput(), productVersion: "0.1.0", now: Timestamp(nanoseconds: Samples.start), isFollowed: true)
        for change in Self.changes() { try sink.take(change) }
        let findings = try sink.output.text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(findings.compactMap { $0["activity_id"] as? Int } == [1, 2, 2, 2, 2, 2, 2, 3])
        #expect(findings.compactMap { $0["type_uid"] as? Int }.last == 200_403)
        #expect(findings.compactMap { $0["status"] as? String } == Array(repeating: "New", count: 7) + ["Closed"])
        #expect(Set(findings.compactMap { ($0["metadata"] as? [String: Any])?["uid"] as? String }).count == 1)
    }

    @Test(.enabled(if: Python.has("jsonschema", "ocsf_json_schema"), FormatTests.ocsfPackages))
    func `findings of a followed hunt fit the schema OCSF publishes`() throws {
        var sink = OCSFSink(
            ByteOutput(), productVersion: "0.1.0", now: Timestamp(nanoseconds: Samples.start), isFollowed: true)
        for change in Self.changes() { try sink.take(change) }
        let result = try #require(try Python.run("validate_ocsf.py", input: sink.output.text))
        #expect(result.code == 0, "\(result.output)")
    }

    @Test func `JSON lines are changes that read back`() throws {
        var sink = JSONLinesSink(ByteOutput(), isFollowed: true)
        for change in Self.changes() { try sink.take(change) }
        let read = try sink.output.text.split(separator: "\n").map {
            try JSONDecoder().decode(AlertChange.self, from: Data($0.utf8))
        }
        #expect(read.map(\.kind) == Self.changes().map(\.kind))
        #expect(read.map(\.number) == Self.changes().map(\.number))
    }
}
