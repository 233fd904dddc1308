// SPDX-License-Identifier: Apache-2.0

/// Fields a Kunai event is known and read by (why.kunai.rocks, "Events").
enum KunaiField: UInt8, KnownFieldSet {
    case source, event, task, time, program, interpreter, interpreterMD5, interpreterSHA1, interpreterSHA256
    case ancestors, md5, sha1, sha256, user

    static let group = KnownFieldGroup.kunai

    var names: [String] {
        switch self {
        case .source: ["info.event.source"]
        case .event: ["info.event.name"]
        case .task: ["info.task"]
        case .time: ["info.utc_time"]
        case .program: ["data.exe.path", "data.exe.file"]
        case .interpreter: ["data.interpreter.path", "data.interpreter.file"]
        case .interpreterMD5: ["data.interpreter.md5"]
        case .interpreterSHA1: ["data.interpreter.sha1"]
        case .interpreterSHA256: ["data.interpreter.sha256"]
        case .ancestors: ["data.ancestors"]
        case .md5: ["data.exe.md5"]
        case .sha1: ["data.exe.sha1"]
        case .sha256: ["data.exe.sha256"]
        case .user: ["info.task.uid"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func kunai(_ field: KunaiField) -> KnownField { KnownField(field) }
}
