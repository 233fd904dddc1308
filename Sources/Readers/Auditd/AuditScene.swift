// SPDX-License-Identifier: Apache-2.0
import Events

/// What a derived event is made of: the records of an audit event with their fields.
struct AuditScene {
    let input: AuditBytes
    /// Where the fields are.
    var slots: AuditSlots
    var facts: AuditFacts
    var lines: [AuditGroup.Line]

    /// The field of a role, if the event has it.
    @inline(__always)
    subscript(role: AuditRole) -> Slot? {
        let place = facts.roles[role]
        return place < 0 ? nil : slots[Int(place)]
    }

    /// An argument of the call, as far as the kernel records them.
    func argument(_ number: Int) -> Slot? { AuditFacts.argument(number).flatMap { self[$0] } }
}
