// SPDX-License-Identifier: Apache-2.0
import Alerts

/// The fields of one event that a reader of an alert wants first, laid out.
struct EventDetail {
    private struct Row {
        var name: String
        var lines: [StyledText]
    }

    private var rows: [Row] = []
    /// Values that can be read in full, by field.
    private var whole: [String: Set<String>] = [:]
    private let why: [Explanation]

    /// The most fields shown.
    private static let mostRows = 8
    /// The most lines of one value.
    private static let mostLines = 6

    /// The fields shown, most telling first.
    private static let fields = [
        "event.action", "CommandLine", "ParentCommandLine", "CurrentDirectory", "python.script",
        "python.code", "process.parent.python.code", "TargetFilename", "container.image.name", "container.image.hash",
        "container.name", "container.command", "container.mount.source", "verb", "requestURI", "sourceIPs",
        "userAgent", "ScriptBlockText", "TargetObject", "Details", "ImageLoaded", "TargetImage", "PipeName",
        "ServiceFileName", "ImagePath", "TaskName", "QueryName", "message",
    ]

    /// Chooses the fields of an event and lays them out in `width` columns; what `why` matched is marked.
    init(_ event: EventSnapshot, why: [Explanation], width: Int) {
        self.why = why
        var chosen: [(name: String, value: String)] = []
        for name in Self.fields {
            for value in event.fields[name].compactMap(\.scalarText)
            where !value.isEmpty && !Self.isRepeated(value, name, in: chosen) { chosen.append((name, value)) }
        }
        if let destination = Self.destination(event) { chosen.append(("destination", destination)) }
        if let ancestors = Self.ancestors(event) { chosen.append(("process.ancestors", ancestors)) }
        // An event of a kind unknown here shows itself.
        if chosen.isEmpty, !event.record.isEmpty { chosen.append(("record", event.record)) }
        chosen = Array(chosen.prefix(Self.mostRows))
        let names = chosen.reduce(0) { max($0, Displayed($1.name).width) } + 2
        for (name, value) in chosen {
            let (lines, isWhole) = marked(value, name).wrapped(width - names, most: Self.mostLines)
            let label = Displayed(name).padded(names)
            rows.append(Row(name: label.description, lines: lines))
            if isWhole { whole[name, default: []].insert(value) }
        }
    }

    /// Whether the value a reason matched can be read here in full.
    func shows(_ reason: Explanation) -> Bool {
        guard let field = reason.field else { return false }
        return whole[field]?.contains(reason.value) ?? false
    }

    /// The lines without the margin.
    func lines(_ style: TableStyle) -> [String] {
        rows.flatMap { row in
            row.lines.enumerated().map { index, line in
                let label = index == 0 ? row.name : String(repeating: " ", count: row.name.unicodeScalars.count)
                return style.text(Displayed(label), .dim) + line.rendered(style)
            }
        }
    }

    /// A value with the parts marked that reasons matched.
    private func marked(_ value: String, _ name: String) -> StyledText {
        let scalars = Array(value.unicodeScalars)
        var isMatch = Array(repeating: false, count: scalars.count)
        // A reason's long value is an excerpt and need not be this one; its pattern still tells.
        for reason in why
        where reason.field == name
            && (reason.value == value || reason.value.unicodeScalars.count >= Explanation.longestValue)
        {
            let part = MatchedPart(of: value, pattern: reason.pattern)
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

    /// Code that stands on the command line, or a decoded layer that was decoded twice, is not shown again.
    private static func isRepeated(_ value: String, _ name: String, in chosen: [(name: String, value: String)]) -> Bool {
        if name == "container.image.hash" { return chosen.contains { $0.name == "container.image.name" } }
        let isPart = name.hasSuffix("python.code") || name == "python.script"
        return chosen.contains { earlier in
            isPart ? earlier.value.contains(value) : earlier.value == value && name != "ParentCommandLine"
        }
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
