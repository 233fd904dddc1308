// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// Reads a record of the AUOMS agent, which holds a whole audit event: the fields of all its records in one line,
    /// names translated (`syscall=execve`, `user=root`), paths as lists.
    mutating func readJoined(
        _ input: AuditBytes, _ header: AuditHeader, _ place: Place, _ host: Range<Int>, _ batch: inout EventBatch,
        _ report: inout ReadReport
    ) {
        let first = slots.count
        slots.append(.type, header.type, .string)
        var (wrapper, container): (Slot?, Slot?)
        if !host.isEmpty {
            slots.append(.hostName, host, .string)
            wrapper = slots[slots.count - 1]
        }
        var paths = (names: 0..<0, types: 0..<0)
        var isCut = false
        var user: Int?
        input.with { span in
            var index = header.body
            while let field = AuomsField(span, &index, place.line.upperBound) {
                isCut = isCut || field.isCut
                let id = parser.fields.field(span.extracting(field.key))
                addAuoms(
                    input, id, AuditFieldParser.Value(range: field.value, isQuoted: field.isQuoted, next: index))
                switch parser.table.role(id) {
                case .pathNames: paths.names = field.value
                case .pathTypes: paths.types = field.value
                default: break
                }
                if equalBytes(span.extracting(field.key), "user") { user = slots.count - 1 }
                if equalBytes(span.extracting(field.key), "containerid"), !field.value.isEmpty {
                    container = slots[slots.count - 1]
                }
            }
        }
        // One line is the whole event: it plays the part of the system call's record.
        found.removeAll()
        for index in first..<slots.count { found.roles.note(parser.table.role(slots[index].field), index) }
        found.roles.clear(.userName)
        if let user { found.roles.note(.userName, user) }
        if isCut {
            report.add(.truncated, path: batch.path, position: place.position, "the audit record ends inside a value")
        }
        commit(&batch, header.time, sources.auditd, from: first, place.evidence, place.position)
        let scene = AuditScene(
            input: input, slots: slots, roles: found.roles, host: wrapper, container: container)
        let start = slots.count
        guard let source = input.with({ joinAuoms($0, scene, paths) }) else { return slots.truncate(to: start) }
        commit(&batch, header.time, source, from: start, place.evidence, place.position, isDerived: true)
    }

    private func addAuoms(_ input: AuditBytes, _ field: FieldID, _ value: AuditFieldParser.Value) {
        let (encoding, role) = (parser.table.encoding(field), parser.table.role(field))
        switch role {
        case .syscall:
            slots.append(field, value.range, .string)
            slots.append(.SYSCALL, value.range, .string)
        case .key:
            var start = value.range.lowerBound
            for index in value.range where input[index] == UInt8(ascii: ",") {
                slots.append(field, start..<index, .string)
                start = index + 1
            }
            slots.append(field, start..<value.range.upperBound, .string)
        default:
            if encoding == .escaped || encoding == .title {
                // The agent has decoded these already.
                slots.append(field, value.range, .string)
            } else {
                let key = AuditKeys.Key(field: field, encoding: encoding, role: role)
                parser.emit(input, key, value, 0, slots, found)
            }
        }
    }

    private func joinAuoms(
        _ input: Span<UInt8>, _ scene: borrowing AuditScene, _ paths: (names: Range<Int>, types: Range<Int>)
    ) -> LogSourceID? {
        guard let name = scene[.syscallName] else { return nil }
        switch AuditAction(syscall: bytes(name, scene.input)) {
        case .execute:
            guard succeeded(scene) else { return nil }
            addActor(scene)
            add(.commandLine, scene[.commandLine] ?? scene[.proctitle])
            add(.currentDirectory, scene[.cwd])
            return sources.processCreation
        case .connect:
            guard succeeded(scene) || hasAskedPeer(scene) else { return nil }
            return addConnection(scene, isInitiated: true)
        case .accept:
            guard succeeded(scene) else { return nil }
            return addConnection(scene, isInitiated: false)
        case .create:
            return addAuomsFile(input, scene, paths, "CREATE") ? sources.fileEvent : nil
        case .remove:
            return addAuomsFile(input, scene, paths, "DELETE") ? sources.fileDelete : nil
        case .exit:
            addActor(scene)
            return sources.processTermination
        case .socketCall, nil: return nil
        }
    }

    /// Finds the first path of a kind in `path_name=["a","b"] path_nametype=["PARENT","CREATE"]`.
    private func addAuomsFile(
        _ input: Span<UInt8>, _ scene: borrowing AuditScene, _ paths: (names: Range<Int>, types: Range<Int>),
        _ nametype: StaticString
    ) -> Bool {
        guard succeeded(scene) else { return false }
        var names = AuomsList(paths.names)
        var types = AuomsList(paths.types)
        while let name = names.next(input), let type = types.next(input) {
            guard equalBytes(input.extracting(type), nametype), !name.isEmpty else { continue }
            addActor(scene)
            let slot = Slot.at(.name, name, 0, .string)
            add(.targetFilename, absolute(slot, scene[.cwd], nil, scene.input))
            return true
        }
        return false
    }
}
