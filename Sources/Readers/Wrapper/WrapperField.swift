// SPDX-License-Identifier: Apache-2.0

/// Fields whose text may be another record, and the host of whoever shipped it.
enum WrapperField: UInt8, KnownFieldSet {
    case message, log, msg, logEvents, shippedHost

    static let group = KnownFieldGroup.wrapper

    var names: [String] {
        switch self {
        case .message: ["message", "Message"]
        case .log: ["log"]
        case .msg: ["msg"]
        case .logEvents: ["logEvents"]
        case .shippedHost: ["HostName", "hostname", "host", "host.hostname", "kubernetes.host", "kubernetes.node.name"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func wrapper(_ field: WrapperField) -> KnownField { KnownField(field) }
}
