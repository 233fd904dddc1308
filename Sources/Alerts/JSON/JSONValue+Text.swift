// SPDX-License-Identifier: Apache-2.0
import Bytes

extension JSONValue {
    /// The value as JSON (RFC 8259) on one line.
    public var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as JSON on one line: members in order, slashes as they are.
    ///
    /// Control and invisible format characters are written as `\u` escapes, also where JSON would let them stand: the
    /// values come from telemetry an attacker writes, and the output ends up on terminals.
    public func append(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): appendDecimal(number, to: &bytes)
        case .number(let number):
            // Whole numbers lose their ".0": readers of JSON do not tell 5.0 from 5.
            if let whole = Int64(exactly: number) {
                appendDecimal(whole, to: &bytes)
            } else {
                bytes.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
            }
        case .string(let text): Self.append(text, to: &bytes)
        case .array(let list):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in list.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends text as a JSON string.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            // SAFETY: the buffer is only read inside the closure, while the text is alive.
            append(unsafe Span(_unsafeElements: utf8), to: &bytes)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whole runs of what stands for itself are copied; it is nearly all there is.
    private static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte &- 0x20 < 0x5F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                index &+= 1
                continue
            }
            bytes.append(contentsOf: text.extracting(start..<index))
            if byte < 0x80 {
                appendASCII(byte, to: &bytes)
                index &+= 1
            } else {
                index &+= appendScalar(of: text.extracting(index..<min(index &+ 4, text.count)), to: &bytes)
            }
            start = index
        }
        bytes.append(contentsOf: text.extracting(start..<text.count))
    }

    private static func appendASCII(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        default: appendEscape(UInt16(byte), to: &bytes)
        }
    }

    /// Appends the character that begins here, which is more than a byte; tells how many bytes it takes.
    private static func appendScalar(of rest: Span<UInt8>, to bytes: inout [UInt8]) -> Int {
        let lead = rest[0]
        let length = min(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, rest.count)
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for index in 1..<length { value = value << 6 | UInt32(rest[index] & 0x3F) }
        // Texts are valid UTF-8.
        let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
        if scalar.isUnsafeOnTerminals {
            for unit in UTF16.encode(scalar) ?? .init() { appendEscape(unit, to: &bytes) }
        } else {
            bytes.append(contentsOf: rest.extracting(0..<length))
        }
        return length
    }

    private static func appendEscape(_ unit: UInt16, to bytes: inout [UInt8]) {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: "\\u".utf8)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        bytes.append(contentsOf: digits.utf8)
    }
}

extension Unicode.Scalar {
    /// Whether a terminal or viewer could act on the scalar instead of showing it: C0 and C1 controls, DEL, direction
    /// overrides and isolates, zero-width characters, line separators, tags, private use and unassigned scalars
    /// (Unicode general categories Cc, Cf, Cs, Co, Cn, Zl and Zp).
    public var isUnsafeOnTerminals: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
