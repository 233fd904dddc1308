// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A regular expression through Foundation, held to PCRE's defaults: `\w \d \s \b` are ASCII, only `\n` ends a line,
/// and no match spans a byte that is not UTF-8.
struct PlainRegex {
    private let expression: NSRegularExpression

    /// Compiles; nil when the expression is not one.
    init?(_ text: String, ignoresCase: Bool, multiline: Bool, dotMatchesNewline: Bool) {
        var options: NSRegularExpression.Options = [.useUnixLineSeparators]
        if ignoresCase { options.insert(.caseInsensitive) }
        if multiline { options.insert(.anchorsMatchLines) }
        if dotMatchesNewline { options.insert(.dotMatchesLineSeparators) }
        var translation = PCRETranslation(text)
        guard let expression = try? NSRegularExpression(pattern: translation.translated(), options: options) else {
            return nil
        }
        self.expression = expression
    }

    /// Whether the expression is found anywhere.
    func matches(_ characters: [PlainCharacter]) -> Bool {
        var units: [UInt16] = []
        var segments: [Range<Int>] = []
        var start = 0
        for character in characters {
            switch character {
            case .scalar(let scalar): units += Array(String(scalar).utf16)
            case .stray:
                segments.append(start..<units.count)
                units.append(0xFFFD)
                start = units.count
            }
        }
        segments.append(start..<units.count)
        let text = String(decoding: units, as: UTF16.self)
        return segments.contains { segment in
            let range = NSRange(location: segment.lowerBound, length: segment.count)
            let options: NSRegularExpression.MatchingOptions = [.withoutAnchoringBounds, .withTransparentBounds]
            return expression.firstMatch(in: text, options: options, range: range) != nil
        }
    }
}

/// Rewrites what PCRE and ICU read differently.
struct PCRETranslation {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    private static let classes: [Character: String] = [
        "w": "A-Za-z0-9_", "d": "0-9", "s": "\\t\\n\\x0B\\f\\r\\x20",
    ]
    private static let boundary =
        "(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))"
    private static let noBoundary =
        "(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))"

    mutating func translated() -> String {
        // ICU refuses an expression with nothing in it.
        var output = rest.isEmpty ? "(?:)" : ""
        while let character = rest.popFirst() {
            switch character {
            case "\\": output += escape()
            case "[": output += characterClass()
            case "{":
                // PCRE takes a brace that begins no quantifier for itself.
                let isQuantifier = rest.prefixMatch(of: #/[0-9]+(,[0-9]*)?\}/#) != nil
                if isQuantifier, let end = rest.firstIndex(of: "}") {
                    output += "{" + rest[...end]
                    rest = rest[rest.index(after: end)...]
                } else {
                    output += "\\{"
                }
            case "}": output += "\\}"
            default: output.append(character)
            }
        }
        return output
    }

    /// What follows a backslash outside a class.
    private mutating func escape() -> String {
        guard let next = rest.popFirst() else { return "\\" }
        switch next {
        case "b": return Self.boundary
        case "B": return Self.noBoundary
        case "w", "d", "s": return "[" + (Self.classes[next] ?? "") + "]"
        case "W", "D", "S": return "[^" + (Self.classes[Character(next.lowercased())] ?? "") + "]"
        case "x", "p", "P", "k", "o", "g":
            // These take an argument in braces, which is not a quantifier.
            guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return "\\" + String(next) }
            let argument = rest[...end]
            rest = rest[rest.index(after: end)...]
            return "\\" + String(next) + argument
        default: return "\\" + String(next)
        }
    }

    /// What stands between brackets; ICU reads sets within sets, PCRE does not.
    private mutating func characterClass() -> String {
        var output = "["
        if rest.first == "^" {
            rest.removeFirst()
            output += "^"
        }
        if rest.first == "]" {
            rest.removeFirst()
            output += "\\]"
        }
        while let character = rest.popFirst() {
            switch character {
            case "]": return output + "]"
            case "\\":
                guard let next = rest.popFirst() else { return output }
                output += Self.classes[next] ?? (next == "b" ? "\\x08" : "\\" + String(next))
            case "[":
                if rest.first == ":", let end = rest.range(of: ":]") {
                    output += "[" + rest[..<end.upperBound]
                    rest = rest[end.upperBound...]
                } else {
                    output += "\\["
                }
            case "&", "{", "}", "$", "#", " ": output += "\\" + String(character)
            default: output.append(character)
            }
        }
        return output
    }
}
