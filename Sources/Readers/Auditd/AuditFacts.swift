// SPDX-License-Identifier: Apache-2.0
import Events

/// The fields of an audit event that its derived event is made of.
struct AuditFacts {
    /// Where the slot of each field is.
    var roles = AuditRoles()
    /// Slots of the system call's record, where its keys are.
    private(set) var record = 0..<0
    /// The host of a wrapper.
    var host: Slot?
    /// The container an agent names.
    var container: Slot?

    /// Takes in the fields of one record.
    mutating func add(_ line: AuditGroup.Line, _ found: AuditFindings) {
        if line.type == .syscall {
            record = line.slots
            roles.takeAll(from: found.roles)
            return
        }
        roles.take(.node, from: found.roles)
        if line.type == .cwd { roles.take(.cwd, from: found.roles) }
        roles.take(.proctitle, from: found.roles)
        roles.take(.socketText, from: found.roles)
        roles.take(.socketPort, from: found.roles)
        roles.take(.socketPath, from: found.roles)
    }

    /// The role of the argument with a number, as far as the kernel records them.
    static func argument(_ number: Int) -> AuditRole? {
        switch number {
        case 0: .argument0
        case 1: .argument1
        case 2: .argument2
        default: nil
        }
    }
}
