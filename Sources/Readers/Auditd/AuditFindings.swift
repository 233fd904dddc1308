// SPDX-License-Identifier: Apache-2.0
import Events

/// What reading a record's fields showed beside the fields.
final class AuditFindings {
    /// A quoted value has no end: the record was cut.
    var isCut = false
    /// Slots of the arguments of an EXECVE record.
    var arguments = 0..<0
    /// The first argument slot continues the last argument of the record before.
    var continuesArgument = false
    /// Which argument was read last.
    var argument = -1
    /// Values of `arch` and `syscall`, in the source.
    var arch = 0..<0
    var syscall = 0..<0
    var hasSyscallName = false
    /// A socket address was decoded.
    var hasSocket = false
    /// The last slot of each role.
    let roles = AuditRoles()

    /// Forgets the last record.
    func removeAll() {
        isCut = false
        arguments = 0..<0
        continuesArgument = false
        argument = -1
        (arch, syscall) = (0..<0, 0..<0)
        (hasSyscallName, hasSocket) = (false, false)
        roles.removeAll()
    }

    /// Takes note of the slot made last.
    @inline(__always)
    func note(_ role: AuditRole, _ slots: AuditSlots) { roles.note(role, slots.count &- 1) }
}
