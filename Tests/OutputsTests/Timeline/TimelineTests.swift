// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Outputs
import TestSupport
import Testing

/// The timeline as comma-separated values.
@Suite struct TimelineTests {
    private static func timeline(_ alerts: [Alert], sortingBytes: Int = 1 << 20) throws -> String {
        let sink = TimelineSink(ByteOutput(), sortingBytes: sortingBytes)
        for alert in alerts { try sink.take(AlertChange(.closed, number: 2, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    /// One alert of one event whose command line is a text.
    private static func alert(_ command: String, time: Int64? = 0, id: String = "id") -> Alert {
        var alert = Samples.alerts()[0]
        alert.id = id
        alert.why = []
        alert.events = [
            EventSnapshot(
                time: time.map { Timestamp(nanoseconds: $0 * 1_000_000_000) }, logsource: "linux/-/-", path: command,
                position: 1, fields: NamedValues([("CommandLine", command)]), record: "")
        ]
        return alert
    }

    @Test func `the timeline is as agreed`() throws {
        try Golden.check(Self.timeline(Samples.alerts()), "timeline.csv")
    }

    @Test(
        arguments: [
            ("plain.log", "plain.log"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"),
            ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\\t=1"), ("\r=1", "'\\r=1"),
            ("＝1", "'＝1"), ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("two\nlines", "two\\nlines"), ("\u{1B}[2J", "\\x1b[2J"), ("größe", "größe"),
        ])
    func `a value stays one cell of text, whatever is in it`(value: String, cell: String) throws {
        let rows = try Self.timeline([Self.alert(value)]).split(separator: "\r\n")
        #expect(rows.count == 2)
        #expect(rows[1].contains(",\(cell),1,"), "\(rows[1])")
    }

    @Test func `rows are in order of time, those without one last, also when they do not fit into memory`() throws {
        var random = SeededGenerator(seed: 11)
        let alerts = (0..<3000).map { number in
            Self.alert(
                "command \(number)", time: number % 50 == 0 ? nil : Int64.random(in: 0..<1000, using: &random),
                id: "\(number)")
        }
        let whole = try Self.timeline(alerts, sortingBytes: 64 << 20)
        // Some hundred runs, so that runs are merged with each other as well.
        #expect(try Self.timeline(alerts, sortingBytes: 8 << 10) == whole)
        let times = whole.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != "," } }
        #expect(times.count == 3000)
        #expect(times.prefix(2940).elementsEqual(times.prefix(2940).sorted()))
        #expect(times.suffix(60).allSatisfy { $0.isEmpty })
    }

    @Test(.enabled(if: Python.interpreter != nil, "needs python3"))
    func `another reader of the format reads the same rows`() throws {
        let result = try #require(try Python.run("read_csv.py", input: Self.timeline(Samples.alerts())))
        let events = Samples.alerts().reduce(0) { $0 + $1.events.count }
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output == "\(events) rows of 19\n")
    }
}
