// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import TestSupport
import Testing

@Suite struct FormatTests {
    static func jsonl() throws -> String {
        var sink = JSONLinesSink(ByteOutput())
        for alert in Samples.alerts() { try sink.take(AlertChange(.closed, number: 1, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    static func ocsf() throws -> String {
        var sink = OCSFSink(ByteOutput(), productVersion: "0.1.0", now: Timestamp(nanoseconds: Samples.start))
        for alert in Samples.alerts() { try sink.take(AlertChange(.closed, number: 1, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    static func table(width: Int = 100, hasColor: Bool = false) throws -> String {
        var sink = TableSink(ByteOutput(), style: TableStyle(width: width, hasColor: hasColor))
        for alert in Samples.alerts() { try sink.take(AlertChange(.closed, number: 1, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    @Test func `JSON lines are as agreed`() throws { try Golden.check(Self.jsonl(), "alerts.jsonl") }

    @Test func `OCSF findings are as agreed`() throws { try Golden.check(Self.ocsf(), "alerts.ocsf.jsonl") }

    @Test func `the table is as agreed`() throws { try Golden.check(Self.table(), "alerts.txt") }

    @Test func `a brief table leaves out what strategies say`() throws {
        var style = TableStyle(width: 100)
        style.isBrief = true
        var sink = TableSink(ByteOutput(), style: style)
        for alert in Samples.alerts() { try sink.take(AlertChange(.closed, number: 1, alert: alert)) }
        let brief = Set(sink.output.text.split(separator: "\n"))
        let left = try Self.table().split(separator: "\n").filter { !brief.contains($0) }.map { $0.prefix(9) }
        #expect(left.filter { !$0.hasPrefix(" ") } == ["next     ", "blind    ", "next     ", "blind    "])
    }

    @Test func `the coloured table is as agreed`() throws {
        let shown = try Self.table(width: 80, hasColor: true).replacingOccurrences(of: "\u{1B}", with: "^[")
        try Golden.check(shown, "alerts.color.txt")
    }

    @Test func `the summary is as agreed`() throws {
        try Golden.check(Samples.summary().text(), "summary.txt")
        try Golden.check(Samples.summary().json.text + "\n", "summary.json")
    }

    @Test func `two runs write the same bytes`() throws {
        #expect(try Self.jsonl() == Self.jsonl())
        #expect(try Self.ocsf() == Self.ocsf())
        #expect(try Self.table() == Self.table())
    }

    @Test(.enabled(if: Python.has("jsonschema"), "needs python3 with the package jsonschema"))
    func `alerts fit their published schema`() throws {
        let schema = Checkout.root + "/docs/reference/alert.schema.json"
        let result = try #require(try Python.run("validate_json.py", [schema], input: Self.jsonl()))
        #expect(result.code == 0, "\(result.output)")
    }

    @Test(.enabled(if: Python.has("jsonschema"), "needs python3 with the package jsonschema"))
    func `the published schema refuses what is no alert`() throws {
        let schema = Checkout.root + "/docs/reference/alert.schema.json"
        let text = try Self.jsonl().replacingOccurrences(of: "\"count\":", with: "\"counts\":")
        let result = try #require(try Python.run("validate_json.py", [schema], input: text))
        #expect(result.code == 1)
        #expect(result.output.contains("counts"))
    }

    static let ocsfPackages: Comment =
        "needs python3 with the packages ocsf-json-schema and jsonschema (VEDETTE_PYTHON names an interpreter)"

    @Test(.enabled(if: Python.has("jsonschema", "ocsf_json_schema"), ocsfPackages))
    func `OCSF findings fit the schema OCSF publishes`() throws {
        let result = try #require(try Python.run("validate_ocsf.py", input: Self.ocsf()))
        #expect(result.code == 0, "\(result.output)")
    }

    @Test(.enabled(if: Python.has("jsonschema", "ocsf_json_schema"), ocsfPackages))
    func `the OCSF check refuses what is no finding`() throws {
        let text = try Self.ocsf().replacingOccurrences(of: "\"severity_id\":5", with: "\"severity_id\":55")
        let result = try #require(try Python.run("validate_ocsf.py", input: text))
        #expect(result.code == 1)
        #expect(result.output.contains("severity_id"))
    }

    @Test func `a summary reads back as it was written`() throws {
        let summary = Samples.summary()
        let again = try JSONDecoder().decode(HuntSummary.self, from: Data(summary.json.text.utf8))
        #expect(again == summary)
    }
}
