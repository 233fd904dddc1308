// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import Sigma
import Testing

/// What an analyst sees first.
@Suite struct FirstScreenTests {
    private static func screen(
        _ alerts: [Alert], width: Int = 100, hasColor: Bool = false, showsAll: Bool = false
    ) throws -> String {
        let sink = FirstScreenSink(
            ByteOutput(), style: TableStyle(width: width, hasColor: hasColor), showsAll: showsAll)
        for alert in alerts { try sink.take(AlertChange(.closed, number: 2, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    /// As many alerts as asked for: of seven rules, on two thousand hosts, over a month.
    private static func many(_ count: Int) -> [Alert] {
        let samples = Samples.alerts().filter { $0.suppressed == nil }
        return (0..<count).map { number in
            var alert = samples[number % samples.count]
            alert.id = "alert \(number)"
            alert.rule.title += " \(number % 7)"
            alert.rule.id = "rule \(number % 7)"
            alert.strategy = number % 2 == 0 ? Samples.strategy : nil
            alert.priority = AlertPriority(rule: Level.allCases[number % 7 % 5])
            alert.entity = Entity(
                kind: .process,
                parts: [("host", "host-\(number % 2000)"), ("user", "user-\(number % 30)"), ("image", "/usr/bin/tool")])
            let time = Timestamp(nanoseconds: Samples.start + Int64(number * 7919 % 2_592_000) * 1_000_000_000)
            (alert.firstSeen, alert.lastSeen) = (time, time)
            return alert
        }.sorted(by: Alert.precedes)
    }

    @Test func `the first screen is as agreed`() throws {
        try Golden.check(Self.screen(Samples.alerts()), "overview.txt")
        try Golden.check(Self.screen(Self.many(3000)), "overview.many.txt")
        let narrow = try Self.screen(Self.many(3000), width: 60, hasColor: true)
        try Golden.check(narrow.replacingOccurrences(of: "\u{1B}", with: "^["), "overview.color.txt")
    }

    @Test(arguments: [40, 60, 80, 100, 132, 250])
    func `every line fits the terminal`(width: Int) throws {
        for alerts in [Samples.alerts(), Self.many(500)] {
            for line in try Self.screen(alerts, width: width).split(separator: "\n") {
                // The samples hold characters two columns wide, which only make lines shorter here.
                #expect(line.count <= width, "\(line)")
            }
        }
    }

    @Test func `however many alerts there are, the screen stays one that is read`() throws {
        let lines = try Self.screen(Self.many(20_000)).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 160, "\(lines.count)")
        let said = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(said.contains("of 20,000 alerts, one of each rule before a second."))
        #expect(said.contains("--all shows every alert"))
    }

    @Test func `the most urgent come first, one of each rule before a second`() throws {
        let screen = try Self.screen(Self.many(700))
        let titles = screen.split(separator: "\n").filter { $0.hasPrefix("CRITICAL ") || $0.hasPrefix("HIGH ") }
        #expect(titles.first?.hasPrefix("CRITICAL") ?? false)
        #expect(titles.map { $0.hasPrefix("CRITICAL") }.sorted { $0 && !$1 } == titles.map { $0.hasPrefix("CRITICAL") })
    }

    @Test func `all alerts stand behind the overview where asked for`() throws {
        let alerts = Self.many(120)
        var table = TableSink(ByteOutput(), style: TableStyle(width: 100))
        for alert in alerts { try table.take(AlertChange(.closed, number: 2, alert: alert)) }
        let screen = try Self.screen(alerts, showsAll: true)
        #expect(screen.hasSuffix("\n\n" + table.output.text))
        #expect(screen.hasPrefix("120 alerts · "))
    }

    @Test func `no alerts are nothing, and telemetry cannot act on the terminal`() throws {
        #expect(try Self.screen([]).isEmpty)
        var alert = Samples.alerts()[0]
        alert.entity = Entity(kind: .process, parts: [("host", "h\u{1B}[2J"), ("user", "u\u{202E}"), ("image", "i\n")])
        var other = alert
        other.entity = Entity(kind: .process, parts: [("host", "h2"), ("user", "u2"), ("image", "i2")])
        let screen = try Self.screen([alert, other])
        #expect(!screen.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeOnTerminals })
        #expect(screen.contains("h\\x1b[2J"))
    }
}
