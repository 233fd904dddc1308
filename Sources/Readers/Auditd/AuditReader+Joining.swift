// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditReader {
    /// Puts the derived event of an audit event's records into `joined`; nil when there is no log source for it.
    ///
    /// `host` stands in for a node the records do not name.
    mutating func join(
        _ input: Span<UInt8>, _ lines: [AuditGroup.Line], _ host: Slot?, _ slots: Span<Slot>
    ) -> LogSourceID? {
        var facts = AuditFacts()
        facts.host = host
        for line in lines { facts.add(slots, line.slots, line.type, parser.table) }
        guard let name = facts.syscallName, let action = action(input, name, facts) else { return nil }
        switch action {
        case .execute:
            guard succeeded(input, facts) else { return nil }
            addProcess(input, facts, lines, slots)
            return sources.processCreation
        case .connect:
            guard succeeded(input, facts) || hasAskedPeer(input, facts) else { return nil }
            return addConnection(input, facts, slots, isInitiated: true)
        case .accept:
            guard succeeded(input, facts) else { return nil }
            return addConnection(input, facts, slots, isInitiated: false)
        case .create(let directory):
            guard succeeded(input, facts) else { return nil }
            if addFile(input, facts, lines, slots, "CREATE", directory) { return sources.fileEvent }
            // A file that was there and is emptied counts as created, as in Sysmon's event 11.
            guard truncates(input, name, facts) else { return nil }
            return addFile(input, facts, lines, slots, "NORMAL", directory) ? sources.fileEvent : nil
        case .remove(let directory):
            guard succeeded(input, facts) else { return nil }
            return addFile(input, facts, lines, slots, "DELETE", directory) ? sources.fileDelete : nil
        case .exit:
            addActor(input, facts, slots)
            addExitCode(input, facts)
            return sources.processTermination
        case .socketCall: return nil
        }
    }

    private func action(_ input: Span<UInt8>, _ name: Slot, _ facts: AuditFacts) -> AuditAction? {
        let action = with(name, input) { AuditAction(syscall: $0) }
        guard action == .socketCall else { return action }
        guard let call = facts.arguments.0 else { return nil }
        return with(call, input) { AuditAction.socketCall($0) }
    }

    /// Calls `body` with a value's bytes.
    func with<Result>(_ slot: Slot, _ input: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
        if slot.range.lowerBound < decoded.base { return body(input.extracting(slot.range)) }
        let start = slot.range.lowerBound - decoded.base
        return body(decoded.bytes.span.extracting(start..<start + slot.range.count))
    }

    /// Whether a value is a literal; absent values are not.
    func isEqual(_ slot: Slot?, _ literal: StaticString, _ input: Span<UInt8>) -> Bool {
        guard let slot else { return false }
        return with(slot, input) { equalBytes($0, literal) }
    }

    func succeeded(_ input: Span<UInt8>, _ facts: AuditFacts) -> Bool {
        facts.success == nil || isEqual(facts.success, "yes", input)
    }

    /// Whether a connect that failed still asked its peer; see `AuditAction.hasAskedPeer`.
    func hasAskedPeer(_ input: Span<UInt8>, _ facts: AuditFacts) -> Bool {
        facts.exit.map { with($0, input, AuditAction.hasAskedPeer) } ?? false
    }

    /// Adds a value under another name; absent and null ones are left out.
    mutating func add(_ field: FieldID, _ slot: Slot?) {
        guard var slot, slot.kind != .null else { return }
        slot.field = field
        joined.append(slot)
    }

    mutating func add(_ field: FieldID, _ range: Range<Int>, _ kind: ValueKind = .string) {
        joined.append(Slot.at(field, range, 0, kind))
    }

    mutating func add(_ field: FieldID, _ literal: StaticString, _ kind: ValueKind) {
        let range = decoded.store(literal)
        add(field, range, kind)
    }

    /// Who did it: what all derived events have in common.
    mutating func addActor(_ input: Span<UInt8>, _ facts: AuditFacts, _ slots: Span<Slot>) {
        // The program of a detached mount (runc's copy of itself) has no path: the kernel writes `/`, which names none.
        if !isEqual(facts.exe, "/", input) { add(.image, facts.exe) }
        add(.user, facts.userName ?? facts.uid)
        add(.processId, facts.pid)
        add(.parentProcessId, facts.ppid)
        add(.logonId, facts.session)
        add(.processTty, facts.tty)
        add(.hostName, facts.node ?? facts.host)
        add(.containerId, facts.container)
        add(.auid, facts.auid)
        add(.euid, facts.euid)
        add(.comm, facts.comm)
        add(.success, facts.success)
        for index in facts.record where parser.table.role(slots[index].field) == .key { add(.key, slots[index]) }
    }

    private mutating func addProcess(
        _ input: Span<UInt8>, _ facts: AuditFacts, _ lines: [AuditGroup.Line], _ slots: Span<Slot>
    ) {
        addActor(input, facts, slots)
        let start = decoded.end
        var isFirst = true
        for line in lines where line.type == .execve {
            var continues = line.continuesArgument
            for index in line.arguments where Self.isArgument(slots[index], parser.table) {
                if !isFirst, !continues { decoded.bytes.append(0x20) }
                AuditFieldParser.copy(input, slots[index], &decoded)
                isFirst = false
                continues = false
            }
        }
        if isFirst {
            // Without the arguments the title is the best there is; the kernel cuts it at 128 bytes.
            add(.commandLine, facts.commandLine ?? facts.proctitle)
        } else {
            add(.commandLine, start..<decoded.end)
        }
        add(.currentDirectory, facts.cwd)
    }

    /// Lengths of split arguments stand among the arguments.
    private static func isArgument(_ slot: Slot, _ table: AuditFieldTable) -> Bool {
        slot.field == .overflow || table.isArgument(slot.field)
    }

    mutating func addConnection(
        _ input: Span<UInt8>, _ facts: AuditFacts, _ slots: Span<Slot>, isInitiated: Bool
    ) -> LogSourceID? {
        // Unix and netlink sockets are no network; a sendto without an address goes over an older connection.
        guard let address = facts.socketAddress, let port = facts.socketPort else { return nil }
        addActor(input, facts, slots)
        let isIPv6 = with(address, input) { firstIndex(of: UInt8(ascii: ":"), in: $0) != nil }
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

    private mutating func addExitCode(_ input: Span<UInt8>, _ facts: AuditFacts) {
        guard let argument = facts.arguments.0 else { return }
        let code: Int64? = with(argument, input) { digits in
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
        let start = decoded.end
        appendDecimal(code, to: &decoded.bytes)
        add(.processExitCode, start..<decoded.end, .integer)
    }
}
