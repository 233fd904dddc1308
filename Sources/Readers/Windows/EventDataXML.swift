// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The `<Data Name="…">…</Data>` elements of event data as Azure Monitor writes it into a text.
enum EventDataXML {
    /// The most elements of one event.
    private static let maximum = 512

    /// Names and texts, as ranges of the batch's bytes; entities are decoded behind them.
    ///
    /// Reads what it understands and stops at the first thing it does not.
    static func pairs(
        _ range: Range<Int>, in batch: inout EventBatch
    ) -> [(name: Range<Int>, text: Range<Int>)] {
        var found: [(name: Range<Int>, text: Range<Int>)] = []
        var at = range.lowerBound
        while found.count < maximum, let open = find("<Data Name=", from: at, to: range.upperBound, in: batch.bytes) {
            let quoteAt = open + "<Data Name=".utf8.count
            guard quoteAt < range.upperBound else { break }
            let quote = batch.bytes[quoteAt]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let nameEnd = byte(quote, from: quoteAt + 1, to: range.upperBound, in: batch.bytes),
                let tagEnd = byte(UInt8(ascii: ">"), from: nameEnd, to: range.upperBound, in: batch.bytes)
            else { break }
            let name = quoteAt + 1..<nameEnd
            if batch.bytes[tagEnd - 1] == UInt8(ascii: "/") {
                found.append((name, tagEnd..<tagEnd))
                at = tagEnd + 1
                continue
            }
            guard let close = byte(UInt8(ascii: "<"), from: tagEnd + 1, to: range.upperBound, in: batch.bytes) else {
                break
            }
            found.append((name, decoded(tagEnd + 1..<close, in: &batch)))
            at = close + 1
        }
        return found
    }

    private static func byte(_ wanted: UInt8, from: Int, to: Int, in bytes: [UInt8]) -> Int? {
        var index = from
        while index < to {
            if bytes[index] == wanted { return index }
            index += 1
        }
        return nil
    }

    private static func find(_ wanted: StaticString, from: Int, to: Int, in bytes: [UInt8]) -> Int? {
        var index = from
        while let open = byte(UInt8(ascii: "<"), from: index, to: to, in: bytes) {
            if startsWith(bytes.span.extracting(open..<to), wanted) { return open }
            index = open + 1
        }
        return nil
    }

    /// The range itself when it has no entity, else a decoded copy.
    private static func decoded(_ range: Range<Int>, in batch: inout EventBatch) -> Range<Int> {
        guard byte(UInt8(ascii: "&"), from: range.lowerBound, to: range.upperBound, in: batch.bytes) != nil else {
            return range
        }
        let start = batch.bytes.count
        var index = range.lowerBound
        while index < range.upperBound {
            if let (length, scalar) = entity(batch.bytes.span.extracting(index..<range.upperBound)) {
                batch.bytes.append(contentsOf: String(Character(scalar)).utf8)
                index += length
            } else {
                batch.appendCopy(index..<index + 1)
                index += 1
            }
        }
        return start..<batch.bytes.count
    }

    /// The entity a span starts with (XML 1.0, sections 4.1 and 4.6); nil when it starts with none.
    private static func entity(_ span: Span<UInt8>) -> (length: Int, scalar: Unicode.Scalar)? {
        guard span[0] == UInt8(ascii: "&") else { return nil }
        if startsWith(span, "&lt;") { return (4, "<") }
        if startsWith(span, "&gt;") { return (4, ">") }
        if startsWith(span, "&amp;") { return (5, "&") }
        if startsWith(span, "&quot;") { return (6, "\"") }
        if startsWith(span, "&apos;") { return (6, "'") }
        guard startsWith(span, "&#") else { return nil }
        let isHex = span.count > 2 && span[2] == UInt8(ascii: "x")
        var value: UInt32 = 0
        var index = isHex ? 3 : 2
        let digits = index
        while index < span.count, index < digits + 7, let digit = hexDigit(span[index]), isHex || digit < 10 {
            value = value * (isHex ? 16 : 10) + UInt32(digit)
            index += 1
        }
        guard index > digits, index < span.count, span[index] == UInt8(ascii: ";"),
            let scalar = Unicode.Scalar(value)
        else { return nil }
        return (index + 1, scalar)
    }
}
