// SPDX-License-Identifier: Apache-2.0
import Bytes

/// An IP network in CIDR notation.
///
/// IPv4 is kept as its IPv4-mapped IPv6 network (RFC 4291, 2.5.5.2), so that `::ffff:10.0.0.1` lies in `10.0.0.0/8`.
struct Network: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64
    private let prefix: Int

    /// Reads `10.0.0.0/8`, `fe80::/10` or a single address.
    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let bytes = Array(parts[0].utf8)
        guard let address = IPAddress(bytes.span) else { return nil }
        // A mapped address in IPv6 notation counts its length in 128 bits.
        let isQuad = address.isIPv4 && !parts[0].contains(":")
        var length = isQuad ? 32 : 128
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...length).contains(given), parts[1].allSatisfy(\.isNumber) else {
                return nil
            }
            length = given
        }
        prefix = isQuad ? length + 96 : length
        (high, low) = Self.masked(address, prefix)
    }

    /// Whether an address lies in the network.
    func contains(_ address: IPAddress) -> Bool {
        // ::/0 is every IPv6 address, but an IPv4 address is only in an IPv4 network or a mapped one.
        if address.isIPv4 && prefix < 96 { return false }
        return Self.masked(address, prefix) == (high, low)
    }

    private static func masked(_ address: IPAddress, _ prefix: Int) -> (UInt64, UInt64) {
        let highMask: UInt64 = prefix >= 64 ? .max : prefix == 0 ? 0 : .max << UInt64(64 - prefix)
        let lowMask: UInt64 = prefix <= 64 ? 0 : .max << UInt64(128 - prefix)
        return (address.high & highMask, address.low & lowMask)
    }
}
