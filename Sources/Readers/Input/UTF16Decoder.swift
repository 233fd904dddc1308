// SPDX-License-Identifier: Apache-2.0

/// Turns a stream of UTF-16 into UTF-8, whatever the chunks it arrives in.
struct UTF16Decoder {
    /// Whether the high byte of a unit comes first.
    let isBigEndian: Bool
    /// Half a unit left over from the last chunk.
    private var half: UInt8?
    /// A leading surrogate that waits for its partner (Unicode 15, section 3.9, D91).
    private var lead: UInt16?
    /// Units that had no partner; each became U+FFFD.
    private(set) var repaired = 0

    /// Makes a decoder at the start of the text, behind its byte order mark.
    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    /// Decodes the next chunk.
    mutating func decode(_ input: Span<UInt8>, onto output: inout [UInt8]) {
        for index in input.indices {
            guard let first = half else {
                half = input[index]
                continue
            }
            half = nil
            let second = input[index]
            unit(isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first), &output)
        }
    }

    /// The text has ended: what waits has no partner.
    mutating func finish(onto output: inout [UInt8]) {
        if lead != nil || half != nil { replacement(&output) }
        lead = nil
        half = nil
    }

    private mutating func unit(_ unit: UInt16, _ output: inout [UInt8]) {
        switch unit {
        case 0xD800...0xDBFF:
            if lead != nil { replacement(&output) }
            lead = unit
        case 0xDC00...0xDFFF:
            guard let high = lead else { return replacement(&output) }
            lead = nil
            append(0x1_0000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), &output)
        default:
            if lead != nil { replacement(&output) }
            lead = nil
            append(UInt32(unit), &output)
        }
    }

    private mutating func replacement(_ output: inout [UInt8]) {
        repaired += 1
        append(0xFFFD, &output)
    }

    private func append(_ value: UInt32, _ output: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return }
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
