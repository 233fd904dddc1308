// SPDX-License-Identifier: Apache-2.0
import Events

/// What a derived event is made of: the records of an audit event with their fields.
struct AuditScene {
    let input: AuditBytes
    /// Where the fields are.
    let slots: AuditSlots
    /// Where among them the field of each role is.
    let roles: AuditRoles
    var lines: AuditLines?
    /// The host of a wrapper.
    var host: Slot?
    /// The container an agent names.
    var container: Slot?

    /// The field of a role, if the event has it.
    @inline(__always)
    subscript(role: AuditRole) -> Slot? {
        let place = roles[role]
        return place < 0 ? nil : slots[Int(place)]
    }

    /// The records of a kind.
    @inline(__always)
    func forEachLine(_ type: AuditRecordType, _ body: (AuditGroup.Line) -> Void) {
        guard let lines else { return }
        for index in 0..<lines.count where lines[index].type == type { body(lines[index]) }
    }

    /// An argument of the call, as far as the kernel records them.
    func argument(_ number: Int) -> Slot? {
        switch number {
        case 0: self[.argument0]
        case 1: self[.argument1]
        case 2: self[.argument2]
        default: nil
        }
    }
}
