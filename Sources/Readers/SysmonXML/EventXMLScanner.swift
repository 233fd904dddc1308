// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Walks the subset of XML 1.0 that events are written in: elements, attributes, text, the predefined and numeric
/// entities, CDATA, comments.
///
/// No document type, so no entities that could grow.
struct EventXMLScanner {
    /// What comes next.
    enum Token {
        /// A start tag's name; attributes follow with `nextAttribute`.
        case start(Range<Int>)
        case end(Range<Int>)
        /// Text; entities in it are not replaced yet.
        case text(Range<Int>)
        /// Text in which nothing is to be replaced.
        case verbatim(Range<Int>)
        /// The end of the range.
        case none
        case malformed
    }

    /// What stands in a start tag next.
    enum Attribute {
        case pair(name: Range<Int>, value: Range<Int>)
        /// The tag's end.
        case end(isEmpty: Bool)
        case malformed
    }

    private(set) var index: Int
    private let limit: Int

    /// Starts at the beginning of a range.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        limit = range.upperBound
    }

    /// Reads on.
    ///
    /// After `start` the attributes must be read first.
    mutating func next(_ bytes: Span<UInt8>) -> Token {
        guard index < limit else { return .none }
        guard bytes[index] == UInt8(ascii: "<") else {
            let start = index
            while index < limit, bytes[index] != UInt8(ascii: "<") { index &+= 1 }
            return .text(start..<index)
        }
        guard index + 1 < limit else { return .malformed }
        switch bytes[index + 1] {
        case UInt8(ascii: "/"):
            index += 2
            let name = name(bytes)
            skipSpace(bytes)
            guard !name.isEmpty, index < limit, bytes[index] == UInt8(ascii: ">") else { return .malformed }
            index += 1
            return .end(name)
        case UInt8(ascii: "!"):
            if let text = section(bytes, "<![CDATA[", "]]>") { return .verbatim(text) }
            if let text = section(bytes, "<!--", "-->") { return .verbatim(text.upperBound..<text.upperBound) }
            return .malformed
        case UInt8(ascii: "?"):
            guard let text = section(bytes, "<?", "?>") else { return .malformed }
            return .verbatim(text.upperBound..<text.upperBound)
        default:
            index += 1
            let name = name(bytes)
            return name.isEmpty ? .malformed : .start(name)
        }
    }

    /// Reads on inside a start tag.
    mutating func nextAttribute(_ bytes: Span<UInt8>) -> Attribute {
        skipSpace(bytes)
        guard index < limit else { return .malformed }
        if bytes[index] == UInt8(ascii: ">") {
            index += 1
            return .end(isEmpty: false)
        }
        if bytes[index] == UInt8(ascii: "/") {
            guard index + 1 < limit, bytes[index + 1] == UInt8(ascii: ">") else { return .malformed }
            index += 2
            return .end(isEmpty: true)
        }
        let name = name(bytes)
        skipSpace(bytes)
        guard !name.isEmpty, index < limit, bytes[index] == UInt8(ascii: "=") else { return .malformed }
        index += 1
        skipSpace(bytes)
        guard index < limit, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else {
            return .malformed
        }
        let quote = bytes[index]
        index += 1
        let start = index
        while index < limit, bytes[index] != quote, bytes[index] != UInt8(ascii: "<") { index &+= 1 }
        guard index < limit, bytes[index] == quote else { return .malformed }
        index += 1
        return .pair(name: name, value: start..<index - 1)
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while index < limit, bytes[index] <= 0x20 { index &+= 1 }
    }

    private mutating func name(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = index
        while index < limit {
            switch bytes[index] {
            case 0...0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "="),
                UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "&"):
                return start..<index
            default: index &+= 1
            }
        }
        return start..<index
    }

    /// What stands between two marks, when the first is here; nil also when the second never comes.
    private mutating func section(_ bytes: Span<UInt8>, _ open: StaticString, _ close: StaticString) -> Range<Int>? {
        guard startsWith(bytes.extracting(index..<limit), open) else { return nil }
        let start = index + open.utf8CodeUnitCount
        let width = close.utf8CodeUnitCount
        var end = start
        while end + width <= limit {
            if equalBytes(bytes.extracting(end..<end + width), close) {
                index = end + width
                return start..<end
            }
            end += 1
        }
        return nil
    }

    /// Whether a text holds anything to be replaced.
    static func hasEntities(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where bytes[index] == UInt8(ascii: "&") { return true }
        return false
    }

    /// Appends a text with its entities replaced; what is no entity stays as it stands.
    static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "&"), let (scalar, next) = entity(bytes, index, range.upperBound) else {
                output.append(bytes[index])
                index &+= 1
                continue
            }
            output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            index = next
        }
    }

    /// The character of `&lt;`, `&#10;` or `&#x1F600;` (XML 1.0, sections 4.1 and 4.6).
    private static func entity(_ bytes: Span<UInt8>, _ start: Int, _ limit: Int) -> (Unicode.Scalar, Int)? {
        var end = start + 1
        while end < limit, end - start <= 10, bytes[end] != UInt8(ascii: ";"), bytes[end] != 0x20 { end += 1 }
        guard end < limit, end > start + 1 else { return nil }
        if let scalar = named(bytes.extracting(start + 1..<end)), ends(bytes[end]) { return (scalar, end + 1) }
        guard bytes[end] == UInt8(ascii: ";") else { return nil }
        let name = bytes.extracting(start + 1..<end)
        guard name.count > 1, name[0] == UInt8(ascii: "#") else { return nil }
        var value: UInt32 = 0
        let isHex = name[1] == UInt8(ascii: "x") || name[1] == UInt8(ascii: "X")
        let digits = name.extracting((isHex ? 2 : 1)..<name.count)
        guard digits.count > 0 else { return nil }
        for index in digits.indices {
            guard let digit = hexDigit(digits[index]), isHex || digit < 10 else { return nil }
            value = value &* (isHex ? 16 : 10) &+ UInt32(digit)
            guard value <= 0x10_FFFF else { return nil }
        }
        return Unicode.Scalar(value).map { ($0, end + 1) }
    }

    /// Some shippers of Sysmon for Linux turn the semicolon into a blank, which no well-formed document has there.
    private static func ends(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ";") || byte == 0x20 }

    private static func named(_ name: Span<UInt8>) -> Unicode.Scalar? {
        if equalBytes(name, "amp") { return "&" }
        if equalBytes(name, "lt") { return "<" }
        if equalBytes(name, "gt") { return ">" }
        if equalBytes(name, "quot") { return "\"" }
        return equalBytes(name, "apos") ? "'" : nil
    }
}
