// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The items of a URI's query (RFC 3986 section 3.4, form encoding of the URL standard).
enum QueryString {
    /// Where the query starts; nil when the URI has none.
    static func start(_ uri: Range<Int>, in bytes: [UInt8]) -> Int? {
        firstIndex(of: UInt8(ascii: "?"), in: bytes.span.extracting(uri)).map { uri.lowerBound + $0 + 1 }
    }

    /// Where the item at the front of a range ends.
    static func end(_ range: Range<Int>, in bytes: [UInt8]) -> Int {
        firstIndex(of: UInt8(ascii: "&"), in: bytes.span.extracting(range)).map { range.lowerBound + $0 }
            ?? range.upperBound
    }

    /// Appends a decoded copy of an item's value: `%2F` is a byte, `+` a space; what is no escape stays as it is.
    static func decode(_ range: Range<Int>, of bytes: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < range.upperBound, let high = hexDigit(bytes[index + 1]),
                let low = hexDigit(bytes[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
    }
}
