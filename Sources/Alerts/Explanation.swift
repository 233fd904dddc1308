// SPDX-License-Identifier: Apache-2.0
import Detection

/// Why a rule matched: one item of one search, with the value that satisfied it, cut around what matched.
public struct Explanation: Hashable, Sendable {
    /// The search identifier in the rule.
    public var selection: String
    /// The field; nil for a keyword.
    public var field: String?
    /// The pattern as the rule writes it, with its modifiers, such as `contains: pty.spawn`.
    public var pattern: String
    /// The event's value; of a long one the part around the match.
    public var value: String

    /// The most explanations an alert keeps.
    public static let most = 32
    /// The longest value kept, in characters.
    public static let longestValue = 1024
    /// The longest pattern kept, in bytes.
    public static let longestPattern = 512

    /// The pattern for people: `contains pty.spawn`, `is root`, `is present`.
    public var patternInWords: String {
        let (modifiers, text) = MatchedPart.split(pattern)
        if modifiers == ["exists"] { return text == "false" ? "is absent" : "is present" }
        if modifiers.contains("fieldref"), modifiers.contains("neq") { return "differs from \(text)" }
        // Each reason is one value: that others had to match as well is said by reasons of their own.
        let words = modifiers.filter { $0 != "all" && $0 != "expand" }.map { Self.words[$0] ?? String($0) }
        return (words.isEmpty ? "is" : words.joined(separator: " ")) + " " + (text.isEmpty ? "empty" : text)
    }

    private static let words: [Substring: String] = [
        "startswith": "starts with", "endswith": "ends with", "re": "matches", "cidr": "is in", "gt": ">", "gte": "≥",
        "lt": "<", "lte": "≤", "neq": "is not", "fieldref": "is the same as", "cased": "exactly",
    ]

    /// Takes over a reason, bounded.
    public init(_ reason: Reason) {
        selection = Bounded.text(reason.selection, limit: Self.longestPattern)
        field = reason.field.map { Bounded.text($0, limit: Self.longestPattern) }
        pattern = Bounded.text(reason.pattern, limit: Self.longestPattern)
        value = MatchedPart(of: reason.value, pattern: reason.pattern).excerpt(longest: Self.longestValue)
    }
}

extension Explanation: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        [
            "selection": .string(selection), "field": .text(field), "pattern": .string(pattern),
            "value": .string(value),
        ]
    }
}
