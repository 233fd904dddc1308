// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Names of one architecture's system calls by number.
struct SyscallTable: Sendable {
    private var names: [UInt8] = []
    /// Where each number's name lies in `names`; empty for numbers not given out.
    private var ranges: [Range<Int>] = []

    /// Reads names in the order of their numbers, from 0; `@n` makes the next name's number n.
    init(_ data: String) {
        for token in data.split(separator: " ") {
            if token.first == "@" {
                let number = Int(token.dropFirst()) ?? ranges.count
                while ranges.count < number { ranges.append(0..<0) }
                continue
            }
            ranges.append(names.count..<names.count + token.utf8.count)
            names.append(contentsOf: token.utf8)
        }
    }

    /// Copies the name of a number; nil when it has none.
    func store(_ number: Int, in decoded: inout DecodedBytes) -> Range<Int>? {
        guard number >= 0, number < ranges.count, !ranges[number].isEmpty else { return nil }
        return decoded.store(names.span.extracting(ranges[number]))
    }

    /// The table of an audit `arch` value (AUDIT_ARCH_* in include/uapi/linux/audit.h, hexadecimal), and the bit that
    /// marks x32 calls in x86-64 numbers (__X32_SYSCALL_BIT).
    static func of(arch: Span<UInt8>) -> (table: SyscallTable, mask: Int)? {
        if equalBytes(arch, "c000003e") { return (x86_64, ~0x4000_0000) }
        if equalBytes(arch, "c00000b7") { return (aarch64, ~0) }
        if equalBytes(arch, "40000003") { return (i386, ~0) }
        return nil
    }
}
