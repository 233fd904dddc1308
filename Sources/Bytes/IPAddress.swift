// SPDX-License-Identifier: Apache-2.0

/// An IPv4 or IPv6 address as 128 bits; IPv4 is held as its IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2).
public struct IPAddress: Hashable, Sendable {
    /// The first eight bytes.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64
    /// Whether it is an IPv4 address, written as such or mapped.
    public var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// Reads dotted-quad IPv4, or IPv6 in any RFC 4291 form, with an optional `%zone` that is dropped; nil otherwise.
    public init?(_ span: Span<UInt8>) {
        if let value = Self.ipv4(span, 0, span.count) {
            (high, low) = (0, 0xFFFF_0000_0000 | UInt64(value))
            return
        }
        guard let (high, low) = Self.ipv6(span) else { return nil }
        (self.high, self.low) = (high, low)
    }

    private static func ipv4(_ span: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
        guard end - start >= 7, end - start <= 15 else { return nil }
        var value: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var dots = 0
        for index in start..<end {
            let byte = span[index]
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                value = value << 8 | octet
                (octet, digits, dots) = (0, 0, dots + 1)
            } else {
                let digit = byte &- UInt8(ascii: "0")
                // `010` is 8 to some programs and 10 to others, so it is no address here.
                guard digit < 10, digits == 0 || octet > 0 else { return nil }
                octet = octet * 10 + UInt32(digit)
                digits += 1
                guard octet < 256 else { return nil }
            }
        }
        guard dots == 3, digits > 0 else { return nil }
        return value << 8 | octet
    }

    private static func ipv6(_ span: Span<UInt8>) -> (UInt64, UInt64)? {
        var end = span.count
        if let zone = firstIndex(of: UInt8(ascii: "%"), in: span) { end = zone }
        guard end >= 2, end <= 45 else { return nil }
        var words = InlineArray<8, UInt16>(repeating: 0)
        var count = 0
        var gap = -1
        var index = 0
        if span[0] == UInt8(ascii: ":") {
            guard span[1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            index = 2
        }
        while index < end {
            guard count < 8 else { return nil }
            if count <= 6, let quad = ipv4(span, index, end) {
                words[count] = UInt16(quad >> 16)
                words[count + 1] = UInt16(quad & 0xFFFF)
                count += 2
                index = end
                break
            }
            var word: UInt32 = 0
            var digits = 0
            while index < end, let digit = hexDigit(span[index]) {
                guard digits < 4 else { return nil }
                word = word << 4 | UInt32(digit)
                digits += 1
                index += 1
            }
            guard digits > 0 else { return nil }
            words[count] = UInt16(word)
            count += 1
            if index == end { break }
            guard span[index] == UInt8(ascii: ":") else { return nil }
            index += 1
            if index < end, span[index] == UInt8(ascii: ":") {
                guard gap < 0 else { return nil }
                gap = count
                index += 1
            } else if index == end {
                return nil
            }
        }
        guard gap >= 0 ? count < 8 : count == 8 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for place in 0..<8 {
            let tail = 8 - (count - max(gap, 0))
            let word: UInt16 =
                gap < 0 || place < gap ? words[place] : place >= tail ? words[place - tail + gap] : 0
            if place < 4 { high = high << 16 | UInt64(word) } else { low = low << 16 | UInt64(word) }
        }
        return (high, low)
    }
}
