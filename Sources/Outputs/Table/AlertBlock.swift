// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// The lines that show one alert.
///
/// Every line fits the width of the style.
///
///     HIGH           Python spawns a terminal · T1059.006 · execution
///     seen           3× · 2026-11-21T20:24:05Z to 20:30:11Z
///     process        web1 · c0ffee123456 · root · /usr/bin/python3.11
///     selection      CommandLine contains pty.spawn ← python3 -c import pty; pty.spawn("/bin/sh")
///     at             audit.log:123 · linux/process_creation/auditd
///     strategy       Adversarial Python execution (python-execution)
struct AlertBlock {
    /// The lines without line ends.
    private(set) var lines: [String] = []
    private let style: TableStyle

    /// The most reasons shown; the others are counted.
    private static let mostReasons = 6
    /// Columns of the labels on the left, the gap included.
    private static let margin = 15

    init(_ alert: Alert, style: TableStyle) {
        self.style = style
        addTitle(alert)
        addLine("seen", Self.seen(alert))
        addLine(alert.entity.kind.rawValue, alert.entity.id)
        if let correlation = alert.correlation { addLine("correlation", Self.summary(correlation)) }
        for reason in alert.why.prefix(Self.mostReasons) { add(reason) }
        if alert.why.count > Self.mostReasons {
            addLine("", "and \(alert.why.count - Self.mostReasons) more reasons", .dim)
        }
        if let source = alert.source {
            addLine("at", "\(source.path):\(source.position) · \(source.logsource)", .dim)
        }
        if let strategy = alert.strategy { addLine("strategy", "\(strategy.title) (\(strategy.id))") }
    }

    private var room: Int { style.width - Self.margin }

    private mutating func addTitle(_ alert: Alert) {
        let level = alert.rule.level
        let label = Displayed(level.rawValue.uppercased())
        let tags = alert.attack.techniques.map(\.id) + alert.attack.tactics
        let mapping = Displayed(tags.isEmpty ? "" : " · " + tags.joined(separator: " · "))
        let title = Displayed(alert.rule.title)
        // The title comes first; the mapping takes what it leaves.
        let shownTitle = title.fitted(room)
        let shownMapping = mapping.fitted(room - shownTitle.width)
        lines.append(
            style.text(label, .init(level)) + String(repeating: " ", count: max(1, Self.margin - label.width))
                + style.text(shownTitle, .bold) + style.text(shownMapping, .dim))
    }

    private mutating func addLine(_ label: String, _ text: String, _ attribute: TableStyle.Attribute? = nil) {
        lines.append(margin(label) + style.text(Displayed(text).fitted(room), attribute))
    }

    private func margin(_ label: String) -> String {
        style.text(Displayed(label).fitted(Self.margin - 1).padded(Self.margin), .dim)
    }

    /// `selection  field pattern ← value` where that fits on one line, else the value on a line of its own.
    private mutating func add(_ reason: Explanation) {
        let arrow = Displayed(" ← ")
        let question = Displayed((reason.field ?? "any field") + " " + reason.patternInWords)
        let part = MatchedPart(of: reason.value, pattern: reason.pattern)
        let beside = room - question.width - arrow.width
        if beside >= Displayed(reason.value).width {
            lines.append(
                margin(reason.selection) + question.description + style.text(arrow, .dim) + shown(part, in: beside))
        } else {
            lines.append(margin(reason.selection) + question.fitted(room).description)
            lines.append(margin("") + style.text(Displayed("← "), .dim) + shown(part, in: room - 2))
        }
    }

    /// A value in at most `columns`, the matched part in it.
    private func shown(_ part: MatchedPart, in columns: Int) -> String {
        let (before, match, after) = (Displayed(part.before), Displayed(part.match), Displayed(part.after))
        guard before.width + match.width + after.width > columns else {
            return before.description + style.text(match, .bold) + after.description
        }
        let shownMatch = match.fitted(columns)
        let rest = columns - shownMatch.width
        // A third of the context stands before the match, unless the other side leaves more.
        let beforeColumns = min(before.width, max(rest / 3, rest - after.width))
        let shownBefore = before.fittedToEnd(beforeColumns)
        let shownAfter = after.fitted(rest - shownBefore.width)
        return shownBefore.description + style.text(shownMatch, .bold) + shownAfter.description
    }

    private static func seen(_ alert: Alert) -> String {
        let times = "\(alert.count)×"
        guard let first = alert.firstSeen, let last = alert.lastSeen else { return times + " · time unknown" }
        guard first != last else { return times + " · " + first.rfc3339 }
        // The date is not repeated when it is the same.
        let (from, to) = (first.rfc3339, last.rfc3339)
        return times + " · \(from) to " + (from.prefix(10) == to.prefix(10) ? String(to.dropFirst(11)) : to)
    }

    private static func summary(_ correlation: CorrelationDetail) -> String {
        let value = correlation.value.map { " = " + (JSONValue.number($0).text) } ?? ""
        return "\(correlation.type)\(value) within \(correlation.timespan) s"
    }
}
