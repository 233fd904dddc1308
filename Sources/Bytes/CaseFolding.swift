// SPDX-License-Identifier: Apache-2.0

/// Case folding for Sigma's case-insensitive comparison: every scalar is replaced by its full lower-case mapping
/// (Unicode Character Database).
///
/// Bytes that are not UTF-8 stay as they are, so folding never hides a difference in malformed input, and canonically
/// equivalent spellings stay different, as they are on disk.
public enum CaseFolding {
    /// Appends the folded form of `span`.
    public static func append(_ span: Span<UInt8>, to output: inout [UInt8]) {
        var index = 0
        while index < span.count {
            let byte = span[index]
            if byte < 0x80 {
                output.append(lowercased(byte))
                index &+= 1
                continue
            }
            let length = scalarLength(span, at: index)
            guard length > 1, let scalar = scalar(span, at: index, length: length) else {
                output.append(byte)
                index &+= 1
                continue
            }
            output.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            index &+= length
        }
    }

    /// The folded form of a string.
    public static func fold(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var folded: [UInt8] = []
        folded.reserveCapacity(bytes.count)
        append(bytes.span, to: &folded)
        return folded
    }

    /// ASCII lower case; other bytes unchanged.
    @inlinable
    public static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    /// Length in bytes of the well-formed scalar that starts at `index` (Unicode 15, table 3-7); 1 for a stray byte.
    public static func scalarLength(_ span: Span<UInt8>, at index: Int) -> Int {
        let lead = span[index]
        let wanted: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: wanted = 2
        case 0xE0: (wanted, low) = (3, 0xA0)
        case 0xE1...0xEC, 0xEE, 0xEF: wanted = 3
        case 0xED: (wanted, high) = (3, 0x9F)
        case 0xF0: (wanted, low) = (4, 0x90)
        case 0xF1...0xF3: wanted = 4
        case 0xF4: (wanted, high) = (4, 0x8F)
        default: return 1
        }
        guard index + wanted <= span.count, span[index + 1] >= low, span[index + 1] <= high else { return 1 }
        var next = index + 2
        while next < index + wanted {
            guard span[next] & 0xC0 == 0x80 else { return 1 }
            next += 1
        }
        return wanted
    }

    private static func scalar(_ span: Span<UInt8>, at index: Int, length: Int) -> Unicode.Scalar? {
        var value = UInt32(span[index]) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(span[index + offset] & 0x3F) }
        return Unicode.Scalar(value)
    }
}
