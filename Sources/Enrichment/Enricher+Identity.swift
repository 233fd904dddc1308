// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Who acts in an event, as far as it says.
struct ProcessIdentity {
    /// Hash of the host.
    var host: UInt64
    /// Process id; negative when unknown.
    var pid: Int64
    /// Parent's process id; negative when unknown.
    var parentPid: Int64
    /// Hash of the process's own identifier; 0 without one.
    var guid: UInt64
    /// Hash of the parent's.
    var parentGuid: UInt64
    /// When it happened.
    var time: Int64

    /// Whether there is anything to know it again by.
    var isKnown: Bool { pid >= 0 || guid != 0 }
}

extension Enricher {
    /// Reads who acts in the current event.
    func identity(_ batch: EventBatch, time: Int64) -> ProcessIdentity {
        let hash = fields.hash(fields.host, in: batch)
        func guid(_ field: FieldPicker.Field) -> UInt64 {
            let guid = fields.hash(field, in: batch)
            return guid == 0 ? 0 : max(1, guid ^ hash)
        }
        return ProcessIdentity(
            host: hash, pid: fields.integer(.processId, in: batch) ?? fields.integer(.pid, in: batch) ?? -1,
            parentPid: fields.integer(.parentProcessId, in: batch) ?? fields.integer(.ppid, in: batch) ?? -1,
            guid: guid(.processGuid), parentGuid: guid(.parentProcessGuid), time: time)
    }

    /// Whether a field's value is the same path as a remembered one, case aside.
    func isSame(_ field: FieldPicker.Field, _ value: ProcessValue, of process: Int, in batch: EventBatch) -> Bool {
        guard let range = fields.range(field, in: batch) else { return false }
        let known = processes.place(value, of: process)
        let page = processes.arena.page(of: known)
        return Self.equalsIgnoringCase(
            batch.bytes.span.extracting(range), page.span.extracting(known.range))
    }

    /// Whether a process ran a program before.
    func hadImage(_ field: FieldPicker.Field, _ process: Int, in batch: EventBatch) -> Bool {
        guard let range = fields.range(field, in: batch) else { return false }
        let image = batch.bytes.span.extracting(range)
        let place = processes.place(.history, of: process)
        let page = processes.arena.page(of: place)
        let history = page.span.extracting(place.range)
        var start = 0
        while let end = firstIndex(of: 0, in: history, from: start) {
            if Self.equalsIgnoringCase(history.extracting(start..<end), image) { return true }
            start = end + 1
        }
        return false
    }

    private static func equalsIgnoringCase(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        if WideBytes.equal(a, b) { return true }
        for index in a.indices where CaseFolding.lowercased(a[index]) != CaseFolding.lowercased(b[index]) {
            return false
        }
        return true
    }

    /// Remembers a field's value for a process; an event that lacks it leaves what is known.
    mutating func remember(
        _ field: FieldPicker.Field, as value: ProcessValue, of process: Int, from batch: EventBatch
    ) {
        guard let range = fields.range(field, in: batch) else { return }
        processes.set(value, of: process, to: batch.bytes.span.extracting(range))
    }

    /// The parent of the process that is being created.
    ///
    /// What the event says of it counts where nothing is known, or
    /// where the pid that is known belongs to something else by now.
    mutating func parent(of identity: ProcessIdentity, in batch: EventBatch, isWindows: Bool) -> Int? {
        guard identity.parentPid >= 0 || identity.parentGuid != 0 else { return nil }
        let found = processes.find(
            host: identity.host, pid: identity.parentPid, guid: identity.parentGuid, at: identity.time)
        if let found {
            let isCertain = identity.parentGuid != 0 && processes[found].guid == identity.parentGuid
            let isUnnamed = !fields.has(.parentImage) || processes.place(.image, of: found).length == 0
            if isCertain || isUnnamed || isSame(.parentImage, .image, of: found, in: batch)
                || hadImage(.parentImage, found, in: batch)
            {
                return found
            }
        }
        guard fields.has(.parentImage) else { return nil }
        var entry = ProcessEntry()
        entry.host = identity.host
        entry.pid = identity.parentPid
        entry.guid = identity.parentGuid
        let index = processes.insert(entry)
        remember(.parentImage, as: .image, of: index, from: batch)
        remember(.parentCommandLine, as: .commandLine, of: index, from: batch)
        remember(.parentUser, as: .user, of: index, from: batch)
        remember(.parentTty, as: .terminal, of: index, from: batch)
        let facts = python(
            image: .parentImage, commandLine: .parentCommandLine, tty: .parentTty, in: batch, isWindows: isWindows)
        if let facts {
            remember(
                facts, script: facts.invocation.script, isInterpreter: isInterpreter(.parentImage, batch), of: index)
        }
        return index
    }

    /// Whether the event's program is an interpreter itself.
    func isInterpreter(_ image: FieldPicker.Field, _ batch: EventBatch) -> Bool {
        let span = batch.bytes.span
        if let range = fields.range(image, in: batch), PythonName(path: span.extracting(range)) != nil { return true }
        guard image == .image, let range = fields.range(.originalFileName, in: batch) else { return false }
        return PythonName(path: span.extracting(range)) != nil
    }
}
