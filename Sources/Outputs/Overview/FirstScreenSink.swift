// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Writes what an analyst looks at first: the overview, then the alerts that matter most in full, then how to see the
/// others.
///
/// Asked for every alert, it keeps their blocks in a temporary file until the overview is known.
public final class FirstScreenSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let style: TableStyle
    private let showsAll: Bool
    private var overview = Overview()
    private var urgent = UrgentAlerts(most: mostAlerts)
    private let blocks = SpillFile()
    private var blockCount = 0

    /// The most alerts shown in full.
    static let mostAlerts = 10
    /// The fewest shown, however long they are.
    private static let fewestAlerts = 3
    /// About how many lines the screen takes at most, so that it is read.
    private static let mostLines = 150

    /// Writes to an output in a style.
    public init(_ output: ByteOutput, style: TableStyle = TableStyle(), showsAll: Bool = false) {
        self.output = output
        self.style = style
        self.showsAll = showsAll
    }

    /// Final alerts only.
    public var interest: SinkInterest { .finalAlerts }

    /// Counts an alert and keeps what may be shown of it.
    public func take(_ change: AlertChange) throws(OutputError) {
        overview.add(change.alert)
        guard showsAll else { return urgent.add(change.alert) }
        try blocks.append(Array((blockCount == 0 ? "" : "\n").utf8) + Self.text(change.alert, style).utf8)
        blockCount += 1
    }

    /// Writes the screen; nothing when there were no alerts.
    public func finish() throws(OutputError) {
        let head = OverviewText(overview, style: style).lines
        guard !head.isEmpty else { return try output.flush() }
        try output.write(head.joined(separator: "\n") + "\n\n")
        if showsAll {
            try blocks.forEachPiece { (piece) throws(OutputError) in try output.write { $0.append(contentsOf: piece) } }
        } else {
            try writeUrgent(below: head.count)
        }
        try output.flush()
    }

    private func writeUrgent(below head: Int) throws(OutputError) {
        let chosen = urgent.chosen
        var shown = 0
        // The hint at the end takes some as well.
        var lines = head + 5
        for alert in chosen {
            let block = AlertBlock(alert, style: style).lines
            guard shown < Self.fewestAlerts || lines + block.count < Self.mostLines else { break }
            try output.write((shown == 0 ? "" : "\n") + block.map { $0 + "\n" }.joined())
            shown += 1
            lines += block.count + 1
        }
        let all = overview.alerts
        guard UInt64(shown) < all || overview.suppressed > 0 else { return }
        let silent =
            overview.suppressed > 0 ? "; \(OverviewText.amount(overview.suppressed, "suppressed one")) not shown" : ""
        let how =
            "These are the most urgent \(shown) of \(Quantity.count(all)) alerts, one of each rule before a second\(silent). "
            + "--all shows every alert; --output jsonl=alerts.jsonl, csv=timeline.csv and html=report.html write them "
            + "to files."
        let text = StyledText(Displayed(how), .dim).wrapped(style.width, most: 6)
        try output.write("\n" + text.lines.map { $0.rendered(style) + "\n" }.joined())
    }

    private static func text(_ alert: Alert, _ style: TableStyle) -> String {
        AlertBlock(alert, style: style).lines.map { $0 + "\n" }.joined()
    }
}
