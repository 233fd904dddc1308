// SPDX-License-Identifier: Apache-2.0

/// Fields a Falco alert is known and read by (falco.org, "Supported fields").
enum FalcoField: UInt8, KnownFieldSet {
    case fields, rule, priority, type, container, image, tag, server, port, file, user

    static let group = KnownFieldGroup.falco

    var names: [String] {
        switch self {
        case .fields: ["output_fields"]
        case .rule: ["rule"]
        case .priority: ["priority"]
        case .type: ["output_fields.evt.type"]
        case .container: ["output_fields.container.id"]
        case .image: ["output_fields.container.image.repository"]
        case .tag: ["output_fields.container.image.tag"]
        case .server: ["output_fields.fd.sip"]
        case .port: ["output_fields.fd.sport"]
        case .file: ["output_fields.fs.path.name", "output_fields.fd.name"]
        case .user: ["output_fields.user.uid"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func falco(_ field: FalcoField) -> KnownField { KnownField(field) }
}
