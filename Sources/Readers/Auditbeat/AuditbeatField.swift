// SPDX-License-Identifier: Apache-2.0

/// Fields of Auditbeat's audit events (Auditbeat reference, "Auditd module").
enum AuditbeatField: UInt8, KnownFieldSet {
    case data, syscall, result, exit

    static let group = KnownFieldGroup.auditbeat

    var names: [String] {
        switch self {
        case .data: ["auditd.data"]
        case .syscall: ["auditd.data.syscall"]
        case .result: ["auditd.result"]
        case .exit: ["auditd.data.exit"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func auditbeat(_ field: AuditbeatField) -> KnownField { KnownField(field) }
}
