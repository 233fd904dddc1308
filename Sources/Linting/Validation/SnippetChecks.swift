// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// AutoIt in validation steps.
enum AutoItCheck {
    static func check(_ snippet: Snippet, _ findings: inout Findings) {
        var runs: [(line: Int, program: String)] = []
        for (index, line) in snippet.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let text = line.trimming(\.isWhitespace)
            guard !text.hasPrefix(";"), text.lowercased().hasPrefix("run("), let open = text.firstIndex(of: "(") else {
                continue
            }
            var place = snippet.location
            place.line += index
            place.column = 0
            let arguments = arguments(String(text[text.index(after: open)...]))
            runs.append((index, arguments.first ?? ""))
            // Run("program" [, "workingdir" [, show_flag [, opt_flag]]])
            if arguments.count > 1, arguments[1].uppercased().hasPrefix("@SW_") {
                findings.add(
                    .wrongArgument,
                    "the second argument of AutoIt's Run is the working folder; '\(arguments[1])' belongs into the third",
                    at: place)
            }
            if runs.count > 1 {
                findings.add(
                    .wrongArgument,
                    "AutoIt's Run does not wait: nothing makes sure that the program before has ended (RunWait does)",
                    at: place)
            }
        }
    }

    private static func arguments(_ text: String) -> [String] {
        var result = [""]
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { result[result.count - 1].append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "," {
                result.append("")
            } else if character == ")" {
                break
            } else if !character.isWhitespace {
                result[result.count - 1].append(character)
            }
        }
        return result
    }
}

/// Names that stand for something the reader is to put in.
enum Placeholders {
    private static let adjectives: Set<String> = [
        "suspicious", "malicious", "evil", "your", "my", "some", "sample", "example", "attacker", "target",
        "placeholder",
    ]
    private static let nouns: Set<String> = [
        "image", "container", "host", "ip", "server", "file", "script", "payload", "domain", "url", "user", "binary",
        "registry", "pod", "namespace", "name",
    ]

    static func check(_ snippet: Snippet, _ findings: inout Findings) {
        guard snippet.language != .python else { return }
        for (index, line) in snippet.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            // Comments may name what they like.
            let code = line.trimming(\.isWhitespace)
            guard !code.hasPrefix("#"), !code.hasPrefix(";") else { continue }
            var place = snippet.location
            place.line += index
            for word in code.split(whereSeparator: { " \"'(),=".contains($0) }) where isPlaceholder(String(word)) {
                findings.add(
                    .stepPlaceholder, "'\(word)' stands for a name nobody gave: as written, the command fails",
                    at: place)
            }
        }
    }

    /// `<image>`, `suspicious_image`, `your-host`.
    static func isPlaceholder(_ word: String) -> Bool {
        if word.hasPrefix("<"), word.hasSuffix(">"), word.count > 2 { return word.dropFirst().first?.isLetter == true }
        let parts = word.lowercased().split { $0 == "_" || $0 == "-" }.map(String.init)
        return parts.count == 2 && adjectives.contains(parts[0]) && nouns.contains(parts[1])
    }
}
