// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Who made a system call, as far as the order of events needs it.
struct AuditTask {
    /// No process has this number.
    static let unknown: Int64 = .min

    /// The process (`pid`, which is the thread group's number: audit_log_task_info in kernel/audit.c).
    var pid = AuditTask.unknown
    /// Its parent.
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
    init(of record: Range<Int>, _ slots: Span<Slot>, _ reader: borrowing AuditReader, _ input: Span<UInt8>) {
        for index in record {
            let slot = slots[index]
            switch reader.parser.table.role(slot.field) {
            case .pid: pid = reader.with(slot, input) { decimal($0) } ?? AuditTask.unknown
            case .ppid: parent = reader.with(slot, input) { decimal($0) } ?? AuditTask.unknown
            case .items: paths = reader.with(slot, input) { decimal($0) }.flatMap { Int(exactly: $0) } ?? .max
            case .syscallName:
                let action = reader.with(slot, input) { AuditAction(syscall: $0) }
                isExecution = action == .execute
                needsAddress = action == .connect || action == .accept || action == .socketCall
            default: break
            }
        }
    }
}
