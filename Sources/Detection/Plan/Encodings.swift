// SPDX-License-Identifier: Apache-2.0

/// The encodings that modifiers apply to a value's bytes.
enum Encodings {
    /// UTF-16 with the byte order asked for; bytes that are no UTF-8 become U+FFFD.
    static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
        var output: [UInt8] = []
        for unit in String(decoding: bytes, as: UTF8.self).utf16 {
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            output += bigEndian ? [high, low] : [low, high]
        }
        return output
    }

    /// Base64 with padding (RFC 4648, section 4).
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let group = (0..<3).map { index + $0 < bytes.count ? UInt32(bytes[index + $0]) : 0 }
            let bits = group[0] << 16 | group[1] << 8 | group[2]
            for place in 0..<4 {
                output.append(
                    index + place <= bytes.count
                        ? alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
            index += 3
        }
        return output
    }

    /// What is certain to stand in the base64 of any text that contains `bytes`, one form for each alignment: leading
    /// and trailing characters that also depend on the neighbours are cut off (pySigma, `SigmaBase64OffsetModifier`).
    static func base64Offsets(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).compactMap { offset in
            let encoded = base64(Array(repeating: 0x20, count: offset) + bytes)
            let start = [0, 2, 3][offset]
            let end = encoded.count - [0, 3, 2][(bytes.count + offset) % 3]
            return start < end ? Array(encoded[start..<end]) : nil
        }
    }
}
