// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The notation of `cidr` values (RFC 4632 section 3.1, RFC 4291 section 2.3).
enum CIDRSyntax {
    /// The network with its prefix length; nil when the text is none, or sets bits behind the prefix.
    ///
    /// A bare address is the network of itself.
    static func normalised(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = bytes(of: String(parts[0])) else { return nil }
        let bits = address.count * 8
        guard parts.count == 2 else { return "\(text)/\(bits)" }
        guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let prefix = Int(parts[1]), prefix <= bits
        else { return nil }
        for (index, byte) in address.enumerated() {
            let kept = min(max(prefix - index * 8, 0), 8)
            if byte & (kept == 0 ? 0xFF : UInt8(truncatingIfNeeded: 0xFF >> kept)) != 0 { return nil }
        }
        return text
    }

    /// The 4 or 16 bytes of an address in network order.
    private static func bytes(of address: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var output = [UInt8](repeating: 0, count: count)
            // SAFETY: inet_pton writes exactly 4 bytes for AF_INET and 16 for AF_INET6, the size of `output`.
            let result = output.withUnsafeMutableBytes { inet_pton(Int32(family), address, $0.baseAddress) }
            if result == 1 { return output }
        }
        return nil
    }
}
