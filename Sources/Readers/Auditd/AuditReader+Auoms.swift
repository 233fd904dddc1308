// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditReader {
    /// Reads a record of the AUOMS agent, which holds a whole audit event: the fields of all its records in one line,
    /// names translated (`syscall=execve`, `user=root`), paths as lists.
    mutating func readJoined(
        _ input: Span<UInt8>, _ header: AuditHeader, _ line: Range<Int>, _ evidence: Range<Int>, _ position: UInt64,
        _ host: Range<Int>, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let first = batch.slots.count
        batch.slots.append(Slot.at(.type, header.type, 0, .string))
        var facts = AuditFacts()
        if !host.isEmpty {
            let slot = Slot.at(.hostName, host, 0, .string)
            batch.slots.append(slot)
            facts.host = slot
        }
        var paths = (names: 0..<0, types: 0..<0)
        var isCut = false
        var index = header.body
        while let field = AuomsField(input, &index, line.upperBound) {
            isCut = isCut || field.isCut
            let id = parser.fields.field(input.extracting(field.key))
            let value = AuditFieldParser.Value(range: field.value, isQuoted: field.isQuoted, next: index)
            addAuoms(input, id, value, &batch.slots)
            switch parser.table.role(id) {
            case .pathNames: paths.names = field.value
            case .pathTypes: paths.types = field.value
            default: break
            }
            if equalBytes(input.extracting(field.key), "user") { facts.userName = batch.slots.last }
            if equalBytes(input.extracting(field.key), "containerid"), !field.value.isEmpty {
                facts.container = batch.slots.last
            }
        }
        // One line is the whole event: it plays the part of the system call's record.
        let user = facts.userName
        facts.add(batch.slots.span, first..<batch.slots.count, .syscall, parser.table)
        facts.userName = user
        if isCut {
            report.add(.truncated, path: batch.path, position: position, "the audit record ends inside a value")
        }
        let time = Timestamp(nanoseconds: header.time)
        batch.commit(time: time, source: sources.auditd, slotsFrom: first, record: evidence, position: position)
        joined.removeAll(keepingCapacity: true)
        guard let source = joinAuoms(input, facts, paths, batch.slots.span) else { return }
        let start = batch.slots.count
        batch.slots.append(contentsOf: joined)
        batch.commit(
            time: time, source: source, slotsFrom: start, record: evidence, position: position, isDerived: true)
    }

    private mutating func addAuoms(
        _ input: Span<UInt8>, _ field: FieldID, _ value: AuditFieldParser.Value, _ slots: inout [Slot]
    ) {
        switch parser.table.role(field) {
        case .syscall:
            slots.append(Slot.at(field, value.range, 0, .string))
            slots.append(Slot.at(.SYSCALL, value.range, 0, .string))
        case .key:
            var start = value.range.lowerBound
            for index in value.range where input[index] == UInt8(ascii: ",") {
                slots.append(Slot.at(field, start..<index, 0, .string))
                start = index + 1
            }
            slots.append(Slot.at(field, start..<value.range.upperBound, 0, .string))
        default:
            var outcome = AuditFieldParser.Outcome()
            let encoding = parser.table.encoding(field)
            if encoding == .escaped || encoding == .title {
                // The agent has decoded these already.
                slots.append(Slot.at(field, value.range, 0, .string))
            } else {
                parser.emit(input, field, value, 0, &slots, &decoded, &outcome)
            }
        }
    }

    private mutating func joinAuoms(
        _ input: Span<UInt8>, _ facts: AuditFacts, _ paths: (names: Range<Int>, types: Range<Int>), _ slots: Span<Slot>
    ) -> LogSourceID? {
        guard let name = facts.syscallName else { return nil }
        switch with(name, input, { AuditAction(syscall: $0) }) {
        case .execute:
            guard succeeded(input, facts) else { return nil }
            addActor(input, facts, slots)
            add(.commandLine, facts.commandLine ?? facts.proctitle)
            add(.currentDirectory, facts.cwd)
            return sources.processCreation
        case .connect:
            guard succeeded(input, facts) || hasAskedPeer(input, facts) else { return nil }
            return addConnection(input, facts, slots, isInitiated: true)
        case .accept:
            guard succeeded(input, facts) else { return nil }
            return addConnection(input, facts, slots, isInitiated: false)
        case .create:
            return addAuomsFile(input, facts, paths, slots, "CREATE") ? sources.fileEvent : nil
        case .remove:
            return addAuomsFile(input, facts, paths, slots, "DELETE") ? sources.fileDelete : nil
        case .exit:
            addActor(input, facts, slots)
            return sources.processTermination
        case .socketCall, nil: return nil
        }
    }

    /// Finds the first path of a kind in `path_name=["a","b"] path_nametype=["PARENT","CREATE"]`.
    private mutating func addAuomsFile(
        _ input: Span<UInt8>, _ facts: AuditFacts, _ paths: (names: Range<Int>, types: Range<Int>), _ slots: Span<Slot>,
        _ nametype: StaticString
    ) -> Bool {
        guard succeeded(input, facts) else { return false }
        var names = AuomsList(paths.names)
        var types = AuomsList(paths.types)
        while let name = names.next(input), let type = types.next(input) {
            guard equalBytes(input.extracting(type), nametype), !name.isEmpty else { continue }
            addActor(input, facts, slots)
            let slot = Slot.at(.name, name, 0, .string)
            add(.targetFilename, absolute(slot, facts.cwd, nil, input))
            return true
        }
        return false
    }
}
