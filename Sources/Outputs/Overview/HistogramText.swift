// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Alerts over time as columns of blocks, each coloured by its highest level, with the times of both ends below.
struct HistogramText {
    /// The lines without line ends, an empty one in front; none when all alerts lie in one column.
    private(set) var lines: [String] = []

    /// Lines that columns may rise.
    private static let height = 4
    /// Parts of a block, from an eighth to the whole.
    private static let blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let margin = 10
    private static let mostColumns = 100

    init(_ histogram: TimeHistogram, style: TableStyle) {
        let room = style.width - Self.margin
        guard let series = histogram.series(most: min(room, Self.mostColumns)), series.buckets.count > 1 else { return }
        let highest = series.buckets.map(\.count).max() ?? 1
        let heights = series.buckets.map { Self.eighths($0.count, of: highest) }
        lines.append("")
        for row in (0..<Self.height).reversed() {
            let label = row == Self.height - 1 ? Quantity.count(highest) : ""
            var line = StyledText()
            for (bucket, height) in zip(series.buckets, heights) {
                let part = min(8, max(0, height - row * 8))
                line.append(Displayed(part == 0 ? " " : Self.blocks[part - 1]), part == 0 ? nil : .init(bucket.highest))
            }
            let left = String(repeating: " ", count: max(0, Self.margin - 2 - label.utf8.count)) + label + "  "
            lines.append(Self.trimmed(style.text(Displayed(left), .dim) + line.rendered(style)))
        }
        addAxis(series, style)
    }

    private mutating func addAxis(_ series: TimeHistogram.Series, _ style: TableStyle) {
        let end = series.start.advanced(bySeconds: Int64(series.buckets.count) * series.width)
        let blank = String(repeating: " ", count: Self.margin)
        let (from, to) = (Self.label(series.start, series.width), Self.label(end, series.width))
        let gap = series.buckets.count - from.utf8.count - to.utf8.count
        let ends = gap >= 2 ? from + String(repeating: " ", count: gap) + to : "\(from) to \(to)"
        var text = "a column is \(Self.inWords(series.width))"
        if series.before > 0 { text += " · \(OverviewText.amount(series.before, "alert")) earlier" }
        if series.after > 0 { text += " · \(OverviewText.amount(series.after, "alert")) later" }
        lines.append(blank + style.text(Displayed(ends).fitted(style.width - Self.margin), .dim))
        lines.append(blank + style.text(Displayed(text).fitted(style.width - Self.margin), .dim))
    }

    /// What is there is seen, however little it is.
    private static func eighths(_ count: UInt64, of highest: UInt64) -> Int {
        guard count > 0 else { return 0 }
        return max(1, Int((Double(count) / Double(max(1, highest)) * Double(height * 8)).rounded()))
    }

    private static func label(_ time: Timestamp, _ width: Int64) -> String {
        width >= 86_400 ? String(time.rfc3339.prefix(10)) : width >= 60 ? RuleTable.minute(time) : time.rfc3339
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    /// `15 min`, `6 h`, `a day`, `4 days`.
    static func inWords(_ seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h"
        case 86_400: "a day"
        default: "\(seconds / 86_400) days"
        }
    }
}
