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

    /// The family.
    var family: Family
    /// Bytes of the address as text (inet, inet6), or of the path (unix; abstract ones begin with `@`); may be empty.
    var address: Range<Int>
    /// Port (inet, inet6).
    var port: UInt16 = 0

    /// Decodes hexadecimal digits; nil when they are no socket address.
    ///
    /// `text` are stored in `decoded`.
    init?(hexadecimal: Span<UInt8>, into decoded: inout DecodedBytes) {
        // sockaddr_storage has 128 bytes: longer ones are not from the kernel.
        guard hexadecimal.count >= 4, hexadecimal.count <= 512 else { return nil }
        var raw: [UInt8] = []
        guard decodeHex(hexadecimal, onto: &raw) else { return nil }
        // The family is in the byte order of the host, and smaller than 256: one of the two bytes is zero.
        let number = raw[0] != 0 ? raw[0] : raw[1]
        let start = decoded.end
        switch number {
        case 1:
            family = .unix
            Self.path(raw, &decoded)
        case 2 where raw.count >= 8:
            family = .inet
            port = UInt16(raw[2]) << 8 | UInt16(raw[3])
            Self.inet(raw[4..<8], &decoded)
        case 10 where raw.count >= 24:
            port = UInt16(raw[2]) << 8 | UInt16(raw[3])
            // ::ffff:a.b.c.d is an IPv4 peer on an IPv6 socket (RFC 4291, section 2.5.5.2).
            if raw[8..<20].elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
                family = .inet
                Self.inet(raw[20..<24], &decoded)
            } else {
                family = .inet6
                Self.inet6(raw[8..<24], &decoded)
            }
        case 16: family = .netlink
        case 0: family = .unspecified
        case 2, 10: return nil
        default: family = .other
        }
        address = start..<decoded.end
    }

    private static func path(_ raw: [UInt8], _ decoded: inout DecodedBytes) {
        guard raw.count > 2 else { return }
        if raw[2] != 0 {
            decoded.bytes.append(contentsOf: raw[2...].prefix { $0 != 0 })
            return
        }
        // An abstract name may hold NULs, but what follows one is far more often what the caller's buffer held before.
        let name = raw[3...].prefix { $0 != 0 }
        guard !name.isEmpty else { return }
        decoded.bytes.append(UInt8(ascii: "@"))
        decoded.bytes.append(contentsOf: name)
    }

    private static func inet(_ raw: ArraySlice<UInt8>, _ decoded: inout DecodedBytes) {
        for (index, byte) in raw.enumerated() {
            if index > 0 { decoded.bytes.append(UInt8(ascii: ".")) }
            appendDecimal(Int64(byte), to: &decoded.bytes)
        }
    }

    /// The canonical text form of RFC 5952.
    private static func inet6(_ raw: ArraySlice<UInt8>, _ decoded: inout DecodedBytes) {
        let groups = (0..<8).map {
            UInt16(raw[raw.startIndex + $0 * 2]) << 8 | UInt16(raw[raw.startIndex + $0 * 2 + 1])
        }
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
                decoded.bytes.append(contentsOf: "::".utf8)
                index = longest.upperBound
                continue
            }
            if index > 0, index != longest.upperBound || longest.isEmpty { decoded.bytes.append(UInt8(ascii: ":")) }
            decoded.bytes.append(contentsOf: String(groups[index], radix: 16).utf8)
            index += 1
        }
    }
}
