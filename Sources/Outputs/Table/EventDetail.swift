// SPDX-License-Identifier: Apache-2.0
import Alerts

/// The fields of one event that a reader of an alert wants first, laid out.
struct EventDetail {
    private struct Row {
        var name: String
        var value: String
        /// Other fields whose values this one contains.
        var parts: [(name: String, value: String)] = []

        func holds(_ reason: Explanation) -> Bool {
            reason.field == name && reason.value == value
                || parts.contains { $0.name == reason.field && $0.value == reason.value }
        }
    }

    private var chosen: [Row] = []
    /// Those that can be read in full.
    private var whole: [Row] = []
    private var rows: [(name: Displayed, lines: [StyledText])] = []
    private let why: [Explanation]

    /// The most fields shown.
    private static let mostRows = 8
    /// The most lines of one value.
    private static let mostLines = 6

    /// The fields shown, most telling first.
    static let fields = [
        "event.action", "CommandLine", "ParentCommandLine", "CurrentDirectory", "python.script",
        "python.code", "process.parent.python.code", "TargetFilename", "container.image.name", "container.image.hash",
        "container.name", "container.command", "container.mount.source", "verb", "requestURI", "sourceIPs",
        "userAgent", "ScriptBlockText", "TargetObject", "Details", "ImageLoaded", "TargetImage", "PipeName",
        "ServiceFileName", "ImagePath", "TaskName", "QueryName", "message",
    ]

    /// Chooses the fields of an event and lays them out in `width` columns; what `why` matched is marked.
    ///
    /// What the earlier events of the same alert show is left out.
    init(_ event: EventSnapshot, why: [Explanation], width: Int, after earlier: [EventDetail] = []) {
        self.why = why
        choose(from: event)
        // An event always keeps what it did itself.
        chosen.removeAll { row in
            !["event.action", "CommandLine"].contains(row.name) && earlier.contains { $0.has(row.value) }
        }
        chosen = Array(chosen.prefix(Self.mostRows))
        let names = chosen.reduce(0) { max($0, Displayed($1.name).width) } + 2
        for row in chosen {
            let (lines, isWhole) = marked(row).wrapped(width - names, most: Self.mostLines)
            rows.append((Displayed(row.name).padded(names), lines))
            if isWhole { whole.append(row) }
        }
    }

    private mutating func choose(from event: EventSnapshot) {
        // A container's image is known by its name; what happens to an image is told by its digest as well.
        let isNamed = event.fields.text("event.category") == "container" || !event.fields["Id"].isEmpty
        for name in Self.fields where !isNamed || name != "container.image.hash" {
            for value in event.fields[name].compactMap(\.scalarText) where !value.isEmpty { choose(name, value) }
        }
        if let destination = Self.destination(event) { choose("destination", destination) }
        if let ancestors = Self.ancestors(event) { choose("process.ancestors", ancestors) }
        // An event of a kind unknown here shows itself.
        if chosen.isEmpty, !event.record.isEmpty { choose("record", event.record) }
    }

    /// Chooses a value; one that another holds, such as the code on a command line, is not shown twice.
    private mutating func choose(_ name: String, _ value: String) {
        let isPart = name.hasSuffix("python.code") || name == "python.script"
        let holder = chosen.firstIndex { earlier in
            isPart ? earlier.value.contains(value) : earlier.value == value && name != "ParentCommandLine"
        }
        if let holder {
            chosen[holder].parts.append((name, value))
        } else {
            chosen.append(Row(name: name, value: value))
        }
    }

    private func has(_ value: String) -> Bool { whole.contains { $0.value == value } }

    /// Whether the value a reason matched can be read here in full.
    func shows(_ reason: Explanation) -> Bool { whole.contains { $0.holds(reason) } }

    /// The lines without the margin.
    func lines(_ style: TableStyle) -> [String] {
        rows.flatMap { row in
            row.lines.enumerated().map { index, line in
                style.text(index == 0 ? row.name : Displayed().padded(row.name.width), .dim) + line.rendered(style)
            }
        }
    }

    /// A value with the parts marked that reasons matched.
    private func marked(_ row: Row) -> StyledText {
        let scalars = Array(row.value.unicodeScalars)
        var isMatch = Array(repeating: false, count: scalars.count)
        for reason in why where row.holds(reason) || row.name == reason.field && reason.isExcerpt {
            let part = MatchedPart(of: row.value, pattern: reason.pattern)
            let start = part.before.unicodeScalars.count
            for index in start..<start + part.match.unicodeScalars.count { isMatch[index] = true }
        }
        var text = StyledText()
        var start = 0
        for end in isMatch.indices where end + 1 == isMatch.count || isMatch[end + 1] != isMatch[start] {
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: scalars[start...end])
            text.append(Displayed(String(piece)), isMatch[start] ? .match : nil)
            start = end + 1
        }
        return text
    }

    private static func destination(_ event: EventSnapshot) -> String? {
        let fields = event.fields
        guard let address = fields.text("DestinationIp") ?? fields.text("DestinationHostname") else { return nil }
        let isBracketed = address.contains(":")
        let port = fields.text("DestinationPort").map { ":" + $0 } ?? ""
        let name = fields.text("DestinationHostname").flatMap { $0 == address ? nil : " (\($0))" } ?? ""
        return (isBracketed && !port.isEmpty ? "[\(address)]" : address) + port + name
    }

    private static func ancestors(_ event: EventSnapshot) -> String? {
        let programs = event.fields["process.ancestors"].compactMap(\.scalarText)
        return programs.isEmpty ? nil : programs.joined(separator: " ← ")
    }
}

extension Explanation {
    /// Whether the value may be a part of a longer one.
    fileprivate var isExcerpt: Bool { value.unicodeScalars.count >= Self.longestValue }
}
