// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Outputs
import Sigma
import Testing

/// The report as a page.
@Suite struct ReportTests {
    static func page(_ alerts: [Alert], most: Int = ReportSink.mostAlerts) throws -> String {
        let sink = ReportSink(
            ByteOutput(), version: "0.1.0", now: Timestamp(nanoseconds: Samples.start), mostAlerts: most)
        for alert in alerts { sink.take(AlertChange(.closed, number: 2, alert: alert)) }
        try sink.finish()
        return sink.output.text
    }

    /// A shell below Python below a server, twice, and its child, as three alerts.
    static func lineage() -> [Alert] {
        func alert(_ image: String, _ pid: String, _ parent: (image: String, pid: String), _ above: [String]) -> Alert {
            var alert = Samples.alerts()[0]
            alert.id = "alert-" + pid
            var event = alert.events[0]
            event.fields = NamedValues([
                ("Image", image), ("ProcessId", pid), ("ParentImage", parent.image), ("ParentProcessId", parent.pid),
                ("CommandLine", "run <\(pid)>"), ("host.name", "web1"),
            ])
            event.fields.entries.append(
                .init(name: "process.ancestors", values: ([parent.image] + above).map { .string($0) }))
            alert.events = [event]
            return alert
        }
        let python = (image: "/usr/bin/python3", pid: "20")
        return [
            alert("/bin/sh", "30", python, ["/usr/sbin/nginx", "/sbin/init"]),
            alert("/bin/sh", "31", python, ["/usr/sbin/nginx", "/sbin/init"]),
            alert("/usr/bin/id", "40", ("/bin/sh", "30"), ["/usr/bin/python3", "/usr/sbin/nginx", "/sbin/init"]),
        ]
    }

    @Test func `the report is as agreed`() throws {
        let page = try Self.page(Samples.alerts() + Self.lineage())
        // The style has its own place; what it looks like is for the browser.
        let body = page.replacing(/<style>(?s:.*?)<\/style>/, with: "<style></style>")
        try Golden.check(body, "report.html")
    }

    @Test func `processes stand under those that started them, each once`() throws {
        let page = try Self.page(Self.lineage())
        let tree = try #require(page.firstMatch(of: /<ul class="tree">((?s:.*?))<\/details>/)).output.1
        let programs = tree.matches(of: /<span class="program">([^<]*)<\/span>/).map { String($0.output.1) }
        #expect(programs == ["/sbin/init", "/usr/sbin/nginx", "/usr/bin/python3", "/bin/sh", "/usr/bin/id", "/bin/sh"])
        #expect(tree.contains("run &lt;30&gt;"))
    }

    @Test func `numbers that were used again do not make circles`() throws {
        var (first, second) = (Self.lineage()[0], Self.lineage()[1])
        first.events[0].fields = NamedValues([
            ("Image", "/a"), ("ProcessId", "1"), ("ParentImage", "/b"), ("ParentProcessId", "2"),
        ])
        second.events[0].fields = NamedValues([
            ("Image", "/b"), ("ProcessId", "2"), ("ParentImage", "/a"), ("ParentProcessId", "1"),
        ])
        let page = try Self.page([first, second])
        #expect(page.matches(of: /class="program"/).count == 2)
    }

    @Test func `what telemetry says is text, never markup`() throws {
        let hostile = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x' \u{202E}"
        var alert = Samples.alerts()[0]
        alert.rule.title = hostile
        alert.rule.references = ["javascript:alert(1)", "https://example.org/\"><script>"]
        alert.entity = Entity(kind: .process, parts: [("host", hostile), ("user", hostile), ("image", hostile)])
        alert.differing = [DifferingField(field: hostile, values: [.init(value: hostile, count: 1)])]
        alert.events[0].fields = NamedValues([("CommandLine", hostile), ("Image", hostile), (hostile, hostile)])
        var other = alert
        other.entity = Entity(kind: .process, parts: [("host", "h"), ("user", "u"), ("image", "i")])
        let page = try Self.page([alert, other])
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
        #expect(!page.contains("\" onload"))
        #expect(!page.contains("\u{202E}"))
        #expect(!page.contains("href=\"javascript"))
        #expect(page.contains("&lt;script&gt;alert(1)"))
        #expect(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src"))
    }

    @Test func `a page of many alerts carries the most urgent and says so`() throws {
        var alerts: [Alert] = []
        for number in 0..<500 {
            var alert = Samples.alerts()[0]
            alert.id = "n\(number)"
            alert.priority = AlertPriority(rule: number == 499 ? .critical : .low)
            alerts.append(alert)
        }
        let page = try Self.page(alerts, most: 20)
        #expect(page.split(separator: "<details class=\"alert ").count == 21)
        #expect(page.contains("<details class=\"alert critical\" id=\"alert-n499\""))
        #expect(page.contains("the most urgent 20 of 500 alerts"))
        #expect(page.contains("--output jsonl=alerts.jsonl"))
        // Every link within the page leads somewhere.
        let ids = Set(page.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) })
        for link in page.matches(of: ##/href="#([^"]*)"/##) {
            #expect(ids.contains(String(link.output.1)), "\(link.output.1)")
        }
    }

    @Test func `long values and many bytes are bounded`() throws {
        var alerts: [Alert] = []
        for number in 0..<200 {
            var alert = Samples.alerts()[0]
            alert.id = "n\(number)"
            alert.events[0].fields = NamedValues(
                (0..<400).map { ("field \($0)", String(repeating: "x", count: 4096)) })
            alerts.append(alert)
        }
        #expect(try Self.page(alerts).utf8.count < 10 << 20)
    }

    @Test func `no alerts make a page that says so`() throws {
        #expect(try Self.page([]).contains("<p>No alerts.</p>"))
    }
}
