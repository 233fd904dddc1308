// SPDX-License-Identifier: Apache-2.0
import Events

/// What a field is to the assembler.
enum AuditRole: UInt8 {
    case none, arch, syscall, syscallName, success, exit, argument0, argument1, argument2, argument3
    case items, pid, ppid, auid, uid, euid, session, tty, comm, exe, key, userName, cwd, name, nametype, proctitle
    case socketAddress, socketEnriched, socketPort, socketText, socketPath
    case commandLine, pathNames, pathTypes, node
}

/// How a field's value is written.
enum AuditEncoding: UInt8 {
    /// As it is.
    case plain
    /// A whole number.
    case integer
    /// As it is, and it tells the system call.
    case call
    /// Quoted, or in hexadecimal when it holds quotes, blanks or control characters (audit_log_untrustedstring).
    case escaped
    /// Like `escaped`; several keys are separated by 0x01 (AUDIT_KEY_SEPARATOR).
    case key
    /// Like `escaped`; the arguments are separated by NUL.
    case title
    /// A socket address in hexadecimal.
    case socket
    /// The address as auditd enriches it, in braces.
    case braces
    /// As it is; in apostrophes it holds fields itself.
    case message

    /// Whether a quoted value is taken as it stands.
    var isPlainInQuotes: Bool { rawValue <= AuditEncoding.title.rawValue }
    /// Whether a value without quotes is.
    var isPlainWithout: Bool { rawValue <= AuditEncoding.call.rawValue }
}

/// Role and encoding of the fields the assembler knows, by field id.
///
/// A class, so that the readers that hold it copy one reference and not its tables.
final class AuditFieldTable: Sendable {
    private let roles: [AuditRole]
    private let encodings: [AuditEncoding]
    private let isArgumentField: [Bool]

    let socketFamily: FieldID
    let socketAddress: FieldID
    let socketPort: FieldID
    let socketPath: FieldID
    /// `seresult` and `seperms` are the names ausearch gives the unnamed parts of an AVC record.
    let accessResult: FieldID
    let accessPermissions: FieldID
    /// Fields `a0`, `a1` … of EXECVE; arguments past the last share `FieldID.overflow`.
    let arguments: [FieldID]

    /// Makes the table for a vocabulary.
    init(_ vocabulary: Vocabulary) {
        socketFamily = vocabulary.field("socket.family")
        socketAddress = vocabulary.field("socket.address")
        socketPort = vocabulary.field("socket.port")
        socketPath = vocabulary.field("socket.path")
        accessResult = vocabulary.field("seresult")
        accessPermissions = vocabulary.field("seperms")
        arguments = (0..<256).map { vocabulary.field("a\($0)") }
        var isArgumentField: [Bool] = []
        for field in arguments where field != .overflow {
            while isArgumentField.count <= Int(field.rawValue) { isArgumentField.append(false) }
            isArgumentField[Int(field.rawValue)] = true
        }
        self.isArgumentField = isArgumentField
        var build = Build()
        for (names, encoding) in Self.encodingData {
            for name in names.split(separator: " ") { build.set(vocabulary.field(String(name)), encoding, nil) }
        }
        for (name, role) in Self.roleData { build.set(vocabulary.field(name), nil, role) }
        build.set(socketAddress, nil, .socketText)
        build.set(socketPort, nil, .socketPort)
        build.set(socketPath, nil, .socketPath)
        roles = build.roles
        encodings = build.encodings
    }

    func role(_ field: FieldID) -> AuditRole {
        Int(field.rawValue) < roles.count ? roles[Int(field.rawValue)] : .none
    }

    /// The field of an argument of EXECVE.
    @inline(__always)
    func argument(_ number: Int) -> FieldID { number < arguments.count ? arguments[number] : .overflow }

    /// Whether a field is one of `a0` … of EXECVE.
    ///
    /// Their ids follow no order: the first few are catalogued.
    func isArgument(_ field: FieldID) -> Bool {
        Int(field.rawValue) < isArgumentField.count && isArgumentField[Int(field.rawValue)]
    }

    func encoding(_ field: FieldID) -> AuditEncoding {
        Int(field.rawValue) < encodings.count ? encodings[Int(field.rawValue)] : .plain
    }

    /// The tables while they grow.
    private struct Build {
        var roles: [AuditRole] = []
        var encodings: [AuditEncoding] = []

        mutating func set(_ field: FieldID, _ encoding: AuditEncoding?, _ role: AuditRole?) {
            guard field != .overflow else { return }
            while roles.count <= Int(field.rawValue) {
                roles.append(.none)
                encodings.append(.plain)
            }
            if let encoding { encodings[Int(field.rawValue)] = encoding }
            if let role { roles[Int(field.rawValue)] = role }
        }
    }

    /// The kernel's and libaudit's encoded fields as auparse lists them (auparse/typetab.h), and the numbers.
    private static let encodingData: [(String, AuditEncoding)] = [
        (
            "acct cmd comm cwd data device dir exe file name new-device new-disk new-fs new-net new-rng new_group "
                + "ocomm old-device old-disk old-fs old-net old-rng old_group path root_dir sw vm watch "
                + "grp", .escaped
        ),
        (
            "pid ppid auid uid gid euid suid fsuid egid sgid fsgid ouid ogid oauid ouid ses opid oses exit argc item "
                + "items inode fd per list sig code sauid", .integer
        ),
        ("key", .key), ("proctitle", .title), ("saddr", .socket), ("SADDR", .braces), ("arch syscall SYSCALL", .call),
        ("msg", .message),
    ]

    private static let roleData: [(String, AuditRole)] = [
        ("arch", .arch), ("syscall", .syscall), ("SYSCALL", .syscallName), ("success", .success), ("exit", .exit),
        ("a0", .argument0), ("a1", .argument1), ("a2", .argument2), ("a3", .argument3), ("items", .items),
        ("pid", .pid), ("ppid", .ppid),
        ("auid", .auid), ("uid", .uid), ("euid", .euid), ("ses", .session), ("tty", .tty), ("comm", .comm),
        ("exe", .exe), ("key", .key), ("UID", .userName), ("cwd", .cwd), ("name", .name), ("nametype", .nametype),
        ("proctitle", .proctitle), ("saddr", .socketAddress), ("SADDR", .socketEnriched), ("cmdline", .commandLine),
        ("path_name", .pathNames), ("path_nametype", .pathTypes), ("node", .node),
    ]
}
