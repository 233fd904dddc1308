// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An address as its bits, `0` and `1`, with its family settled: an IPv4 address mapped into IPv6 is an IPv4 address.
struct PlainAddress: Equatable {
    var bits: String
    var isV4: Bool { bits.count == 32 }

    /// Reads dotted or colon notation; a zone (`%eth0`) is put aside.
    init?(text: String) {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, !address.contains("\0") else { return nil }
        var four = in_addr()
        var six = in6_addr()
        if parts.count == 1, inet_pton(AF_INET, String(address), &four) == 1 {
            bits = Self.bits(withUnsafeBytes(of: &four) { Array($0) })
        } else if inet_pton(AF_INET6, String(address), &six) == 1 {
            bits = Self.bits(withUnsafeBytes(of: &six) { Array($0) })
            if bits.hasPrefix(Self.mapped) { bits.removeFirst(96) }
        } else {
            return nil
        }
    }

    /// `::ffff:0:0/96`.
    static let mapped = String(repeating: "0", count: 80) + String(repeating: "1", count: 16)

    private static func bits(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 2)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }
}

/// A network in CIDR notation: the first bits its addresses share.
struct PlainNetwork {
    private var prefix: String
    private var isV4: Bool

    /// Reads `10.0.0.0/8`; without a length the one address is meant.
    init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard (1...2).contains(parts.count), let address = PlainAddress(text: parts[0]), !parts[0].contains("%") else {
            return nil
        }
        isV4 = address.isV4
        var length = address.bits.count
        if parts.count == 2 {
            guard let written = Int(parts[1]), parts[1].allSatisfy(\.isNumber) else { return nil }
            // A network written in mapped form counts its 96 fixed bits too.
            length = isV4 && parts[0].contains(":") ? written - 96 : written
            guard (0...address.bits.count).contains(length) else { return nil }
        }
        prefix = String(address.bits.prefix(length))
    }

    /// Whether the text is an address of this network.
    func contains(_ text: String) -> Bool {
        guard let address = PlainAddress(text: text) else { return false }
        return address.isV4 == isV4 && address.bits.hasPrefix(prefix)
    }
}
