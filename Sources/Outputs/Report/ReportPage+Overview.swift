// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

/// The overview: rules, a histogram, and who comes up most often.
extension ReportPage {
    /// The rules that are shown at once, and the most there are in the table.
    private static let (firstRules, mostRules) = (25, 1000)
    private static let mostNames = 12
    private static let mostColumns = 120

    /// The rules under their strategies, most urgent first.
    var ruleSection: HTML {
        guard overview.alerts > 0 else { return "" }
        let more = overview.ruleCount - Self.firstRules
        let rest: HTML =
            more <= 0
            ? ""
            : """
            <details><summary>and \(OverviewText.amount(UInt64(max(0, more)), "more rule"))</summary>
            \(table(Self.firstRules..<Self.mostRules, countsRest: true))
            </details>
            """
        return """
            <section aria-labelledby="rules">
            <h2 id="rules">Rules</h2>
            \(table(0..<Self.firstRules, countsRest: false))
            \(rest)
            </section>
            """
    }

    private func table(_ places: Range<Int>, countsRest: Bool) -> HTML {
        """
        <div class="stack wide"><table class="rules">
        <thead><tr><th scope="col">Rule</th><th scope="col">Level</th><th scope="col" class="number">Alerts</th>\
        <th scope="col" class="number">Matches</th><th scope="col">Hosts</th><th scope="col">First</th>\
        <th scope="col">Last</th></tr></thead>
        \(overview.groups(places).filter { countsRest || !$0.lines.isEmpty }.map { body($0, countsRest: countsRest) })
        </table></div>
        """
    }

    private func body(_ group: Overview.Group, countsRest: Bool) -> HTML {
        let more: HTML =
            group.leftOut.rules == 0 || !countsRest
            ? ""
            : """
            <tr><td colspan="7" class="dim">and \(OverviewText.amount(UInt64(group.leftOut.rules), "more rule")) with \
            \(OverviewText.amount(group.leftOut.alerts, "alert"))</td></tr>
            """
        return """
            <tbody><tr class="group"><th colspan="7" scope="rowgroup">\(group.title ?? "Rules of no strategy")</th></tr>
            \(group.lines.map(row))\(more)</tbody>

            """
    }

    private func row(_ line: Overview.RuleLine) -> HTML {
        // The page shows alerts of most rules; the first one is where to read on.
        let shown = alerts.first { $0.rule.identifier == line.identifier && $0.strategy?.id == line.strategy }
        let title: HTML =
            shown.map { "<a href=\"#\(Self.anchor($0))\">\(line.title)</a>" } ?? "\(line.title)"
        let hosts = line.hosts.count == 0 ? "" : line.hosts.inWords
        return """
            <tr><th scope="row">\(title)</th><td>\(Self.badge(line.highest))</td>\
            <td class="number" data-head="Alerts">\(Quantity.count(line.alerts))</td>\
            <td class="number" data-head="Matches">\(Quantity.count(line.matches))</td>\
            <td data-head="Hosts" class="hosts">\(hosts)</td>\
            <td data-head="First">\(line.first.map(Self.time) ?? "")</td>\
            <td data-head="Last">\(line.last.map(Self.time) ?? "")</td></tr>

            """
    }

    /// Alerts over time; nothing when all lie in one column.
    var histogramSection: HTML {
        guard let series = overview.histogram.series(most: Self.mostColumns), series.buckets.count > 1 else {
            return ""
        }
        let most = series.buckets.map(\.count).max() ?? 1
        var bars: HTML = ""
        var start = series.start
        for (index, bucket) in series.buckets.enumerated() {
            let end = start.advanced(bySeconds: series.width)
            defer { start = end }
            guard bucket.count > 0 else { continue }
            // What is there is seen, however little it is.
            let height = max(2, Int((Double(bucket.count) / Double(most) * 100).rounded()))
            bars += """
                <rect class="\(bucket.highest.rawValue)" x="\(index * 10 + 1)" y="\(100 - height)" width="8" \
                height="\(height)"><title>\(RuleTable.minute(start)): \(OverviewText.amount(bucket.count, "alert")), \
                \(bucket.highest.rawValue) at most</title></rect>
                """
        }
        let outside = [
            series.before > 0 ? "\(OverviewText.amount(series.before, "alert")) earlier" : nil,
            series.after > 0 ? "\(OverviewText.amount(series.after, "alert")) later" : nil,
        ].compactMap { $0 }
        let left: HTML = outside.isEmpty ? "" : " Not drawn: \(outside.joined(separator: ", "))."
        return """
            <section aria-labelledby="time">
            <h2 id="time">Over time</h2>
            <figure class="histogram">
            <svg viewBox="0 0 \(series.buckets.count * 10) 100" preserveAspectRatio="none" role="img" \
            aria-label="Alerts over time, \(Quantity.count(most)) at most in a column">\(bars)</svg>
            <figcaption><span class="ends"><span>\(Self.time(series.start))</span><span>\(Self.time(start))</span></span>
            A column is \(HistogramText.inWords(series.width)), the highest \(OverviewText.amount(most, "alert")); its \
            colour is its highest level.\(left)</figcaption>
            </figure>
            </section>
            """
    }

    /// Hosts, accounts and programs that come up most often.
    var nameSection: HTML {
        let lists = [
            ("Hosts", overview.topHosts), ("Accounts", overview.topAccounts), ("Programs", overview.topPrograms),
        ].filter { $0.1.count > 1 }
        guard !lists.isEmpty else { return "" }
        return """
            <section aria-labelledby="names">
            <h2 id="names">Hosts and accounts</h2>
            <ul class="cards names">\(lists.map { list($0.0, $0.1) })</ul>
            </section>
            """
    }

    private func list(_ name: String, _ values: TopValues) -> HTML {
        let top = values.top(Self.mostNames)
        let more = values.count - top.count
        let rows = top.map { entry -> HTML in
            """
            <li><span class="name">\(entry.value)</span> <span class="level \(entry.highest.rawValue)">\
            \(values.error > 0 ? "≥ " : "")\(Quantity.count(entry.count))</span></li>
            """
        }
        let rest: HTML =
            more > 0
            ? "<li class=\"dim\">and \(values.error > 0 ? "many" : Quantity.count(UInt64(more))) more</li>" : ""
        return "<li><h3>\(name)</h3><ul class=\"plain\">\(rows)\(rest)</ul></li>\n"
    }
}
