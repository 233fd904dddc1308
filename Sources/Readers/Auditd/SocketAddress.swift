// SPDX-License-Identifier: Apache-2.0
import Bytes

/// A socket address as the kernel records it: `struct sockaddr` in hexadecimal (unix(7), ip(7), ipv6(7), netlink(7)).
struct SocketAddress {
    /// The families told apart.
    enum Family {
        case unix
        case inet
        case inet6
        case netlink
        /// No family: a connect that undoes an earlier one (connect(2)).
        case unspecified
        case other
    }

    var family: Family
    /// Bytes of the address as text (inet, inet6), or of the path (unix; abstract ones begin with `@`); may be empty.
    var address: Range<Int>
    /// Port (inet, inet6).
    var port: UInt16 = 0

    /// Decodes hexadecimal digits; nil when they are no socket address.
    ///
    /// What is text in the address is stored in `text`.
    init?(hexadecimal: AuditBytes, into text: AuditText) {
        // sockaddr_storage has 128 bytes: longer ones are not from the kernel.
        guard hexadecimal.count >= 4, hexadecimal.count <= 512, let place = text.decode(hexadecimal) else { return nil }
        let raw = Raw(text: text, start: place.lowerBound, count: place.count)
        // The family is in the byte order of the host, and smaller than 256: one of the two bytes is zero.
        let number = raw[0] != 0 ? raw[0] : raw[1]
        address = text.end..<text.end
        switch number {
        case 1:
            family = .unix
            address = Self.path(raw)
            return
        case 2 where raw.count >= 8:
            family = .inet
            port = UInt16(raw[2]) << 8 | UInt16(raw[3])
            Self.inet(raw, 4)
        case 10 where raw.count >= 24:
            port = UInt16(raw[2]) << 8 | UInt16(raw[3])
            // ::ffff:a.b.c.d is an IPv4 peer on an IPv6 socket (RFC 4291, section 2.5.5.2).
            if (8..<18).allSatisfy({ raw[$0] == 0 }), raw[18] == 0xFF, raw[19] == 0xFF {
                family = .inet
                Self.inet(raw, 20)
            } else {
                family = .inet6
                Self.inet6(raw, 8)
            }
        case 16: family = .netlink
        case 0: family = .unspecified
        case 2, 10: return nil
        default: family = .other
        }
        address = address.lowerBound..<text.end
    }

    /// The decoded bytes, which stay where they are.
    private struct Raw {
        let text: AuditText
        let start: Int
        let count: Int

        subscript(index: Int) -> UInt8 { text[start + index] }
    }

    /// The path lies in the decoded bytes as it is.
    private static func path(_ raw: Raw) -> Range<Int> {
        guard raw.count > 2 else { return raw.start..<raw.start }
        // An abstract name may hold NULs, but what follows one is far more often what the caller's buffer held before.
        let isAbstract = raw[2] == 0
        var end = isAbstract ? 3 : 2
        let name = end
        while end < raw.count, raw[end] != 0 { end += 1 }
        guard isAbstract else { return raw.start + 2..<raw.start + end }
        if end == name { return raw.start..<raw.start }
        raw.text[raw.start + 2] = UInt8(ascii: "@")
        return raw.start + 2..<raw.start + end
    }

    private static func inet(_ raw: Raw, _ start: Int) {
        for index in 0..<4 {
            if index > 0 { raw.text.append(UInt8(ascii: ".")) }
            let byte = raw[start + index]
            if byte >= 100 { raw.text.append(UInt8(ascii: "0") + byte / 100) }
            if byte >= 10 { raw.text.append(UInt8(ascii: "0") + byte / 10 % 10) }
            raw.text.append(UInt8(ascii: "0") + byte % 10)
        }
    }

    /// The canonical text form of RFC 5952.
    private static func inet6(_ raw: Raw, _ start: Int) {
        let groups = (0..<8).map { UInt16(raw[start + $0 * 2]) << 8 | UInt16(raw[start + $0 * 2 + 1]) }
        var longest = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8, groups[end] == 0 { end += 1 }
            if end - index > longest.count, end - index > 1 { longest = index..<end }
            index = max(end, index + 1)
        }
        index = 0
        while index < 8 {
            if index == longest.lowerBound, !longest.isEmpty {
                raw.text.append(UInt8(ascii: ":"))
                raw.text.append(UInt8(ascii: ":"))
                index = longest.upperBound
                continue
            }
            if index > 0, index != longest.upperBound || longest.isEmpty { raw.text.append(UInt8(ascii: ":")) }
            for digit in String(groups[index], radix: 16).utf8 { raw.text.append(digit) }
            index += 1
        }
    }
}
