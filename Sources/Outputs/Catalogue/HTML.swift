// SPDX-License-Identifier: Apache-2.0
import Alerts

/// HTML that cannot be broken out of: text put into it is escaped, only other `HTML` stands as it is.
///
/// Everything a catalogue shows is about attacks, so documents and rules are full of strings that would act on a page.
///
/// ```swift
/// let cell: HTML = "<td title=\"\(name)\">\(list.map { "<b>\($0)</b>" })</td>"
/// ```
struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    private(set) var markup: String

    init(stringLiteral value: String) { markup = value }

    init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

    /// Text, escaped for content and for attributes in double quotes.
    init(text: String) {
        markup = ""
        markup.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            default: Self.append(scalar, to: &markup)
            }
        }
    }

    /// Markup made by a renderer that is known to be safe.
    init(safeMarkup: String) {
        markup = ""
        markup.reserveCapacity(safeMarkup.utf8.count)
        for scalar in safeMarkup.unicodeScalars { Self.append(scalar, to: &markup) }
    }

    /// Direction overrides, zero-width characters and the like would show one thing and mean another; they are spelt out.
    private static func append(_ scalar: Unicode.Scalar, to markup: inout String) {
        if scalar.isUnsafeOnTerminals, scalar != "\n", scalar != "\t", scalar != "\r" {
            markup += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
            markup.unicodeScalars.append(scalar)
        }
    }

    static func + (a: HTML, b: HTML) -> HTML {
        var sum = a
        sum.markup += b.markup
        return sum
    }

    static func += (a: inout HTML, b: HTML) { a.markup += b.markup }

    /// Whether there is nothing in it.
    var isEmpty: Bool { markup.isEmpty }

    /// What goes between the quotes of a string literal of `HTML`.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 32 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) { markup += literal }

        /// Text: escaped.
        mutating func appendInterpolation(_ text: String) { markup += HTML(text: text).markup }

        mutating func appendInterpolation(_ number: Int) { markup += String(number) }

        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        /// A sequence of HTML: one after the other.
        mutating func appendInterpolation(_ list: [HTML]) { for html in list { markup += html.markup } }
    }
}

extension HTML {
    /// A fragment identifier made of any text: what is not a letter, a digit, `-` or `.` becomes `-`.
    static func anchor(_ parts: String...) -> String {
        String(
            parts.joined(separator: "-").unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", ".": Character(scalar)
                default: "-"
                }
            })
    }

    /// The parts with a mark between them.
    static func joined(_ parts: [HTML], by mark: HTML) -> HTML {
        var result: HTML = ""
        for (index, part) in parts.enumerated() { result += index == 0 ? part : mark + part }
        return result
    }
}
