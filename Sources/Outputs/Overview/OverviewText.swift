// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// The overview for people at a terminal; every line fits the width of the style.
///
///     412 alerts · 3 critical, 40 high, 369 medium · 281 hosts
///     2021-03-01T09:12:44Z to 2021-03-28T17:02:10Z
///
///                                              alerts  matches  hosts  first             last
///     Adversarial Python execution
///       critical  Python spawns a terminal          3       12  web1   2021-03-01 09:12  09:30
///       high      Code fetched and executed        12       12  9      2021-03-04 11:00  03-28 17:02
struct OverviewText {
    /// The lines without line ends.
    private(set) var lines: [String] = []
    let style: TableStyle

    /// The most rules shown.
    static let mostRules = 20
    /// The most names of each kind.
    private static let mostNames = 6
    private static let margin = 10

    init(_ overview: Overview, style: TableStyle) {
        self.style = style
        guard overview.alerts + overview.suppressed > 0 else { return }
        addHead(overview)
        lines += RuleTable(overview, style: style).lines
        lines += HistogramText(overview.histogram, style: style).lines
        let names =
            namesLines("hosts", overview.topHosts) + namesLines("accounts", overview.topAccounts)
            + namesLines("programs", overview.topPrograms)
        if !names.isEmpty { lines += [""] + names }
    }

    private mutating func addHead(_ overview: Overview) {
        var head = StyledText(Displayed(Self.amount(overview.alerts, "alert")), .bold)
        for (index, level) in Level.allCases.reversed().filter({ overview.levels[$0] != nil }).enumerated() {
            head.append(Displayed(index == 0 ? " · " : ", "))
            head.append(Displayed("\(Quantity.count(overview.levels[level] ?? 0)) \(level.rawValue)"), .init(level))
        }
        switch overview.hosts.count {
        case 0: break
        case 1: head.append(Displayed(" · on \(overview.hosts.inWords)"))
        default: head.append(Displayed(" · \(overview.hosts.inWords) hosts"))
        }
        if overview.suppressed > 0 {
            head.append(Displayed(" · \(Quantity.count(overview.suppressed)) suppressed"), .dim)
        }
        add(head, most: 3)
        if let first = overview.first, let last = overview.last {
            add(
                StyledText(
                    Displayed(first == last ? Self.second(first) : "\(Self.second(first)) to \(Self.second(last))"),
                    .dim))
        }
    }

    /// A line such as `hosts     web1 12 · web2 7 and 45 more`.
    private func namesLines(_ label: String, _ values: TopValues) -> [String] {
        let top = values.top(Self.mostNames)
        // A single name says nothing that the alerts do not.
        guard values.count > 1 else { return [] }
        var text = StyledText()
        for (index, entry) in top.enumerated() {
            if index > 0 { text.append(Displayed(" · "), .dim) }
            // Of paths the end tells more.
            text.append(Displayed(entry.value).fittedToEnd(32))
            text.append(
                Displayed(" \(values.error > 0 ? "≥" : "")\(Quantity.count(entry.count))"), .init(entry.highest))
        }
        let more = values.count - top.count
        if more > 0 || values.error > 0 {
            text.append(Displayed(" and \(values.error > 0 ? "many" : Quantity.count(UInt64(more))) more"), .dim)
        }
        return text.wrapped(style.width - Self.margin, most: 2).lines.enumerated().map { index, line in
            style.text(Displayed(index == 0 ? label : "").padded(Self.margin), .dim) + line.rendered(style)
        }
    }

    /// Such as `2026-11-21T20:24:05Z`.
    private static func second(_ time: Timestamp) -> String { time.rfc3339.prefix(19) + "Z" }

    private mutating func add(_ text: StyledText, most: Int = 1) {
        lines += text.wrapped(style.width, most: most).lines.map { $0.rendered(style) }
    }

    /// Such as `1 alert` or `1,204 alerts`.
    static func amount(_ number: UInt64, _ noun: String) -> String {
        "\(Quantity.count(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
