// SPDX-License-Identifier: Apache-2.0
import Events

/// What reading a record's fields showed beside the fields.
struct AuditFindings {
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
    var roles = AuditRoles()

    /// Takes note of the slot made last.
    @inline(__always)
    mutating func note(_ role: AuditRole, _ slots: AuditSlots) { roles.note(role, slots.count &- 1) }
}

/// Where the slot of each role is, the last one where there are several.
struct AuditRoles {
    // As many as there are roles.
    private var places: [35 of Int32] = InlineArray(repeating: -1)
    /// The first of the keys, which may be several.
    private(set) var firstKey: Int32 = -1

    /// Where the slot of a role is; negative without one.
    @inline(__always)
    subscript(role: AuditRole) -> Int32 { places[Int(role.rawValue)] }

    /// Takes note of a slot.
    @inline(__always)
    mutating func note(_ role: AuditRole, _ place: Int) {
        places[Int(role.rawValue)] = Int32(truncatingIfNeeded: place)
        if role == .key, firstKey < 0 { firstKey = Int32(truncatingIfNeeded: place) }
    }

    /// Forgets the slot of a role.
    mutating func clear(_ role: AuditRole) { places[Int(role.rawValue)] = -1 }

    /// Takes in another record's, those of `role` alone.
    @inline(__always)
    mutating func take(_ role: AuditRole, from other: AuditRoles) {
        if other[role] >= 0 { places[Int(role.rawValue)] = other[role] }
    }

    /// Takes in all of another record's.
    mutating func takeAll(from other: AuditRoles) {
        for place in 0..<35 where other.places[place] >= 0 { places[place] = other.places[place] }
        // Only the keys of the last system call count.
        firstKey = other.firstKey
        places[Int(AuditRole.key.rawValue)] = other[.key]
    }
}
