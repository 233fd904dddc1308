// SPDX-License-Identifier: Apache-2.0

/// Fields a Tetragon event is known and read by, in whatever kind of event (tetragon.io, "gRPC API").
enum TetragonField: UInt8, KnownFieldSet {
    case exec, exit, other, binary, arguments, parent, parentArguments, container, docker, image, node
    case function, user

    static let group = KnownFieldGroup.tetragon

    var names: [String] {
        switch self {
        case .exec: ["process_exec.process"]
        case .exit: ["process_exit.process"]
        case .other: Self.every("process").filter { !$0.hasPrefix("process_ex") }
        case .binary: Self.every("process.binary")
        case .arguments: Self.every("process.arguments")
        case .parent: Self.every("parent.binary")
        case .parentArguments: Self.every("parent.arguments")
        case .container: Self.every("process.pod.container.id")
        case .docker: Self.every("process.docker")
        case .image: Self.every("process.pod.container.image.name")
        case .node: ["node_name"]
        case .function: Self.every("function_name")
        case .user: Self.every("process.uid")
        }
    }

    /// A field of the process in every kind of event.
    private static func every(_ name: String) -> [String] { TetragonFields.events.map { "\($0).\(name)" } }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func tetragon(_ field: TetragonField) -> KnownField { KnownField(field) }
}
