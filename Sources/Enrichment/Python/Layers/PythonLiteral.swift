// SPDX-License-Identifier: Apache-2.0

/// The value of string literals (The Python Language Reference, 2.4.1).
enum PythonLiteral {
    /// A literal's value and how many numeric escapes it took to write it.
    struct Decoded {
        var bytes: [UInt8]
        var isBytes: Bool
        var isFormat: Bool
        var escapes: Int
    }

    /// Decodes a string token.
    static func decode(_ token: PythonToken, in source: PythonSource) -> Decoded {
        var isRaw = false
        var isBytes = false
        var isFormat = false
        var index = Int(token.start)
        prefix: while index < Int(token.end) {
            switch source.bytes[index] | 0x20 {
            case UInt8(ascii: "r"): isRaw = true
            case UInt8(ascii: "b"): isBytes = true
            case UInt8(ascii: "f"): isFormat = true
            case UInt8(ascii: "u"): break
            default: break prefix
            }
            index += 1
        }
        let width = Int(token.detail) - (index - Int(token.start))
        let start = Int(token.start) + Int(token.detail)
        let end = max(start, Int(token.end) - (token.partner == 0 ? 0 : width))
        let body = source.bytes[min(start, end)..<min(end, source.bytes.count)]
        if isRaw { return Decoded(bytes: Array(body), isBytes: isBytes, isFormat: isFormat, escapes: 0) }
        let (bytes, escapes) = unescape(body, isBytes: isBytes)
        return Decoded(bytes: bytes, isBytes: isBytes, isFormat: isFormat, escapes: escapes)
    }

    /// Resolves escapes; also what the codec `unicode_escape` does.
    static func unescape(_ body: ArraySlice<UInt8>, isBytes: Bool) -> (bytes: [UInt8], escapes: Int) {
        guard body.contains(UInt8(ascii: "\\")) else { return (Array(body), 0) }
        var output: [UInt8] = []
        output.reserveCapacity(body.count)
        var escapes = 0
        var index = body.startIndex
        while index < body.endIndex {
            let byte = body[index]
            index += 1
            guard byte == UInt8(ascii: "\\"), index < body.endIndex else {
                output.append(byte)
                continue
            }
            let letter = body[index]
            index += 1
            switch letter {
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): output.append(letter)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "a"): output.append(0x07)
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "v"): output.append(0x0B)
            case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
                let digits = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
                guard letter == UInt8(ascii: "x") || !isBytes, let value = number(body, &index, digits, radix: 16)
                else {
                    output.append(contentsOf: [byte, letter])
                    continue
                }
                escapes += 1
                append(value, isBytes: isBytes, to: &output)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                var length = 1
                while length < 3, index + length < body.endIndex, body[index + length] &- UInt8(ascii: "0") < 8 {
                    length += 1
                }
                guard let value = number(body, &index, length, radix: 8) else { continue }
                escapes += 1
                append(isBytes ? value & 0xFF : value, isBytes: isBytes, to: &output)
            default: output.append(contentsOf: [byte, letter])
            }
        }
        return (output, escapes)
    }

    private static func number(_ body: ArraySlice<UInt8>, _ index: inout Int, _ digits: Int, radix: UInt32) -> UInt32? {
        guard index + digits <= body.endIndex else { return nil }
        var value: UInt32 = 0
        for position in index..<index + digits {
            guard let digit = digit(body[position]), UInt32(digit) < radix else { return nil }
            value = value &* radix &+ UInt32(digit)
        }
        index += digits
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Appends a code point; what is none (a surrogate) becomes U+FFFD.
    static func append(_ value: UInt32, isBytes: Bool, to output: inout [UInt8]) {
        if isBytes {
            output.append(UInt8(truncatingIfNeeded: value))
        } else {
            output.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
        }
    }

    /// A whole number literal; nil for a float or one over 63 bits.
    static func integer(_ text: String) -> Int? {
        let digits = text.lowercased().filter { $0 != "_" }
        if digits.hasPrefix("0x") { return Int(digits.dropFirst(2), radix: 16) }
        if digits.hasPrefix("0o") { return Int(digits.dropFirst(2), radix: 8) }
        if digits.hasPrefix("0b") { return Int(digits.dropFirst(2), radix: 2) }
        return Int(digits)
    }
}
