// SPDX-License-Identifier: Apache-2.0

/// The arguments of a command, with what is known about where one ends and the next begins.
struct Arguments: Sendable {
    /// The words, the program first.
    var words: [String]
    /// Whether the words come from cutting a command line at its spaces.
    ///
    /// Unix telemetry joins arguments with one space
    /// and no quotes, so an argument that held spaces is now several words: text arguments reach to the end then.
    var isJoined: Bool

    /// The most words told apart; the last one holds whatever follows.
    static let mostWords = 2048

    /// Takes words as they are.
    init(words: [String], isJoined: Bool) {
        self.words = words
        self.isJoined = isJoined
    }

    /// Cuts a joined command line.
    init(joined text: String) {
        words = text.split(separator: " ", maxSplits: Self.mostWords, omittingEmptySubsequences: false).map(String.init)
        isJoined = true
    }

    /// The text argument that starts at a word: that word, or in a joined line all that follows.
    func text(from index: Int) -> String {
        guard index < words.count else { return "" }
        return isJoined ? Self.unquoted(words[index...].joined(separator: " ")) : words[index]
    }

    /// The words from an index on as a command of its own.
    func command(from index: Int) -> Arguments {
        Arguments(words: Array(words.dropFirst(index)), isJoined: isJoined)
    }

    /// Takes the shell's quotes off a text where a source kept them.
    ///
    /// Examples are `"import os"` or `'x' --flag`: a program
    /// that is nothing but a string literal does nothing, so quotes around all of it are not part of it.
    static func unquoted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 2, let quote = bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else {
            return text
        }
        var end = 1
        while end < bytes.count, bytes[end] != quote {
            end += bytes[end] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        guard end > 1, end < bytes.count else { return text }
        let tail = bytes[(end + 1)...]
        guard tail.isEmpty || tail.first == UInt8(ascii: " "),
            tail.allSatisfy({ $0 == UInt8(ascii: " ") || isPlain($0) })
        else { return text }
        guard quote == UInt8(ascii: "\"") else { return String(decoding: bytes[1..<end], as: UTF8.self) }
        var inner: [UInt8] = []
        var index = 1
        while index < end {
            // Inside double quotes a backslash quotes only these (POSIX shell, 2.2.3).
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < end, "\"\\$`".utf8.contains(bytes[index + 1]) {
                index += 1
            }
            inner.append(bytes[index])
            index += 1
        }
        return String(decoding: inner, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
            UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

extension Arguments {
    /// Cuts a Windows command line as `CommandLineToArgvW` does (Microsoft Learn, "CommandLineToArgvW function").
    init(windows text: String) {
        var words: [String] = []
        let bytes = Array(text.utf8)
        var index = 0
        // The program's name has rules of its own: backslashes are plain, quotes toggle.
        var quoted = false
        var word: [UInt8] = []
        while index < bytes.count, quoted || (bytes[index] != 0x20 && bytes[index] != 0x09) {
            if bytes[index] == UInt8(ascii: "\"") { quoted.toggle() } else { word.append(bytes[index]) }
            index += 1
        }
        words.append(String(decoding: word, as: UTF8.self))
        while words.count < Self.mostWords {
            while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
            guard index < bytes.count else { break }
            words.append(Self.windowsWord(bytes, &index))
        }
        self.init(words: words, isJoined: false)
    }

    private static func windowsWord(_ bytes: [UInt8], _ index: inout Int) -> String {
        var word: [UInt8] = []
        var quoted = false
        while index < bytes.count, quoted || (bytes[index] != 0x20 && bytes[index] != 0x09) {
            var slashes = 0
            while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
                slashes += 1
                index += 1
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                word.append(contentsOf: repeatElement(UInt8(ascii: "\\"), count: slashes))
                if slashes == 0 {
                    word.append(bytes[index])
                    index += 1
                }
                continue
            }
            word.append(contentsOf: repeatElement(UInt8(ascii: "\\"), count: slashes / 2))
            index += 1
            if slashes % 2 == 1 {
                word.append(UInt8(ascii: "\""))
            } else if quoted, index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                word.append(UInt8(ascii: "\""))
                index += 1
            } else {
                quoted.toggle()
            }
        }
        return String(decoding: word, as: UTF8.self)
    }
}
