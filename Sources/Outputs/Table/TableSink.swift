// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

/// Writes alerts for people: a block of a few lines each.
///
/// In a followed hunt an alert is shown as a block when it opens, and what happens to it later is a line.
public struct TableSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let style: TableStyle
    private var shown: ShownAlerts?
    private var isFirst = true

    /// Writes to an output in a style.
    public init(_ output: ByteOutput, style: TableStyle = TableStyle(), isFollowed: Bool = false) {
        self.output = output
        self.style = style
        if isFollowed { shown = ShownAlerts() }
    }

    /// Writes a block, or a line about a block that stands further up.
    public mutating func take(_ change: AlertChange) throws(OutputError) {
        let notice = shown == nil ? .block : shown?.notice(of: change) ?? .nothing
        switch notice {
        case .nothing: return
        case .block:
            let lines = AlertBlock(change.alert, style: style).lines
            try output.write((isFirst ? "" : "\n") + lines.map { $0 + "\n" }.joined())
        case .line(let text, let attribute):
            try output.write((isFirst ? "" : "\n") + line(change.alert, text, attribute) + "\n")
        }
        isFirst = false
        // Someone is watching: an alert is shown when it is raised, not when a buffer is full.
        try output.flush()
    }

    /// Writes what is still collected.
    public mutating func finish() throws(OutputError) { try output.flush() }

    /// A line such as `HIGH      +12 (14×) last seen 2026-11-21T20:30:11Z · Python spawns a terminal · root on web1`.
    private func line(_ alert: Alert, _ text: String, _ attribute: TableStyle.Attribute?) -> String {
        let label = Displayed(alert.level.rawValue.uppercased())
        let rest = StyledText(
            Displayed("\(text) \(alert.rule.title) · \(alert.entity.id)"), attribute)
        let used = max(10, label.width + 1)
        return style.text(label, attribute ?? .init(alert.level)) + String(repeating: " ", count: used - label.width)
            + (rest.wrapped(style.width - used, most: 1).lines.first?.rendered(style) ?? "")
    }
}
