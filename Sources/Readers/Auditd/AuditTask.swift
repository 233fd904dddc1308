// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Who made a system call, as far as the order of events needs it.
struct AuditTask {
    /// No process has this number.
    static let unknown: Int64 = .min

    /// The process (`pid`, which is the thread group's number: audit_log_task_info in kernel/audit.c).
    var pid = AuditTask.unknown
    var parent = AuditTask.unknown
    /// Whether the call runs a program.
    var isExecution = false
    /// How many PATH records belong to the call; the kernel writes them last but for PROCTITLE (audit_log_exit in
    /// kernel/auditsc.c).
    var paths = Int.max
    /// Whether nothing is known of the call without its SOCKADDR record.
    var needsAddress = false

    /// Nobody.
    init() {}

    /// Finds who made the call of a SYSCALL record.
    init(of roles: AuditRoles, _ slots: AuditSlots, _ reader: borrowing AuditRecordReader, _ input: AuditBytes) {
        func number(_ role: AuditRole) -> Int64? {
            guard roles[role] >= 0 else { return nil }
            return reader.bytes(slots[Int(roles[role])], input).with { decimal($0) }
        }
        pid = number(.pid) ?? AuditTask.unknown
        parent = number(.ppid) ?? AuditTask.unknown
        paths = number(.items).flatMap { Int(exactly: $0) } ?? .max
        guard roles[.syscallName] >= 0 else { return }
        switch AuditAction(syscall: reader.bytes(slots[Int(roles[.syscallName])], input)) {
        case .execute: isExecution = true
        case .connect, .accept, .socketCall: needsAddress = true
        default: break
        }
    }
}
