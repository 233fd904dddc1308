// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// The overview's table of rules, under their strategies, in at most the width of the style.
///
/// Where the width is short, the columns that say least are left out before titles become too short to be told apart.
struct RuleTable {
    /// The lines without line ends, an empty one in front.
    private(set) var lines: [String] = []

    /// A column right of the title.
    private struct Column: Sendable {
        var head: String
        var isNumber: Bool
        /// The column that is left out first has the highest number.
        var order: Int
        var cell: @Sendable (_ line: Overview.RuleLine, _ isLong: Bool) -> String
    }

    private static let columns = [
        Column(head: "alerts", isNumber: true, order: 0) { line, _ in Quantity.count(line.alerts) },
        Column(head: "matches", isNumber: true, order: 4) { line, _ in Quantity.count(line.matches) },
        Column(head: "hosts", isNumber: false, order: 2) { line, _ in
            line.hosts.count == 0 ? "" : line.hosts.inWords
        },
        Column(head: "first", isNumber: false, order: 1) { line, isLong in
            line.first.map { isLong ? day($0) : minute($0) } ?? ""
        },
        Column(head: "last", isNumber: false, order: 3) { line, isLong in
            line.last.map { last in
                isLong ? day(last) : line.first.map { end(last, after: $0) } ?? minute(last)
            } ?? ""
        },
    ]
    /// The least room a title is given.
    private static let narrowestTitle = 28
    private static let widestCell = 16
    /// A span in seconds from which on days say enough.
    private static let longSpan: Int64 = 60 * 86_400
    private static let indent = "  "

    init(_ overview: Overview, style: TableStyle) {
        let groups = overview.groups(0..<OverviewText.mostRules)
        let rows = groups.flatMap(\.lines)
        let isLong =
            overview.first.flatMap { first in overview.last.map { first.advanced(bySeconds: Self.longSpan) < $0 } }
            ?? false
        let levelWidth = rows.reduce(0) { max($0, $1.highest.rawValue.utf8.count) } + 2
        var columns = Self.columns.map { column in
            let cells = rows.map { Displayed(column.cell($0, isLong)).fitted(Self.widestCell) }
            return (column: column, cells: cells, width: cells.reduce(column.head.utf8.count) { max($0, $1.width) })
        }
        func room() -> Int {
            style.width - Self.indent.utf8.count - levelWidth - columns.reduce(0) { $0 + $1.width + 2 }
        }
        while room() < Self.narrowestTitle, columns.count > 1,
            let last = columns.indices.max(by: { columns[$0].column.order < columns[$1].column.order })
        {
            columns.remove(at: last)
        }
        let titles = rows.reduce(0) { max($0, Displayed($1.title).width) }
        let titleWidth = max(10, min(room(), titles))

        func line(_ start: String, _ cells: [Displayed], _ attribute: TableStyle.Attribute?) -> String {
            var text = start
            for (column, cell) in zip(columns, cells) {
                let blanks = String(repeating: " ", count: max(0, column.width - cell.width))
                text += "  " + (column.column.isNumber ? blanks : "") + style.text(cell, attribute)
                if !column.column.isNumber { text += blanks }
            }
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
        let blank = String(repeating: " ", count: Self.indent.utf8.count + levelWidth + titleWidth)
        lines = ["", line(blank, columns.map { Displayed($0.column.head) }, .dim)]
        var number = 0
        for group in groups {
            let heading = Displayed(group.title ?? "Rules of no strategy").fitted(style.width)
            // Rules that no strategy explains need no heading when there are no others.
            if groups.count > 1 || group.title != nil { lines.append(style.text(heading, .bold)) }
            for row in group.lines {
                let level = style.text(Displayed(row.highest.rawValue), .init(row.highest))
                let gap = String(repeating: " ", count: levelWidth - row.highest.rawValue.utf8.count)
                let title = Displayed(row.title).fitted(titleWidth).padded(titleWidth)
                lines.append(line(Self.indent + level + gap + title.description, columns.map { $0.cells[number] }, nil))
                number += 1
            }
            if group.leftOut.rules > 0 {
                let rules = OverviewText.amount(UInt64(group.leftOut.rules), "more rule")
                let alerts = OverviewText.amount(group.leftOut.alerts, "alert")
                let text = "and \(rules) with \(alerts), \(group.leftOut.highest.rawValue) at most"
                lines.append(Self.indent + style.text(Displayed(text).fitted(style.width - 2), .dim))
            }
        }
    }

    /// Such as `2026-11-21`.
    static func day(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }

    /// The end of a span without the year, or the date, that its beginning names already: `11-21 20:24`, `20:24`.
    static func end(_ last: Timestamp, after first: Timestamp) -> String {
        let (from, to) = (minute(first), minute(last))
        let shared = from.prefix(10) == to.prefix(10) ? 11 : from.prefix(4) == to.prefix(4) ? 5 : 0
        return String(to.dropFirst(shared))
    }

    /// Such as `2026-11-21 20:24`.
    static func minute(_ time: Timestamp) -> String {
        String(time.rfc3339.prefix(16).replacing("T", with: " "))
    }
}
