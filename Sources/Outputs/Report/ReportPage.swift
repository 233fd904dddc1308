// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// A hunt as one HTML page that needs nothing else: no network, no script, no other file.
struct ReportPage {
    let overview: Overview
    /// The alerts the page carries, in the order in which they are shown.
    let alerts: [Alert]
    private let version: String
    private let now: Timestamp
    private let bodies: [HTML]

    /// About the most bytes of alerts; the least urgent of the chosen ones are left out beyond.
    private static let mostBytes = 8 << 20

    init(_ overview: Overview, _ chosen: [Alert], version: String, now: Timestamp) {
        self.overview = overview
        self.version = version
        self.now = now
        var bodies: [HTML] = []
        var size = 0
        for alert in chosen where size < Self.mostBytes {
            bodies.append(Self.article(alert, isOpen: bodies.isEmpty))
            size += bodies.last?.markup.utf8.count ?? 0
        }
        self.bodies = bodies
        alerts = Array(chosen.prefix(bodies.count))
    }

    var page: String {
        let html: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="referrer" content="no-referrer">
            <title>Hunt report</title>
            <style>\(HTML(stringLiteral: Catalogue.style + "\n" + Self.style))</style>
            </head>
            <body>
            <a class="skip" href="#alerts">Skip to the alerts</a>
            <header class="top">
            <h1>Hunt report</h1>
            <p>\(summary)</p>
            <nav aria-label="Parts of the page"><ul class="inline">\(contents)</ul></nav>
            </header>
            <main>
            \(histogramSection)
            \(ruleSection)
            \(nameSection)
            \(processSection)
            \(alertSection)
            </main>
            <footer>
            <p>Written by Vedette \(version) on \(Self.time(now)). Values are shown as they were recorded, secrets on command \
            lines included: guard this page like the telemetry it comes from.</p>
            </footer>
            </body>
            </html>

            """
        return html.markup
    }

    /// Nothing may be loaded or run; only the page's own style applies.
    private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    private var summary: HTML {
        guard overview.alerts > 0 else { return "No alerts." }
        let levels = Level.allCases.reversed().compactMap { level in
            overview.levels[level].map { count -> HTML in
                "<span class=\"level \(level.rawValue)\">\(Quantity.count(count)) \(level.rawValue)</span>"
            }
        }
        let hosts: HTML =
            switch overview.hosts.count {
            case 0: ""
            case 1: " on <b>\(overview.hosts.inWords)</b>"
            default: " on \(overview.hosts.inWords) hosts"
            }
        var times: HTML = ""
        if let first = overview.first, let last = overview.last {
            times = first == last ? ", at \(Self.time(first))" : ", from \(Self.time(first)) to \(Self.time(last))"
        }
        let silent: HTML =
            overview.suppressed == 0 ? "" : " \(OverviewText.amount(overview.suppressed, "further alert")) suppressed."
        return """
            \(OverviewText.amount(overview.alerts, "alert"))\(hosts)\(times).\(silent)</p>
            <p class="levels">\(HTML.joined(levels, by: " "))
            """
    }

    private var contents: HTML {
        let parts: [(anchor: String, name: String, isThere: Bool)] = [
            ("time", "Over time", !histogramSection.isEmpty), ("rules", "Rules", overview.alerts > 0),
            ("names", "Hosts and accounts", !nameSection.isEmpty), ("processes", "Processes", !processSection.isEmpty),
            ("alerts", "Alerts", !alerts.isEmpty),
        ]
        var html: HTML = ""
        for part in parts where part.isThere { html += "<li><a href=\"#\(part.anchor)\">\(part.name)</a></li>" }
        return html
    }

    private var alertSection: HTML {
        guard !alerts.isEmpty else { return "" }
        let all = overview.alerts
        let silent =
            overview.suppressed > 0 ? "; \(OverviewText.amount(overview.suppressed, "suppressed one")) not shown" : ""
        let note: HTML =
            UInt64(alerts.count) == all && overview.suppressed == 0
            ? ""
            : """
            <p class="note">The page carries the most urgent \(alerts.count) of \(Quantity.count(all)) alerts, one of each \
            rule before a second\(silent). <code>--output jsonl=alerts.jsonl</code> writes every alert, \
            <code>--output csv=timeline.csv</code> every event that was kept.</p>
            """
        return """
            <section aria-labelledby="alerts">
            <h2 id="alerts">Alerts</h2>
            \(note)
            \(bodies)
            </section>
            """
    }

    /// A time to the second; the whole for machines.
    static func time(_ time: Timestamp) -> HTML {
        let text = time.rfc3339
        return "<time datetime=\"\(text)\">\(String(text.prefix(19).replacing("T", with: " ")))</time>"
    }

    static func badge(_ level: Level) -> HTML { "<span class=\"level \(level.rawValue)\">\(level.rawValue)</span>" }

    /// Where an alert stands on the page.
    static func anchor(_ alert: Alert) -> String { HTML.anchor("alert", alert.id) }
}
