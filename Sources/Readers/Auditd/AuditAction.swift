// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What a system call does that a log source of its own exists for.
enum AuditAction: Sendable, Equatable {
    case execute
    case connect
    case accept
    /// Creates a file; the number of the argument that holds the directory of the path, if it has one.
    case create(directory: Int?)
    /// Removes a file or directory.
    case remove(directory: Int?)
    case exit
    /// All socket calls of 32-bit x86; the first argument tells which (include/uapi/linux/net.h).
    case socketCall

    /// The action of a system call; nil when there is no log source for it.
    init?(syscall name: AuditBytes) {
        guard name.count >= 2, name.count <= 10, let action = Self.index.find(name) else { return nil }
        self = action
    }

    /// The action of a system call; nil when there is no log source for it.
    init?(syscall name: Span<UInt8>) {
        let action = unsafe name.withUnsafeBufferPointer { AuditAction(syscall: unsafe AuditBytes($0)) }
        guard let action else { return nil }
        self = action
    }

    /// The actions by the first eight bytes of their call's name; names that share them are compared.
    private struct Index: Sendable {
        private var words: [UInt64] = Array(repeating: 0, count: 128)
        private var entries: [Int8] = Array(repeating: -1, count: 128)

        init() {
            for (number, entry) in AuditAction.table.enumerated() {
                let word = entry.name.withUTF8Buffer { Index.word(unsafe AuditBytes($0)) }
                var spot = Index.spot(word)
                while entries[spot] >= 0 { spot = (spot + 1) & 127 }
                words[spot] = word
                entries[spot] = Int8(number)
            }
        }

        func find(_ name: AuditBytes) -> AuditAction? {
            let word = Self.word(name)
            var spot = Self.spot(word)
            while entries[spot] >= 0 {
                if words[spot] == word {
                    let entry = AuditAction.table[Int(entries[spot])]
                    if name.isEqual(0..<name.count, entry.name) { return entry.action }
                }
                spot = (spot + 1) & 127
            }
            return nil
        }

        private static func word(_ name: AuditBytes) -> UInt64 {
            let word = name.word(0)
            return name.count >= 8 ? word : word & ~(~0 << UInt64(name.count * 8))
        }

        private static func spot(_ word: UInt64) -> Int {
            // 2^64 over the golden ratio; the highest bits of the product are the well mixed ones.
            Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 57)
        }
    }

    private static let index = Index()

    /// The action of `socketcall` by its first argument, hexadecimal.
    static func socketCall(_ argument: Span<UInt8>) -> AuditAction? {
        if equalBytes(argument, "3") || equalBytes(argument, "b") { return .connect }
        if equalBytes(argument, "5") || equalBytes(argument, "12") { return .accept }
        return nil
    }

    /// Whether a failed connect's result says that the peer was asked: a connect that does not wait goes on by itself
    /// (EINPROGRESS), and one that waits tells what such a connect learns later (ETIMEDOUT, ECONNREFUSED, ECONNRESET).
    ///
    /// What a program tries must not depend on whether it waits. Refused by the host itself is not asked.
    static func hasAskedPeer(exit: Span<UInt8>) -> Bool {
        for entry in asked where equalBytes(exit, entry) { return true }
        return false
    }

    /// Results by number and, as enriched logs and agents write them, by name (include/uapi/asm-generic/errno.h).
    private static let asked: [StaticString] = [
        "-115", "EINPROGRESS", "-111", "ECONNREFUSED", "-110", "ETIMEDOUT", "-104", "ECONNRESET",
    ]

    /// Whether an open's flags, hexadecimal, hold `O_TRUNC` (0x200; include/uapi/asm-generic/fcntl.h).
    static func isTruncating(flags digits: Span<UInt8>) -> Bool {
        guard digits.count >= 3, digits.count <= 16, let digit = hexDigit(digits[digits.count - 3]) else {
            return false
        }
        return digit & 0x2 != 0
    }

    private static let table: [(name: StaticString, action: AuditAction)] = [
        ("execve", .execute), ("execveat", .execute), ("connect", .connect), ("sendto", .connect),
        ("accept", .accept), ("accept4", .accept), ("exit_group", .exit), ("socketcall", .socketCall),
        ("open", .create(directory: nil)), ("openat", .create(directory: 0)), ("openat2", .create(directory: 0)),
        ("creat", .create(directory: nil)), ("truncate", .create(directory: nil)),
        ("rename", .create(directory: nil)), ("renameat", .create(directory: 2)), ("renameat2", .create(directory: 2)),
        ("link", .create(directory: nil)), ("linkat", .create(directory: 2)),
        ("symlink", .create(directory: nil)), ("symlinkat", .create(directory: 1)),
        ("mkdir", .create(directory: nil)), ("mkdirat", .create(directory: 0)),
        ("mknod", .create(directory: nil)), ("mknodat", .create(directory: 0)),
        ("unlink", .remove(directory: nil)), ("unlinkat", .remove(directory: 0)), ("rmdir", .remove(directory: nil)),
    ]
}
