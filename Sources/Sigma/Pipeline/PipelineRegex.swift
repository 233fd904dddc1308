// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A regular expression of a pipeline, written in Python's notation.
///
/// The differences that matter are translated for Foundation's engine: named groups `(?P<n>…)`, their references
/// `(?P=n)`, `\Z`, and replacements with `\1`, `\g<1>` and `\g<name>`.
struct PipelineRegex: Sendable {
    /// The expression as the pipeline has it.
    let pattern: String
    /// The names of groups, in order.
    let groupNames: [String]
    private let expression: NSRegularExpression

    /// Compiles an expression; nil when it is not valid.
    init?(_ pattern: String) {
        let translated =
            pattern
            .replacingOccurrences(of: "(?P<", with: "(?<")
            .replacingOccurrences(of: #"\(\?P=(\w+)\)"#, with: #"\\k<$1>"#, options: .regularExpression)
            .replacingOccurrences(of: #"(?<!\\)((?:\\\\)*)\\Z"#, with: #"$1\\z"#, options: .regularExpression)
        guard let expression = try? NSRegularExpression(pattern: translated) else { return nil }
        self.pattern = pattern
        self.expression = expression
        groupNames = translated.split(separator: "(?<").dropFirst(translated.hasPrefix("(?<") ? 0 : 1).compactMap {
            part in
            let name = part.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            return name.isEmpty || part.dropFirst(name.count).first != ">" ? nil : String(name)
        }
    }

    /// Whether the expression matches at the start of the text (Python's `match`).
    func matchesStart(of text: String) -> Bool {
        expression.firstMatch(in: text, options: .anchored, range: range(text)) != nil
    }

    /// Whether the expression matches anywhere (Python's `search`).
    func matches(in text: String) -> Bool { expression.firstMatch(in: text, range: range(text)) != nil }

    /// The named groups of a match at the start of the text, in order; nil when there is no match.
    ///
    /// Groups that took no part are left out.
    func namedGroups(in text: String) -> [(name: String, value: String)]? {
        guard let match = expression.firstMatch(in: text, options: .anchored, range: range(text)) else { return nil }
        return groupNames.compactMap { name in
            guard let range = Range(match.range(withName: name), in: text) else { return nil }
            return (name, String(text[range]))
        }
    }

    /// The text with every match replaced (Python's `sub`).
    func replacing(in text: String, with replacement: String) -> String {
        var output = ""
        var position = text.startIndex
        for match in expression.matches(in: text, range: range(text)) {
            guard let matched = Range(match.range, in: text) else { continue }
            output += text[position..<matched.lowerBound]
            output += expand(replacement, match, text)
            position = matched.upperBound
        }
        return output + text[position...]
    }

    private func expand(_ replacement: String, _ match: NSTextCheckingResult, _ text: String) -> String {
        func group(_ index: Int) -> String {
            guard index < match.numberOfRanges, let range = Range(match.range(at: index), in: text) else { return "" }
            return String(text[range])
        }
        var output = ""
        var rest = Substring(replacement)
        while let character = rest.popFirst() {
            guard character == "\\", let next = rest.popFirst() else {
                output.append(character)
                continue
            }
            if let digit = next.wholeNumberValue, next.isASCII {
                var index = digit
                if let second = rest.first, second.isASCII, let value = second.wholeNumberValue, digit > 0 {
                    index = digit * 10 + value
                    rest.removeFirst()
                }
                output += group(index)
            } else if next == "g", rest.first == "<", let end = rest.firstIndex(of: ">") {
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                rest = rest[rest.index(after: end)...]
                if let index = Int(name) {
                    output += group(index)
                } else if groupNames.contains(name), let range = Range(match.range(withName: name), in: text) {
                    output += text[range]
                }
            } else {
                output.append(next == "n" ? "\n" : next == "t" ? "\t" : next)
            }
        }
        return output
    }

    private func range(_ text: String) -> NSRange { NSRange(text.startIndex..., in: text) }
}
