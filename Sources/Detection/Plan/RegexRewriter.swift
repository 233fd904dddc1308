// SPDX-License-Identifier: Apache-2.0

/// Rewrites regular expressions whose search may take exponential time into ones that match the same values.
///
/// `a.*b.*c` is searched for by trying every `b` for every `a`, and so on: with the fourteen plus signs some public rules
/// ask for, a script that has thirteen in a line takes seconds. Where nothing but text stands between the `.*`, the first
/// place of each text serves as well as any other, for the next `.*` takes whatever lies behind it; so each is searched for
/// once, within an atomic group (pcre2pattern(3), "Atomic grouping and possessive quantifiers").
enum RegexRewriter {
    /// An expression that matches the same values, or the expression itself where nothing is to be gained.
    static func rewritten(_ pattern: String) -> String {
        var rest = Array(pattern.utf8)[...]
        let option = Array("(?i)".utf8)
        let ignoresCase = rest.starts(with: option)
        if ignoresCase { rest = rest.dropFirst(option.count) }
        guard let texts = texts(rest), texts.count > 2, !texts.contains([]) else { return pattern }
        var output = ignoresCase ? option : []
        output += texts[0]
        for text in texts.dropFirst() { output += Array("(?>.*?".utf8) + text + Array(")".utf8) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The texts between the `.*` of an expression, as it writes them; nil when it has anything else.
    private static func texts(_ pattern: ArraySlice<UInt8>) -> [[UInt8]]? {
        var texts: [[UInt8]] = [[]]
        var index = pattern.startIndex
        while index < pattern.endIndex {
            let byte = pattern[index]
            let next = index + 1 < pattern.endIndex ? pattern[index + 1] : nil
            switch byte {
            case UInt8(ascii: "."):
                guard next == UInt8(ascii: "*") else { return nil }
                texts.append([])
                index += 2
                // A lazy form matches the same values, a possessive one does not.
                if index < pattern.endIndex, pattern[index] == UInt8(ascii: "?") { index += 1 }
            case UInt8(ascii: "\\"):
                guard let next, next < 0x80, !isLetterOrDigit(next) else { return nil }
                texts[texts.count - 1] += [byte, next]
                index += 2
            case UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "?"),
                UInt8(ascii: "*"), UInt8(ascii: "+"):
                return nil
            // A line end, which `.` does not match.
            case 0..<0x20: return nil
            default:
                texts[texts.count - 1].append(byte)
                index += 1
            }
        }
        return texts
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
