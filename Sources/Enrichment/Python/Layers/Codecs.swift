// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The decodings of Python's standard library that hide code, each bounded by its input.
enum Codecs {
    /// RFC 4648 base64, standard and URL-safe; other bytes are skipped, as `base64.b64decode` does.
    ///
    /// Nil when too little
    /// is left to be any.
    static func base64(_ input: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(input.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in input {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            default: continue
            }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 {
                output.append(UInt8(truncatingIfNeeded: bits >> 16))
                output.append(UInt8(truncatingIfNeeded: bits >> 8))
                output.append(UInt8(truncatingIfNeeded: bits))
                bits = 0
            }
        }
        if count % 4 == 2 { output.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if count % 4 == 3 {
            output.append(UInt8(truncatingIfNeeded: bits >> 10))
            output.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
        return count < 2 ? nil : output
    }

    /// RFC 4648 base32.
    static func base32(_ input: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        var bits: UInt64 = 0
        var width = 0
        for byte in input where byte != UInt8(ascii: "=") {
            let value: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a")
            case UInt8(ascii: "2")...UInt8(ascii: "7"): value = byte - UInt8(ascii: "2") + 26
            default: return nil
            }
            bits = (bits << 5 | UInt64(value)) & 0xFFFF
            width += 5
            if width >= 8 {
                width -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt64(width)))
            }
        }
        return output
    }

    /// The base85 of `base64.b85decode` (git's alphabet).
    static func base85(_ input: [UInt8]) -> [UInt8]? {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in base85Alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        var digits: [UInt8] = []
        digits.reserveCapacity(input.count)
        for byte in input {
            guard values[Int(byte)] != 0xFF else { return nil }
            digits.append(values[Int(byte)])
        }
        return fives(digits)
    }

    private static let base85Alphabet = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~".utf8)

    /// Ascii85 with `z` for four zero bytes, with or without Adobe's `<~ ~>`.
    static func ascii85(_ input: [UInt8]) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(input.count)
        for byte in input {
            switch byte {
            case UInt8(ascii: "z"): digits.append(contentsOf: [0, 0, 0, 0, 0])
            case UInt8(ascii: "!")...UInt8(ascii: "u"): digits.append(byte - UInt8(ascii: "!"))
            case UInt8(ascii: "~"), UInt8(ascii: " "), 0x09...0x0D: continue
            default: return nil
            }
        }
        if input.starts(with: "<~".utf8), !digits.isEmpty { digits.removeFirst() }
        return fives(digits)
    }

    private static func fives(_ digits: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(digits.count / 5 * 4 + 4)
        var index = 0
        while index < digits.count {
            let width = min(5, digits.count - index)
            var value: UInt64 = 0
            for offset in 0..<5 { value = value * 85 + UInt64(offset < width ? digits[index + offset] : 84) }
            guard value <= UInt64(UInt32.max) else { return nil }
            for byte in 0..<(width - 1) { output.append(UInt8(truncatingIfNeeded: value >> UInt64(24 - byte * 8))) }
            index += width
        }
        return output
    }

    /// Pairs of hexadecimal digits; white space between them is skipped, as `bytes.fromhex` does.
    static func hex(_ input: [UInt8]) -> [UInt8]? {
        let digits = input.filter { $0 != UInt8(ascii: " ") && !(0x09...0x0D).contains($0) }
        var output: [UInt8] = []
        return decodeHex(digits.span, onto: &output) ? output : nil
    }

    /// Letters turned by thirteen places.
    static func rot13(_ input: [UInt8]) -> [UInt8] {
        input.map { byte in
            let base: UInt8 = byte & 0x20 == 0 ? UInt8(ascii: "A") : UInt8(ascii: "a")
            let letter = byte &- base
            return byte & 0x40 != 0 && letter < 26 ? base + (letter + 13) % 26 : byte
        }
    }

    /// The readable runs of a marshalled code object: its names, constants and strings, one a line.
    static func strings(_ input: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var start = 0
        for index in 0...input.count {
            let isEnd = index == input.count || !(0x20..<0x7F).contains(input[index])
            guard isEnd else { continue }
            if index - start >= 4 {
                output.append(contentsOf: input[start..<index])
                output.append(0x0A)
            }
            start = index + 1
        }
        return output
    }

    /// Decodes by a name that `codecs.decode` takes.
    static func decode(_ input: [UInt8], named name: String, limit: Int) -> [UInt8]? {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "base64", "base64codec": base64(input)
        case "hex", "hexcodec": hex(input)
        case "rot13": rot13(input)
        case "zlib", "zip", "zlibcodec": Inflate.decompress(input, limit: limit)
        case "unicodeescape", "stringescape", "rawunicodeescape":
            PythonLiteral.unescape(input[...], isBytes: false).bytes
        default: nil
        }
    }
}
