// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The kind of an audit record, as its number (include/uapi/linux/audit.h; user-space kinds in audit-records.h).
struct AuditRecordType: RawRepresentable, Equatable, Sendable, BitwiseCopyable {
    var rawValue: UInt16

    static let unknown = AuditRecordType(rawValue: 0)
    static let avc = AuditRecordType(rawValue: 1400)
    static let cwd = AuditRecordType(rawValue: 1307)
    static let endOfEvent = AuditRecordType(rawValue: 1320)
    static let execve = AuditRecordType(rawValue: 1309)
    static let path = AuditRecordType(rawValue: 1302)
    static let proctitle = AuditRecordType(rawValue: 1327)
    static let socketAddress = AuditRecordType(rawValue: 1306)
    static let syscall = AuditRecordType(rawValue: 1300)

    /// Whether the kernel writes records of this kind together with others of the same event: system calls (13xx),
    /// access decisions (14xx), anomalies (17xx) and integrity (18xx).
    ///
    /// Records of user space stand alone.
    var isGrouped: Bool {
        switch rawValue {
        case 1300..<1500, 1700..<1900: true
        default: false
        }
    }

    /// The kind a record names: `SYSCALL`, `UNKNOWN[1334]` or, in kernel logs, the bare number.
    init(name: Span<UInt8>) {
        // The kinds that make up nearly all of a log come first.
        if equalBytes(name, "PATH") {
            self = .path
        } else if equalBytes(name, "SYSCALL") {
            self = .syscall
        } else if equalBytes(name, "CWD") {
            self = .cwd
        } else if equalBytes(name, "EXECVE") {
            self = .execve
        } else if equalBytes(name, "PROCTITLE") {
            self = .proctitle
        } else if equalBytes(name, "SOCKADDR") {
            self = .socketAddress
        } else if equalBytes(name, "EOE") {
            self = .endOfEvent
        } else {
            self = Self.number(in: name).map { AuditRecordType(rawValue: $0) } ?? AuditRecordNames.shared.type(name)
        }
    }

    /// The number in `1300` or `UNKNOWN[1334]`.
    static func number(in name: Span<UInt8>) -> UInt16? {
        var digits = name
        if startsWith(name, "UNKNOWN["), name[name.count - 1] == UInt8(ascii: "]") {
            digits = name.extracting(8..<name.count - 1)
        }
        guard digits.count > 0, digits[0] &- UInt8(ascii: "0") < 10, let number = decimal(digits) else { return nil }
        return UInt16(exactly: number)
    }

    init(rawValue: UInt16) { self.rawValue = rawValue }
}
