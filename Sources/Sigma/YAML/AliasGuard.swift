// SPDX-License-Identifier: Apache-2.0

/// Recognises documents in which an alias may stand inside the key of a map.
///
/// The YAML library hashes keys to find duplicates, and hashing an alias of aliases takes exponential time. No Sigma
/// document needs such a key, so it is refused from the text alone, before the library sees it. The check is coarse on
/// purpose: it asks for an anchor, an alias of the same name, and a sign of a complex key.
enum AliasGuard {
    /// Whether the text might hold an alias in a key.
    static func isSuspicious(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.contains(UInt8(ascii: "&")), bytes.contains(UInt8(ascii: "*")) else { return false }
        let buffer = Array(bytes)
        let anchors = Set(names(after: UInt8(ascii: "&"), in: buffer))
        guard !anchors.isEmpty else { return false }
        let aliases = names(after: UInt8(ascii: "*"), in: buffer).filter(anchors.contains)
        guard !aliases.isEmpty else { return false }
        return aliases.contains { isFollowedByColon(buffer, $0.endIndex) } || hasComplexKey(buffer)
    }

    private static func names(after mark: UInt8, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        for index in bytes.indices where bytes[index] == mark {
            guard index == 0 || " \t\n\r[{,:-?".utf8.contains(bytes[index - 1]) else { continue }
            let name = bytes[(index + 1)...].prefix(while: isNameByte)
            if !name.isEmpty { found.append(name) }
        }
        return found
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }

    private static func isFollowedByColon(_ bytes: [UInt8], _ end: Int) -> Bool {
        bytes[end...].first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: ":")
    }

    /// A `?` where an explicit key may start, or a flow collection followed by a colon.
    private static func hasComplexKey(_ bytes: [UInt8]) -> Bool {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "?"):
                let before = index == 0 ? 0x0A : bytes[index - 1]
                let after = index + 1 == bytes.count ? 0x0A : bytes[index + 1]
                if " \t\n\r[{,".utf8.contains(before), " \t\n\r[{*&".utf8.contains(after) { return true }
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if isFollowedByColon(bytes, index + 1) { return true }
            default: break
            }
        }
        return false
    }
}
