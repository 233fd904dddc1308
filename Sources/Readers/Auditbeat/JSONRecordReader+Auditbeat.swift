// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// What Auditbeat's audit events give beside an event in ECS.
enum AuditbeatRecord {
    /// What the records auditd would have written are.
    static let logSource = LogSource(product: "linux", service: "auditd")

    private static let categories = [
        "process_creation", "process_termination", "network_connection", "file_event", "file_delete",
    ]

    /// Whether one of ECS's log sources is one that an audit event can have.
    static func gives(_ source: LogSource) -> Bool {
        source.product == "linux" && categories.contains(source.category ?? "")
    }
}

/// Auditbeat's auditd module joins the records of an audit event as ECS wants it (`auditd.data`, `auditd.paths`,
/// `process.args`; Auditbeat reference, "Auditd module").
extension JSONRecordReader {
    /// Whether the ECS record is one of Auditbeat's audit events.
    var isAuditbeat: Bool { flattener.has(.auditbeat(.data)) }

    /// Makes an event of an audit event, and one of each record that auditd would have written.
    mutating func readAuditbeat(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        addSigmaNames(from: record.first, in: &batch)
        let source: LogSourceID
        if let category = auditbeatCategory(object.tape, object.index, into: &batch) {
            if category == .network { addDirection([], in: &batch) }
            source = shapes.ecs.source(.linux, category)
        } else {
            source = categorisedSource(from: record.first, product: .linux, in: &batch)
        }
        commit(source, times: JSONTime.ecs, record, into: &batch, report: &report)
        addRecords(object.tape, object.index, record.context, into: &batch, report: &report)
    }

    /// What an audit event means, by its system call; nil when that tells nothing.
    ///
    /// A call that failed means nothing but a connect that asked its peer.
    mutating func auditbeatCategory(
        _ tape: JSONTape, _ index: Int, into batch: inout EventBatch
    ) -> ECSSources.Category? {
        let call = flattener.text(.auditbeat(.syscall), in: batch)
        let action = call.flatMap { AuditAction(syscall: batch.bytes.span.extracting($0.range)) }
        if let result = flattener.text(.auditbeat(.result), in: batch), batch.holds(result.range, "fail") {
            guard action == .connect, let exit = flattener.text(.auditbeat(.exit), in: batch),
                AuditAction.hasAskedPeer(exit: batch.bytes.span.extracting(exit.range))
            else { return ECSSources.Category.none }
        }
        guard let call, let action else { return nil }
        switch action {
        case .execute: return .processCreation
        case .connect:
            return tape.value("destination", "ip", of: index, in: batch.bytes) == nil
                ? ECSSources.Category.none : .network
        case .accept:
            return tape.value("source", "ip", of: index, in: batch.bytes) == nil ? ECSSources.Category.none : .network
        case .create(let directory):
            if addPath(tape, index, "CREATE", directory, &batch) { return .fileEvent }
            // A file that was there and is emptied counts as created.
            guard truncates(tape, index, call, batch) else { return ECSSources.Category.none }
            return addPath(tape, index, "NORMAL", directory, &batch) ? .fileEvent : ECSSources.Category.none
        case .remove(let directory):
            return addPath(tape, index, "DELETE", directory, &batch) ? .fileDelete : ECSSources.Category.none
        case .exit: return .processTermination
        case .socketCall: return nil
        }
    }

    /// Whether the call empties the file it names.
    private func truncates(_ tape: JSONTape, _ index: Int, _ call: Slot, _ batch: EventBatch) -> Bool {
        if batch.holds(call.range, oneOf: ["creat", "truncate"]) { return true }
        let isOpen = batch.holds(call.range, "open")
        guard isOpen || batch.holds(call.range, "openat"),
            let flags = tape.value("auditd", "data", isOpen ? "a1" : "a2", of: index, in: batch.bytes),
            tape.tag(flags) == JSONTape.Tag.string
        else { return false }
        return AuditAction.isTruncating(flags: batch.bytes.span.extracting(tape.string(flags, in: batch.bytes)))
    }

    /// Adds the path of a kind, made absolute where the directory is known; false without one.
    private func addPath(
        _ tape: JSONTape, _ index: Int, _ nametype: StaticString, _ directory: Int?, _ batch: inout EventBatch
    ) -> Bool {
        for path in tape.elements(of: tape.value("auditd", "paths", of: index, in: batch.bytes)) {
            guard let kind = tape.member("nametype", of: path.value, in: batch.bytes),
                tape.isString(kind, nametype, in: batch.bytes),
                let name = tape.member("name", of: path.value, in: batch.bytes),
                tape.tag(name) == JSONTape.Tag.string
            else { continue }
            let range = tape.string(name, in: batch.bytes)
            if range.isEmpty { continue }
            let start = batch.bytes.count
            if batch.bytes[range.lowerBound] != UInt8(ascii: "/"), isBelowCWD(tape, index, directory, batch),
                let cwd = tape.value("process", "working_directory", of: index, in: batch.bytes),
                tape.tag(cwd) == JSONTape.Tag.string
            {
                batch.appendCopy(tape.string(cwd, in: batch.bytes))
                batch.bytes.append(UInt8(ascii: "/"))
            }
            batch.appendCopy(range)
            let joined = Array(batch.bytes[start...])
            if joined.first == UInt8(ascii: "/") {
                batch.bytes.removeSubrange(start...)
                batch.bytes.append(contentsOf: AuditPath.normalised(joined))
            }
            batch.append(.targetFilename, start..<batch.bytes.count)
            return true
        }
        return false
    }

    /// Whether a relative path starts at the working directory: no descriptor was given, or AT_FDCWD.
    private func isBelowCWD(_ tape: JSONTape, _ index: Int, _ directory: Int?, _ batch: EventBatch) -> Bool {
        let names: [StaticString] = ["a0", "a1", "a2"]
        guard let directory, directory < names.count else { return true }
        guard let value = tape.value("auditd", "data", names[directory], of: index, in: batch.bytes),
            tape.tag(value) == JSONTape.Tag.string
        else { return false }
        return batch.holds(
            tape.string(value, in: batch.bytes), oneOf: ["ffffff9c", "ffffffffffffff9c", "AT_FDCWD"])
    }

    /// Adds what auditd itself would have written as records: rules for its log ask for one record's fields (`type`,
    /// `a0`, `name`), which the joined event cannot hold side by side.
    mutating func addRecords(
        _ tape: JSONTape, _ index: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let first = batch.slots.count
        addType(tape, index, &batch)
        for member in tape.members(of: tape.value("auditd", "data", of: index, in: batch.bytes)) {
            let field = flattener.field(named: batch.bytes.span.extracting(tape.string(member.key, in: batch.bytes)))
            tape.append(field, member.value, into: &batch)
        }
        tape.append(.SYSCALL, tape.value("auditd", "data", "syscall", of: index, in: batch.bytes), into: &batch)
        addActor(tape, index, &batch)
        commitRecord(first, context, &batch, &report)

        let arguments = tape.value("process", "args", of: index, in: batch.bytes)
        if let call = flattener.text(.auditbeat(.syscall), in: batch),
            AuditAction(syscall: batch.bytes.span.extracting(call.range)) == .execute, arguments != nil
        {
            let first = batch.slots.count
            batch.append(.type, text: "EXECVE")
            addHost(&batch)
            var number = 0
            for argument in tape.elements(of: arguments) {
                tape.append(argumentField(number), argument.value, into: &batch)
                number += 1
            }
            batch.append(.argc, integer: Int64(number))
            commitRecord(first, context, &batch, &report)
        }
        for path in tape.elements(of: tape.value("auditd", "paths", of: index, in: batch.bytes)) {
            let first = batch.slots.count
            batch.append(.type, text: "PATH")
            addHost(&batch)
            for member in tape.members(of: path.value) {
                let field = flattener.field(
                    named: batch.bytes.span.extracting(tape.string(member.key, in: batch.bytes)))
                tape.append(field, member.value, into: &batch)
            }
            commitRecord(first, context, &batch, &report)
        }
    }

    private mutating func commitRecord(
        _ first: Int, _ context: JSONContext, _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        batch.commit(
            time: flattener.known.time(JSONTime.ecs, in: batch), source: shapes.auditbeat, slotsFrom: first,
            record: context.evidence, position: context.position, isDerived: true)
        report.events += 1
    }

    private mutating func argumentField(_ number: Int) -> FieldID {
        // Endless arguments must not fill the vocabulary; they still count for keywords.
        number < 256 ? flattener.field(named: Array("a\(number)".utf8).span) : .overflow
    }

    /// `syscall` is auditd's `SYSCALL`.
    private func addType(_ tape: JSONTape, _ index: Int, _ batch: inout EventBatch) {
        guard let type = tape.value("auditd", "message_type", of: index, in: batch.bytes),
            tape.tag(type) == JSONTape.Tag.string
        else { return }
        let start = batch.bytes.count
        for at in tape.string(type, in: batch.bytes) {
            let byte = batch.bytes[at]
            batch.bytes.append(byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte)
        }
        batch.append(.type, start..<batch.bytes.count)
    }

    private func addHost(_ batch: inout EventBatch) {
        if let host = flattener.text(.shared(.hostName), in: batch) { batch.append(.hostName, host.range) }
    }

    /// Who did it, by the names of audit records.
    private func addActor(_ tape: JSONTape, _ index: Int, _ batch: inout EventBatch) {
        let process = tape.member("process", of: index, in: batch.bytes)
        let user = tape.member("user", of: index, in: batch.bytes)
        tape.append(.exe, tape.member("executable", of: process, in: batch.bytes), into: &batch)
        tape.append(.comm, tape.member("name", of: process, in: batch.bytes), into: &batch)
        tape.append(.pid, tape.member("pid", of: process, in: batch.bytes), into: &batch)
        tape.append(.ppid, tape.value("parent", "pid", of: process, in: batch.bytes), into: &batch)
        tape.append(.uid, tape.member("id", of: user, in: batch.bytes), into: &batch)
        tape.append(.euid, tape.value("effective", "id", of: user, in: batch.bytes), into: &batch)
        tape.append(.auid, tape.value("audit", "id", of: user, in: batch.bytes), into: &batch)
        tape.append(.ses, tape.value("auditd", "session", of: index, in: batch.bytes), into: &batch)
        tape.appendEach(.key, tape.member("tags", of: index, in: batch.bytes), into: &batch)
        addHost(&batch)
        guard let result = flattener.text(.auditbeat(.result), in: batch) else { return }
        batch.append(.success, text: batch.holds(result.range, "success") ? "yes" : "no")
    }
}
