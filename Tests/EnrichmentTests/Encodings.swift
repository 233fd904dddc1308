// SPDX-License-Identifier: Apache-2.0
import CZlib
import Foundation

/// Encoders, written apart from the decoders they test.
enum Encodings {
    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
    static func hex(_ bytes: some Sequence<UInt8>) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    static func escapes(_ text: String) -> String { text.utf8.map { String(format: "\\x%02x", $0) }.joined() }
    static func octal(_ text: String) -> String { text.utf8.map { String(format: "\\%03o", $0) }.joined() }
    static func octalByte(_ byte: UInt8) -> String { String(format: "\\%03o", byte) }
    static func unicode(_ text: String) -> String { text.utf8.map { String(format: "\\u%04x", $0) }.joined() }
    static func codes(_ text: String) -> String { text.utf8.map(String.init).joined(separator: ", ") }
    static func chrSum(_ text: String) -> String { text.utf8.map { "chr(\($0))" }.joined(separator: "+") }
    static func xor(_ text: String, _ key: UInt8) -> [UInt8] { text.utf8.map { $0 ^ key } }
    static func reversed(_ text: String) -> String { String(text.reversed()) }

    static func rot13(_ text: String) -> String {
        String(
            text.map { character in
                guard let ascii = character.asciiValue, character.isLetter else { return character }
                let base: UInt8 = ascii >= 97 ? 97 : 65
                return Character(UnicodeScalar((ascii - base + 13) % 26 + base))
            })
    }

    static func base32(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bits = text.utf8.map { byte in
            let digits = String(byte, radix: 2)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
        while bits.count % 5 != 0 { bits += "0" }
        var output = ""
        while !bits.isEmpty {
            output.append(alphabet[Int(bits.prefix(5), radix: 2) ?? 0])
            bits.removeFirst(5)
        }
        while output.count % 8 != 0 { output += "=" }
        return output
    }

    /// Compresses: 15 for zlib, 31 for gzip, -15 for neither's header (zlib.h, deflateInit2).
    static func deflate(_ bytes: [UInt8], windowBits: Int32 = 15) -> [UInt8] {
        var stream = z_stream()
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 10 + 256)
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
        else { return [] }
        let written = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                CZlib.deflate(&stream, Z_FINISH)
                return target.count - Int(stream.avail_out)
            }
        }
        deflateEnd(&stream)
        return Array(output.prefix(written))
    }
}

extension String {
    /// Replaces each occurrence of a text.
    func replacing(_ old: String, by new: String) -> String { replacingOccurrences(of: old, with: new) }
}
