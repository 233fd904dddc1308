// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// The lines that show one alert: what, when, who, why, the event itself, and where to read on.
///
/// Every line fits the width of the style.
///
///     HIGH      Python spawns a terminal
///               T1059.006 · execution
///     when      3× · 2026-11-21T20:24:05Z to 20:30:11Z
///     who       root on web1 · /usr/bin/python3.11 · container c0ffee123456
///     why       selection_img: Image contains /python ← /usr/bin/python3.11
///               selection_cli: CommandLine contains pty.spawn
///     event     CommandLine        python3 -c import pty; pty.spawn("/bin/sh")
///               ParentCommandLine  bash
///     at        audit.log:123 · linux/process_creation/auditd
///     strategy  Adversarial Python execution · Strategies/python-execution/strategy.md
///     next      Read the ancestors of the process and the login session.
///               $ ausearch --session 7 -i
///     blind     A shell whose parent forked without exec shows no Python parent.
struct AlertBlock {
    /// The lines without line ends.
    private(set) var lines: [String] = []
    let style: TableStyle

    /// The most reasons shown; the others are counted.
    private static let mostReasons = 8
    /// Of a correlation, the events shown: the first ones and the last.
    private static let mostEvents = 3
    /// Columns of the labels on the left, the gap included.
    private static let margin = 10

    init(_ alert: Alert, style: TableStyle) {
        self.style = style
        addTitle(alert)
        addPriority(alert)
        addLine("when", Self.seen(alert))
        addText("who", StyledText(Displayed(alert.actor)), most: 2)
        let events = shownEvents(alert)
        addReasons(alert, beside: events)
        for (number, event) in events { addEvent(event, number == 0 ? "event" : "event \(number)") }
        if alert.correlation != nil, alert.events.count > Self.mostEvents {
            addLine("", "\(alert.events.count - Self.mostEvents) more events between them", .dim)
        }
        addDifferences(alert)
        if let source = alert.source { addPlace(source) }
        addSources(alert)
        if let strategy = alert.strategy {
            addLine("strategy", "\(strategy.title) · \(strategy.path)")
        } else if !alert.rule.path.isEmpty {
            addLine("rule", "\(alert.rule.path):\(alert.rule.line)")
        }
        if !style.isBrief { addGuidance(alert.guidance) }
    }

    var room: Int { style.width - Self.margin }

    private mutating func addTitle(_ alert: Alert) {
        let label = Displayed(alert.level.rawValue.uppercased())
        // The longest level leaves the title a little less room.
        let used = max(Self.margin, label.width + 1)
        let title = StyledText(Displayed(alert.rule.title), .bold).wrapped(style.width - used, most: 2).lines
        for (index, line) in title.enumerated() {
            let left = index == 0 ? style.text(label, .init(alert.level)) : ""
            let blanks = index == 0 ? used - label.width : used
            lines.append(left + String(repeating: " ", count: blanks) + line.rendered(style))
        }
        let tags = alert.attack.techniques.map(\.id) + alert.attack.tactics
        if !tags.isEmpty { addLine("", tags.joined(separator: " · "), .dim) }
    }

    private mutating func addReasons(_ alert: Alert, beside events: [(number: Int, event: EventDetail)]) {
        var label = "why"
        if let correlation = alert.correlation {
            addLine(label, correlation.inWords)
            label = ""
        }
        for reason in alert.why.prefix(Self.mostReasons) {
            add(reason, label, isBelow: events.contains { $0.event.shows(reason) })
            label = ""
        }
        if alert.why.count > Self.mostReasons {
            addLine("", "and \(alert.why.count - Self.mostReasons) more reasons", .dim)
        }
    }

    /// `selection: field pattern ← value`, on two lines where one is too short; without the value where the event below
    /// shows it or the pattern is the value.
    private mutating func add(_ reason: Explanation, _ label: String, isBelow: Bool) {
        let question = Displayed("\(reason.selection): \(reason.field ?? "any field") \(reason.patternInWords)")
        let part = MatchedPart(of: reason.value, pattern: reason.pattern)
        let isSaid = reason.value.isEmpty || reason.patternInWords.hasSuffix(" " + reason.value)
        let arrow = Displayed("← ")
        guard !isBelow, !isSaid else { return addText(label, StyledText(question), most: 3) }
        if question.width + 1 + arrow.width + Displayed(reason.value).width <= room {
            var line = StyledText(question)
            line.append(Displayed(" ") + arrow, .dim)
            line.append(part, Displayed(reason.value).width)
            return addText(label, line, most: 1)
        }
        addText(label, StyledText(question), most: 3)
        var line = StyledText(arrow, .dim)
        line.append(part, room - arrow.width)
        addText("", line, most: 1)
    }

    private func shownEvents(_ alert: Alert) -> [(number: Int, event: EventDetail)] {
        guard alert.correlation != nil else {
            return alert.events.prefix(1).map { (0, EventDetail($0, why: alert.why, width: room)) }
        }
        let last = alert.events.count
        let numbers = last <= Self.mostEvents ? Array(1..<last + 1) : Array(1..<Self.mostEvents) + [last]
        var shown: [(number: Int, event: EventDetail)] = []
        for number in numbers {
            let event = alert.events[number - 1]
            shown.append((number, EventDetail(event, why: alert.why, width: room, after: shown.map(\.event))))
        }
        return shown
    }

    private mutating func addEvent(_ event: EventDetail, _ label: String) {
        for (index, line) in event.lines(style).enumerated() { lines.append(margin(index == 0 ? label : "") + line) }
    }

    /// The end of a long path, because the number of the record stands there.
    private mutating func addPlace(_ source: Alert.Source) {
        let place = Displayed("\(source.path):\(source.position)")
        let origin = Displayed(" · \(source.logsource)")
        let isBoth = place.width + origin.width <= room
        lines.append(margin("at") + style.text(isBoth ? place + origin : place.fittedToEnd(room), .dim))
    }

    mutating func addLine(_ label: String, _ text: String, _ attribute: TableStyle.Attribute? = nil) {
        addText(label, StyledText(Displayed(text), attribute), most: 1)
    }

    mutating func addText(_ label: String, _ text: StyledText, most: Int) {
        for (index, line) in text.wrapped(room, most: most).lines.enumerated() {
            lines.append(margin(index == 0 ? label : "") + line.rendered(style))
        }
    }

    private func margin(_ label: String) -> String {
        style.text(Displayed(label).padded(Self.margin), label.isEmpty ? nil : .dim)
    }

    private static func seen(_ alert: Alert) -> String {
        let times = "\(alert.count)×"
        guard let first = alert.firstSeen, let last = alert.lastSeen else { return times + " · time unknown" }
        guard first != last else { return times + " · " + first.rfc3339 }
        // The date is not repeated when it is the same.
        let (from, to) = (first.rfc3339, last.rfc3339)
        return times + " · \(from) to " + (from.prefix(10) == to.prefix(10) ? String(to.dropFirst(11)) : to)
    }
}

extension StyledText {
    /// Adds a value in at most `columns`, the matched part in it.
    mutating func append(_ part: MatchedPart, _ columns: Int) {
        let (before, match, after) = (Displayed(part.before), Displayed(part.match), Displayed(part.after))
        let shownMatch = match.fitted(columns)
        let rest = columns - shownMatch.width
        // A third of the context stands before the match, unless the other side leaves more.
        let shownBefore = before.fittedToEnd(min(before.width, max(rest / 3, rest - after.width)))
        append(shownBefore)
        append(shownMatch, .match)
        append(after.fitted(rest - shownBefore.width))
    }
}
