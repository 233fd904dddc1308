// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Where the slot of each role is, the last one where there are several.
///
/// PERF: memory of its own, because copies of a value of this size cost more than reading a record does.
/// SAFETY: there is a place for every role, and none is larger than the last.
@safe final class AuditRoles {
    private static let count = Int(AuditRole.node.rawValue) + 1

    private let places = RawBlock<Int32>(repeating: -1, count: count)
    /// The first of the keys, which may be several; negative without.
    var firstKey: Int32 = -1

    /// Where the slot of a role is; negative without one.
    @inline(__always)
    subscript(role: AuditRole) -> Int32 {
        // SAFETY: see the type.
        unsafe places.pointer[Int(role.rawValue)]
    }

    /// Takes note of a slot.
    @inline(__always)
    func note(_ role: AuditRole, _ place: Int) {
        // SAFETY: see the type.
        unsafe places.pointer[Int(role.rawValue)] = Int32(truncatingIfNeeded: place)
        if role == .key, firstKey < 0 { firstKey = Int32(truncatingIfNeeded: place) }
    }

    /// Forgets the slot of a role.
    func clear(_ role: AuditRole) { unsafe places.pointer[Int(role.rawValue)] = -1 }

    /// Forgets all slots.
    func removeAll() {
        unsafe places.pointer.update(repeating: -1, count: Self.count)
        firstKey = -1
    }

    /// Takes in another record's slot of one role.
    @inline(__always)
    func take(_ role: AuditRole, from other: AuditRoles) {
        let place = other[role]
        if place >= 0 { unsafe places.pointer[Int(role.rawValue)] = place }
    }

    /// Takes in those slots of a record of a kind that the derived event of all is made of.
    @inline(__always)
    func takeRecord(_ type: AuditRecordType, from other: AuditRoles) {
        if type == AuditRecordType.syscall { return takeAll(from: other) }
        take(.node, from: other)
        if type == AuditRecordType.cwd { take(.cwd, from: other) }
        take(.proctitle, from: other)
        take(.socketText, from: other)
        take(.socketPort, from: other)
        take(.socketPath, from: other)
    }

    /// Takes in all slots of another record, and its keys alone.
    private func takeAll(from other: AuditRoles) {
        for place in 0..<Self.count {
            // SAFETY: see the type.
            let other = unsafe other.places.pointer[place]
            if other >= 0 { unsafe places.pointer[place] = other }
        }
        firstKey = other.firstKey
        unsafe places.pointer[Int(AuditRole.key.rawValue)] = other[.key]
    }

    /// Where the slot of each role is, for code that writes many.
    @unsafe @inline(__always)
    var memory: UnsafeMutablePointer<Int32> { unsafe places.pointer }
}
