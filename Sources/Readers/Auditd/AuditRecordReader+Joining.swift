// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// Adds the slots of the derived event of an audit event's records; nil when there is no log source for it.
    func join(_ scene: borrowing AuditScene) -> LogSourceID? {
        guard let name = scene[.syscallName], let action = action(name, scene) else { return nil }
        switch action {
        case .execute:
            guard succeeded(scene) else { return nil }
            addProcess(scene)
            return sources.processCreation
        case .connect:
            guard succeeded(scene) || hasAskedPeer(scene) else { return nil }
            return addConnection(scene, isInitiated: true)
        case .accept:
            guard succeeded(scene) else { return nil }
            return addConnection(scene, isInitiated: false)
        case .create(let directory):
            guard succeeded(scene) else { return nil }
            if addFile(scene, "CREATE", directory) { return sources.fileEvent }
            // A file that was there and is emptied counts as created, as in Sysmon's event 11.
            guard truncates(name, scene) else { return nil }
            return addFile(scene, "NORMAL", directory) ? sources.fileEvent : nil
        case .remove(let directory):
            guard succeeded(scene) else { return nil }
            return addFile(scene, "DELETE", directory) ? sources.fileDelete : nil
        case .exit:
            addActor(scene)
            addExitCode(scene)
            return sources.processTermination
        case .socketCall: return nil
        }
    }

    private func action(_ name: Slot, _ scene: borrowing AuditScene) -> AuditAction? {
        let action = AuditAction(syscall: bytes(name, scene.input))
        guard action == .socketCall else { return action }
        guard let call = scene[.argument0] else { return nil }
        return with(call, scene.input) { AuditAction.socketCall($0) }
    }

    /// A value's bytes.
    @inline(__always)
    func bytes(_ slot: Slot, _ input: AuditBytes) -> AuditBytes {
        Int(slot.offset) < text.base ? input.slice(slot.range) : text.bytes(slot.range)
    }

    /// Calls `body` with a value's bytes.
    @inline(__always)
    func with<Result>(_ slot: Slot, _ input: AuditBytes, _ body: (Span<UInt8>) -> Result) -> Result {
        bytes(slot, input).with(body)
    }

    /// Whether a value is a literal; absent values are not.
    func isEqual(_ slot: Slot?, _ literal: StaticString, _ input: AuditBytes) -> Bool {
        guard let slot, Int(slot.length) == literal.utf8CodeUnitCount else { return false }
        return with(slot, input) { equalBytes($0, literal) }
    }

    func succeeded(_ scene: borrowing AuditScene) -> Bool {
        guard let success = scene[.success] else { return true }
        return isEqual(success, "yes", scene.input)
    }

    /// Whether a connect that failed still asked its peer; see `AuditAction.hasAskedPeer`.
    func hasAskedPeer(_ scene: borrowing AuditScene) -> Bool {
        guard let exit = scene[.exit] else { return false }
        return with(exit, scene.input, AuditAction.hasAskedPeer)
    }

    /// Adds a value under another name; absent and null ones are left out.
    @inline(__always)
    func add(_ field: FieldID, _ slot: Slot?) {
        guard var slot, slot.kind != .null else { return }
        slot.field = field
        slots.append(slot)
    }

    func add(_ field: FieldID, _ range: Range<Int>, _ kind: ValueKind = .string) { slots.append(field, range, kind) }

    func add(_ field: FieldID, _ literal: StaticString, _ kind: ValueKind) { add(field, text.store(literal), kind) }

    /// Who did it: what all derived events have in common.
    func addActor(_ scene: borrowing AuditScene) {
        // The program of a detached mount (runc's copy of itself) has no path: the kernel writes `/`, which names none.
        let exe = scene[.exe]
        if !isEqual(exe, "/", scene.input) { add(.image, exe) }
        add(.user, scene[.userName] ?? scene[.uid])
        add(.processId, scene[.pid])
        add(.parentProcessId, scene[.ppid])
        add(.logonId, scene[.session])
        add(.processTty, scene[.tty])
        add(.hostName, scene[.node] ?? scene.host)
        add(.containerId, scene.container)
        add(.auid, scene[.auid])
        add(.euid, scene[.euid])
        add(.comm, scene[.comm])
        add(.success, scene[.success])
        guard scene.roles[.key] >= 0 else { return }
        for index in Int(scene.roles.firstKey)...Int(scene.roles[.key])
        where parser.table.role(scene.slots[index].field) == .key { add(.key, scene.slots[index]) }
    }

    private func addProcess(_ scene: borrowing AuditScene) {
        addActor(scene)
        let start = text.end
        var isFirst = true
        let input = scene.input
        let fields = scene.slots
        scene.forEachLine(.execve) { line in
            var continues = line.continuesArgument
            for index in line.arguments {
                let slot = fields[index]
                guard Self.isArgument(slot, parser.table) else { continue }
                if !isFirst, !continues { text.append(0x20) }
                parser.copy(input, slot)
                isFirst = false
                continues = false
            }
        }
        if isFirst {
            // Without the arguments the title is the best there is; the kernel cuts it at 128 bytes.
            add(.commandLine, scene[.commandLine] ?? scene[.proctitle])
        } else {
            add(.commandLine, start..<text.end)
        }
        add(.currentDirectory, scene[.cwd])
    }

    /// Lengths of split arguments stand among the arguments.
    private static func isArgument(_ slot: Slot, _ table: AuditFieldTable) -> Bool {
        slot.field == .overflow || table.isArgument(slot.field)
    }

    func addConnection(_ scene: borrowing AuditScene, isInitiated: Bool) -> LogSourceID? {
        // Unix and netlink sockets are no network; a sendto without an address goes over an older connection.
        guard let address = scene[.socketText], let port = scene[.socketPort] else { return nil }
        addActor(scene)
        let isIPv6 = with(address, scene.input) { firstIndex(of: UInt8(ascii: ":"), in: $0) != nil }
        if isInitiated {
            add(.destinationIp, address)
            add(.destinationPort, port)
            add(.destinationIsIpv6, isIPv6 ? "true" : "false", .boolean)
            add(.initiated, "true", .boolean)
        } else {
            add(.sourceIp, address)
            add(.sourcePort, port)
            add(.initiated, "false", .boolean)
        }
        return sources.networkConnection
    }

    private func addExitCode(_ scene: borrowing AuditScene) {
        guard let argument = scene[.argument0] else { return }
        let code: Int64? = with(argument, scene.input) { digits in
            // The status is the low byte of the argument (exit_group(2)).
            guard digits.count > 0, digits.count <= 16 else { return nil }
            var value: Int64 = 0
            for index in max(0, digits.count - 2)..<digits.count {
                guard let digit = hexDigit(digits[index]) else { return nil }
                value = value << 4 | Int64(digit)
            }
            return value
        }
        guard let code else { return }
        add(.processExitCode, text.store(code), .integer)
    }
}
