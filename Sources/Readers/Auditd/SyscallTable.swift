// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Names of one architecture's system calls by number.
///
/// A class, so that looking at a table copies one reference.
final class SyscallTable: Sendable {
    private let names: [UInt8]
    /// Where each number's name lies in `names`; empty for numbers not given out.
    private let ranges: [Range<Int>]

    /// Reads names in the order of their numbers, from 0; `@n` makes the next name's number n.
    init(_ data: String) {
        var names: [UInt8] = []
        var ranges: [Range<Int>] = []
        for token in data.split(separator: " ") {
            if token.first == "@" {
                let number = Int(token.dropFirst()) ?? ranges.count
                while ranges.count < number { ranges.append(0..<0) }
                continue
            }
            ranges.append(names.count..<names.count + token.utf8.count)
            names.append(contentsOf: token.utf8)
        }
        self.names = names
        self.ranges = ranges
    }

    /// Copies the name of a number; nil when it has none.
    func store(_ number: Int, in text: AuditText) -> Range<Int>? {
        guard number >= 0, number < ranges.count, !ranges[number].isEmpty else { return nil }
        let range = ranges[number]
        return unsafe names.withUnsafeBufferPointer { unsafe text.store(AuditBytes($0).slice(range)) }
    }

    /// The table of an audit `arch` value (AUDIT_ARCH_* in include/uapi/linux/audit.h, hexadecimal), and the bit that
    /// marks x32 calls in x86-64 numbers (__X32_SYSCALL_BIT).
    static func of(arch: AuditBytes) -> (table: SyscallTable, mask: Int)? {
        guard arch.count == 8 else { return nil }
        // The eight digits as a word, the first one lowest.
        switch arch.word(0) {
        case 0x6533_3030_3030_3063: return (x86_64, ~0x4000_0000)  // c000003e
        case 0x3762_3030_3030_3063: return (aarch64, ~0)  // c00000b7
        case 0x3330_3030_3030_3034: return (i386, ~0)  // 40000003
        default: return nil
        }
    }
}
