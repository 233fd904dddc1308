// SPDX-License-Identifier: Apache-2.0

/// Fields of journald's entries and of syslog messages.
enum JournalField: UInt8, KnownFieldSet {
    case message, syslogMessage, cursor, host, identifier

    static let group = KnownFieldGroup.journal

    var names: [String] {
        switch self {
        case .message: ["MESSAGE"]
        case .syslogMessage: ["SyslogMessage"]
        case .cursor: ["__CURSOR", "_TRANSPORT"]
        case .host: ["_HOSTNAME"]
        case .identifier: ["SYSLOG_IDENTIFIER"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func journal(_ field: JournalField) -> KnownField { KnownField(field) }
}
