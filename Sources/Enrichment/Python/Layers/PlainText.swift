// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Tells text from noise among decoded bytes.
enum PlainText {
    /// Whether bytes read as text: well-formed UTF-8, nineteen of twenty characters printable.
    static func isPlausible(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2 else { return false }
        var odd = 0
        var index = 0
        let span = bytes.span
        while index < span.count {
            let length = CaseFolding.scalarLength(span, at: index)
            if length == 1 {
                let byte = span[index]
                if byte >= 0x80 { return false }
                if byte == 0x7F || (byte < 0x20 && !(0x09...0x0D).contains(byte)) { odd += 1 }
            }
            index += length
        }
        return odd * 20 <= bytes.count
    }

    /// Whether text that was found by guessing reads like a program rather than like chance: mostly ASCII with letters.
    static func isLikelyCode(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 8, isPlausible(bytes) else { return false }
        var letters = 0
        var ascii = 0
        for byte in bytes {
            if byte < 0x80 { ascii += 1 }
            if (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == 0x20 { letters += 1 }
        }
        return ascii * 10 >= bytes.count * 9 && letters * 5 >= bytes.count * 2
    }

    /// What a literal nobody decodes in sight hides, when it is plainly an encoding: long base64 or hexadecimal, also
    /// written backwards, and compressed or marshalled data below it.
    static func guess(_ literal: [UInt8], limit: Int) -> (bytes: [UInt8], codecs: Int)? {
        if let direct = unpack(literal, codecs: 0, limit: limit) { return direct }
        guard literal.count >= 24 else { return nil }
        let body = literal.filter { !(0x09...0x0D).contains($0) && $0 != 0x20 }
        guard body.count >= 24, body.count * 10 >= literal.count * 9 else { return nil }
        if body.allSatisfy({ hexDigit($0) != nil }), let bytes = Codecs.hex(body) {
            return confirmed(bytes, limit: limit)
        }
        guard body.allSatisfy(isBase64) else { return nil }
        for candidate in [body, body.reversed()] {
            if let bytes = Codecs.base64(candidate), let found = confirmed(bytes, limit: limit) { return found }
        }
        return nil
    }

    private static func confirmed(_ bytes: [UInt8], limit: Int) -> (bytes: [UInt8], codecs: Int)? {
        if isLikelyCode(bytes) { return (bytes, 1) }
        return unpack(bytes, codecs: 1, limit: limit)
    }

    /// Data that says by its first bytes what it is.
    static func unpack(_ bytes: [UInt8], codecs: Int, limit: Int) -> (bytes: [UInt8], codecs: Int)? {
        if Inflate.hasMagic(bytes), let text = Inflate.decompress(bytes, limit: limit) {
            if isPlausible(text) { return (text, codecs + 1) }
            return isMarshal(text) ? (Codecs.strings(text), codecs + 2) : nil
        }
        return isMarshal(bytes) ? (Codecs.strings(bytes), codecs + 1) : nil
    }

    /// A marshalled code object: type `c`, mostly with the reference flag (Python/marshal.c), then small counts.
    private static func isMarshal(_ bytes: [UInt8]) -> Bool {
        bytes.count > 64 && bytes[0] & 0x7F == UInt8(ascii: "c") && bytes[1..<17].count(where: { $0 == 0 }) >= 9
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
