// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Where in a value a pattern matched: for showing it, not for deciding anything.
///
/// Found again by looking for the longest literal piece of the pattern, ignoring case. What cannot be found that way
/// (regular expressions, encoded or numeric patterns) leaves `match` empty.
public struct MatchedPart: Hashable, Sendable {
    /// What stands before the match.
    public var before: String
    /// The matched part; empty when it could not be found.
    public var match: String
    /// What stands after the match; the whole value when it could not be found.
    public var after: String

    /// Looks for a pattern, written as `modifiers: pattern`, in a value.
    public init(of value: String, pattern: String) {
        (before, match, after) = ("", "", value)
        let (modifiers, text) = Self.split(pattern)
        guard modifiers.allSatisfy(Self.leavesTextAlone.contains) else { return }
        guard let literal = Self.longestLiteral(of: text) else { return }
        let hay = Array(value.unicodeScalars)
        let folded = hay.map(Self.folded)
        let needle = literal.unicodeScalars.map(Self.folded)
        // A suffix matched at the end, whatever stands before it.
        let atEnd = modifiers.contains("endswith")
        guard let start = Self.find(needle, in: folded, fromEnd: atEnd) else { return }
        before = Self.text(hay[..<start])
        match = Self.text(hay[start..<start + needle.count])
        after = Self.text(hay[(start + needle.count)...])
    }

    /// The value, or of a long one the part around the match, with `…` for what is left out.
    public func excerpt(longest: Int) -> String {
        // No scalar is shorter than a byte.
        if before.utf8.count + match.utf8.count + after.utf8.count <= longest { return before + match + after }
        let total = before.unicodeScalars.count + match.unicodeScalars.count + after.unicodeScalars.count
        guard total > longest else { return before + match + after }
        let head = Array(match.unicodeScalars.prefix(longest))
        let room = longest - head.count
        let tail = Array(after.unicodeScalars)
        let lead = Array(before.unicodeScalars)
        // Context is shared equally, and what one side does not use goes to the other.
        let leadCount = min(lead.count, max(room / 3, room - tail.count))
        let tailCount = min(tail.count, room - leadCount)
        return (leadCount < lead.count ? "…" : "") + Self.text(lead[(lead.count - leadCount)...]) + Self.text(head[...])
            + Self.text(tail[..<tailCount]) + (tailCount < tail.count ? "…" : "")
    }

    private static let leavesTextAlone: Set<Substring> = [
        "contains", "startswith", "endswith", "all", "cased", "windash", "expand", "fieldref", "neq",
    ]

    /// `contains|all: text` to its modifiers and text; a text without modifiers is the whole.
    static func split(_ pattern: String) -> ([Substring], Substring) {
        guard let colon = pattern.firstRange(of: ": ") else { return ([], pattern[...]) }
        let words = pattern[..<colon.lowerBound].split(separator: "|")
        guard !words.isEmpty, words.allSatisfy({ Modifier(rawValue: String($0)) != nil }) else {
            return ([], pattern[...])
        }
        return (words, pattern[colon.upperBound...])
    }

    private static func longestLiteral(of text: Substring) -> String? {
        let literals = StringPattern(parsing: String(text)).pieces.compactMap { piece in
            if case .literal(let literal) = piece { literal } else { nil }
        }
        return literals.max { $0.unicodeScalars.count < $1.unicodeScalars.count }
    }

    private static func find(_ needle: [Unicode.Scalar], in hay: [Unicode.Scalar], fromEnd: Bool) -> Int? {
        guard !needle.isEmpty, needle.count <= hay.count else { return nil }
        let last = hay.count - needle.count
        if fromEnd, hay[last...].elementsEqual(needle) { return last }
        return (0...last).first { start in
            hay[start] == needle[0] && hay[start..<start + needle.count].elementsEqual(needle)
        }
    }

    /// Lower case where that is one scalar, so that positions stay those of the value.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return scalar.value &- 0x41 < 26 ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value | 0x20)) : scalar
        }
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? scalar : scalar
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? .init())
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
