// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A page of Markdown whose fenced blocks can be carried out.
///
/// | info string | what is done |
/// |---|---|
/// | `console` | lines that begin with `$ ` are run; what follows is what they print, `…` standing for anything |
/// | `LANGUAGE file=PATH` | the block is written to the file |
/// | `LANGUAGE section=PATH` | the block, which begins with a heading, replaces the section of that heading |
///
/// Other blocks are only shown.
struct TutorialPage {
    /// One thing to do.
    enum Step {
        /// A command and its output; `line` is the command's in the page.
        case run(command: String, output: [String], line: Int)
        /// A file's content.
        case write(path: String, content: String)
        /// A section's content.
        case replace(path: String, heading: String, content: String)
    }

    let lines: [String]
    private(set) var steps: [Step] = []

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            let fence = String(lines[index].prefix { $0 == "`" })
            index += 1
            guard fence.count >= 3 else { continue }
            let info = lines[index - 1].dropFirst(fence.count).split(separator: " ").map(String.init)
            let start = index
            while index < lines.count, lines[index] != fence { index += 1 }
            add(info, start..<min(index, lines.count))
            index += 1
        }
    }

    private mutating func add(_ info: [String], _ body: Range<Int>) {
        func path(_ key: String) -> String? {
            info.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
        }
        let content = lines[body].joined(separator: "\n") + "\n"
        if let file = path("file") {
            steps.append(.write(path: file, content: content))
        } else if let file = path("section"), let heading = lines[body].first {
            steps.append(.replace(path: file, heading: heading, content: content))
        } else if info.first == "console" {
            let commands = body.filter { lines[$0].hasPrefix("$ ") }
            for (index, line) in commands.enumerated() {
                let end = index + 1 < commands.count ? commands[index + 1] : body.upperBound
                steps.append(
                    .run(command: String(lines[line].dropFirst(2)), output: Array(lines[(line + 1)..<end]), line: line))
            }
        }
    }

    /// A document with the section of a heading replaced; nil when it has none.
    static func replacing(_ heading: String, in document: String, by content: String) -> String? {
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: heading[...]) else { return nil }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
        return (lines[..<start].map(String.init) + [content] + lines[end...].map(String.init)).joined(separator: "\n")
    }

    /// Whether output is as shown: a line `…` stands for any number of lines, `…` in a line for any text, and a day
    /// shown also for today.
    static func matches(_ shown: ArraySlice<String>, _ output: ArraySlice<String>, today: String) -> Bool {
        guard let first = shown.first else { return output.isEmpty }
        if first == "…" {
            return (output.startIndex...output.endIndex).contains { start in
                matches(shown.dropFirst(), output[start...], today: today)
            }
        }
        guard let line = output.first, matches(first, line, today: today) else { return false }
        return matches(shown.dropFirst(), output.dropFirst(), today: today)
    }

    private static func matches(_ shown: String, _ line: String, today: String) -> Bool {
        let days = /[0-9]{4}-[0-9]{2}-[0-9]{2}/
        if shown.firstMatch(of: days) != nil, line.contains(today) {
            let dated = shown.replacing(days, with: today)
            if dated != shown, matches(dated, line, today: today) { return true }
        }
        let parts = shown.components(separatedBy: "…")
        guard parts.count > 1, let head = parts.first, let tail = parts.last else { return shown == line }
        guard line.hasPrefix(head), line.count >= head.count + tail.count, line.hasSuffix(tail) else { return false }
        var rest = line.dropFirst(head.count).dropLast(tail.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
