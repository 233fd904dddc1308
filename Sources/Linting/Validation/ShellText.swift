// SPDX-License-Identifier: Apache-2.0
import Strategies

/// A shallow reading of shell text: simple commands as words.
///
/// Quotes are honoured, expansions are left as written.
enum ShellText {
    /// A simple command: its words and the line on which it starts, from 0.
    struct Command: Sendable, Hashable {
        var words: [String]
        var line: Int
        /// What separates it from the next: `;`, `&&`, `||`, `|`, `&` or a line end.
        var separator: String
        /// The text of its here-document, and the line on which that starts, from 0.
        var hereDocument: HereDocument?
    }

    /// Text that a command reads from the lines below it.
    struct HereDocument: Sendable, Hashable {
        var text: String
        var line: Int
    }

    /// Most characters that are read; validation steps have some hundred.
    private static let maximumLength = 65_536

    /// The simple commands of a text in order.
    static func commands(_ text: String) -> [Command] {
        var result: [Command] = []
        var words: [String] = []
        var word: String?
        var line = 0
        var start = 0
        var quote: Character?
        let characters = Array(text.prefix(maximumLength))
        var index = 0
        func endWord() {
            if let text = word {
                if words.isEmpty { start = line }
                words.append(text)
            }
            word = nil
        }
        func endCommand(_ separator: String) {
            endWord()
            if !words.isEmpty { result.append(Command(words: words, line: start, separator: separator)) }
            words = []
        }
        /// Takes the lines up to the delimiter that the last command names with `<<`.
        func takeHereDocument() {
            guard let command = result.last, let delimiter = hereDelimiter(command.words) else { return }
            let first = line
            var lines: [String] = []
            while index + 1 < characters.count {
                let end = characters[(index + 1)...].firstIndex(where: \.isNewline) ?? characters.count
                let text = String(characters[(index + 1)..<end])
                index = end
                if end < characters.count { line += 1 }
                if text.trimming(\.isWhitespace) == delimiter { break }
                lines.append(text)
            }
            result[result.count - 1].hereDocument = HereDocument(text: lines.joined(separator: "\n"), line: first)
        }
        while index < characters.count {
            let character = characters[index]
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            if let open = quote {
                if character == open {
                    quote = nil
                } else if character == "\\", open == "\"", let next, "\"\\$`".contains(next) {
                    word = (word ?? "") + String(next)
                    index += 1
                } else {
                    word = (word ?? "") + String(character)
                }
                if character.isNewline { line += 1 }
                index += 1
                continue
            }
            switch character {
            case "'", "\"":
                quote = character
                word = word ?? ""
            case "\\":
                if let next, !next.isNewline { word = (word ?? "") + String(next) }
                if next?.isNewline == true { line += 1 }
                index += 1
            case "#" where word == nil:
                while index + 1 < characters.count, !characters[index + 1].isNewline { index += 1 }
            case ";": endCommand(";")
            case "&", "|":
                let isRedirection = character == "&" && (next == ">" || word?.hasSuffix(">") == true)
                if isRedirection {
                    word = (word ?? "") + "&"
                } else if next == character {
                    endCommand(String([character, character]))
                    index += 1
                } else {
                    endCommand(String(character))
                }
            default:
                if character.isNewline {
                    endCommand("\n")
                    line += 1
                    takeHereDocument()
                } else if character.isWhitespace {
                    endWord()
                } else {
                    word = (word ?? "") + String(character)
                }
            }
            index += 1
        }
        endCommand("")
        return result
    }

    /// The delimiter of a here-document: the word behind `<<` or `<<-`; nil when there is none.
    private static func hereDelimiter(_ words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            guard let mark = word.firstRange(of: "<<"), !word.contains("<<<") else { continue }
            let rest = word[mark.upperBound...].drop { $0 == "-" }
            if !rest.isEmpty { return String(rest) }
            return index + 1 < words.count ? words[index + 1] : nil
        }
        return nil
    }

    /// Words of a command without what only starts it: `sudo`, `env`, `timeout 5`, assignments.
    static func unwrapped(_ words: [String]) -> [String] {
        var rest = words[...]
        while let first = rest.first {
            if let equals = first.firstIndex(of: "="), equals != first.startIndex, !first.contains("/"),
                !first.hasPrefix("-")
            {
                rest.removeFirst()
            } else if ["sudo", "env", "nohup", "time", "exec", "then", "do", "else", "!", "{"].contains(first) {
                rest.removeFirst()
                while let option = rest.first, option.hasPrefix("-") {
                    rest.removeFirst(option == "-u" ? min(2, rest.count) : 1)
                }
            } else if first == "timeout" || first == "nice" {
                rest.removeFirst()
                while let option = rest.first, option.hasPrefix("-") || option.first?.isNumber == true {
                    rest.removeFirst()
                }
            } else {
                break
            }
        }
        return Array(rest)
    }
}
