// SPDX-License-Identifier: Apache-2.0

/// The simple commands of a string for a POSIX shell, as far as they can be read without running it: quotes are taken
/// off, operators separate, expansions stay as written.
struct ShellCommands {
    /// One simple command.
    struct Command {
        /// Its words, without assignments and redirections.
        var words: [String] = []
        /// Whether standard input is a pipe, a file or a here-document.
        var hasInput = false
    }

    private let bytes: [UInt8]
    private var index = 0
    private var commands: [Command] = []
    private var command = Command()
    private var word: [UInt8] = []
    private var hasWord = false
    /// The next word is the target of a redirection.
    private var redirects = false

    /// The most commands read.
    private static let mostCommands = 64

    private init(_ text: String) { bytes = Array(text.utf8) }

    static func split(_ text: String) -> [Command] {
        var splitter = ShellCommands(text)
        splitter.run()
        return splitter.commands
    }

    private mutating func run() {
        while index < bytes.count, commands.count < Self.mostCommands {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): endWord()
            case UInt8(ascii: ";"), UInt8(ascii: "\n"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "`"),
                UInt8(ascii: "&"):
                if byte == UInt8(ascii: "&"), redirects, !hasWord { continue }
                if byte == UInt8(ascii: "&"), index < bytes.count, bytes[index] == UInt8(ascii: ">") {
                    endWord()
                    continue
                }
                endCommand(piped: false)
            case UInt8(ascii: "|"):
                let isOr = index < bytes.count && bytes[index] == UInt8(ascii: "|")
                if isOr { index += 1 }
                endCommand(piped: !isOr)
            case UInt8(ascii: "<"), UInt8(ascii: ">"): readRedirection(byte)
            case UInt8(ascii: "'"): readQuoted(until: byte, escapes: false)
            case UInt8(ascii: "\""): readQuoted(until: byte, escapes: true)
            case UInt8(ascii: "\\"):
                if index < bytes.count { append(bytes[index]) }
                index += 1
            case UInt8(ascii: "$") where index < bytes.count && bytes[index] == UInt8(ascii: "'"):
                index += 1
                readQuoted(until: UInt8(ascii: "'"), escapes: true)
            case UInt8(ascii: "#") where !hasWord:
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            default: append(byte)
            }
        }
        endCommand(piped: false)
    }

    private mutating func append(_ byte: UInt8) {
        word.append(byte)
        hasWord = true
    }

    private mutating func readQuoted(until quote: UInt8, escapes: Bool) {
        hasWord = true
        while index < bytes.count, bytes[index] != quote {
            if escapes, bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
                "\"\\$`'".utf8.contains(bytes[index + 1])
            {
                index += 1
            }
            word.append(bytes[index])
            index += 1
        }
        index += 1
    }

    private mutating func readRedirection(_ byte: UInt8) {
        // A number right before the sign is the descriptor, not a word.
        if hasWord, word.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) {
            word.removeAll()
            hasWord = false
        }
        endWord()
        if byte == UInt8(ascii: "<") { command.hasInput = true }
        while index < bytes.count, bytes[index] == byte || bytes[index] == UInt8(ascii: "-") { index += 1 }
        redirects = true
    }

    private mutating func endWord() {
        guard hasWord else { return }
        if redirects {
            redirects = false
        } else {
            command.words.append(String(decoding: word, as: UTF8.self))
        }
        word.removeAll(keepingCapacity: true)
        hasWord = false
    }

    private static let keywords: Set<String> = [
        "if", "then", "else", "elif", "do", "while", "until", "{", "!", "time", "eval",
    ]

    private mutating func endCommand(piped: Bool) {
        endWord()
        redirects = false
        var words = command.words[...]
        while let first = words.first, Self.keywords.contains(first) || Wrapper.isAssignment(first) {
            words = words.dropFirst()
        }
        if !words.isEmpty { commands.append(Command(words: Array(words), hasInput: command.hasInput)) }
        command = Command(hasInput: piped)
    }
}
