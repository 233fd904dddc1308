// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Outputs
import Testing

/// What the table says of alerts whose events were not all alike.
@Suite struct DifferencesTests {
    private static func lines(_ alert: Alert, width: Int = 100) throws -> [String] {
        var sink = TableSink(ByteOutput(), style: TableStyle(width: width))
        try sink.take(AlertChange(.closed, number: 2, alert: alert))
        return sink.output.text.split(separator: "\n").map(String.init)
    }

    private static func alert() -> Alert {
        var alert = Samples.alerts()[0]
        alert.differing = [
            DifferingField(
                field: "CommandLine",
                values: [
                    .init(value: "certutil -urlcache http://a", count: 12),
                    .init(value: "certutil \u{1B}[2J", count: 3),
                    .init(value: nil, count: 1), .init(value: "d", count: 1), .init(value: "e", count: 1),
                ], more: 7)
        ]
        alert.sources = [
            AlertSource(path: "a.evtx", logsource: "windows/-/-", count: 20),
            AlertSource(path: String(repeating: "long/", count: 40) + "b.evtx", logsource: "windows/-/-", count: 5),
        ]
        return alert
    }

    @Test func `values that matched stand with how often they were seen`() throws {
        let shown = try Self.lines(Self.alert())
        let start = try #require(shown.firstIndex { $0.hasPrefix("differ    CommandLine") })
        #expect(
            Array(shown[start..<start + 6]) == [
                "differ    CommandLine", "            12×  certutil -urlcache http://a",
                "             3×  certutil \\x1b[2J", "             1×  absent", "             1×  d",
                "            and 1 more value, 7× other values",
            ])
    }

    @Test func `all inputs are named, with the ends of long paths`() throws {
        let shown = try Self.lines(Self.alert())
        let start = try #require(shown.firstIndex { $0.hasPrefix("read in   20× a.evtx") })
        #expect(shown[start + 1].hasPrefix("          5× …"))
        #expect(shown[start + 1].hasSuffix("long/b.evtx"))
        var many = Self.alert()
        many.sources = (0..<6).map { AlertSource(path: "\($0)", logsource: "-/-/-", count: 1) }
        many.moreSources = 9
        #expect(try Self.lines(many).contains("          and 3 more inputs; 9× from others still"))
    }

    @Test func `what is the same everywhere takes no line`() throws {
        let shown = try Self.lines(Samples.alerts()[0])
        #expect(!shown.contains { $0.hasPrefix("differ") || $0.hasPrefix("read in") })
    }

    @Test(arguments: [40, 60, 100]) func `every line fits`(width: Int) throws {
        for line in try Self.lines(Self.alert(), width: width) { #expect(line.count <= width, "\(line)") }
    }
}
