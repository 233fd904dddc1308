// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension Enricher {
    /// A process executed a program.
    mutating func created(_ batch: inout EventBatch, time: Int64, isWindows: Bool) {
        let identity = identity(batch, time: time)
        let facts = python(
            image: .image, commandLine: .commandLine, tty: .processTty, in: batch, isWindows: isWindows)
        let script = facts?.script(
            in: facts?.invocation.script == nil ? nil : fields.text(.currentDirectory, in: batch))
        if identity.isKnown {
            let parent = parent(of: identity, in: batch, isWindows: isWindows)
            let process = settle(identity, parent: parent, in: batch, isWindows: isWindows)
            if let facts, process.isCurrent {
                remember(facts, script: script, isInterpreter: isInterpreter(.image, batch), of: process.index)
            }
            settleContainer(of: process.index, parent: parent, in: batch)
            addLineage(of: process.index, to: &batch)
            addContainer(process.index, to: &batch)
        } else {
            addContainerSeen(to: &batch)
        }
        if let facts { add(facts, script: script, to: &batch) }
    }

    /// Finds or makes the process an execution belongs to.
    ///
    /// `isCurrent` is false when the event is late and the process
    /// has executed something else since.
    private mutating func settle(
        _ identity: ProcessIdentity, parent: Int?, in batch: EventBatch, isWindows: Bool
    ) -> (index: Int, isCurrent: Bool) {
        let found = processes.find(host: identity.host, pid: identity.pid, guid: identity.guid, at: identity.time)
        guard let found, isSameProcess(found, identity, parent, isWindows) else {
            return (begin(identity, parent: parent, in: batch), true)
        }
        processes.touch(found)
        let entry = processes[found]
        if entry.parent.index < 0, let parent { processes.link(found, to: parent) }
        let isRepeated =
            !entry.isInherited && isSame(.image, .image, of: found, in: batch)
            && isSame(.commandLine, .commandLine, of: found, in: batch)
            && !Times.isLater(identity.time, than: entry.executed, by: limits.lateness)
        // Another sensor's record of the same execution, or the rest of what the process itself was first seen by.
        if isRepeated || entry[.image].length == 0 {
            fill(found, identity, from: batch)
            return (found, true)
        }
        if Times.isLater(entry.executed, than: identity.time) {
            pushHistory(found, field: .image, in: batch)
            return (found, false)
        }
        if !entry.isInherited { pushHistory(found) }
        forgetPython(of: found)
        fill(found, identity, from: batch)
        return (found, true)
    }

    private func isSameProcess(_ found: Int, _ identity: ProcessIdentity, _ parent: Int?, _ isWindows: Bool) -> Bool {
        let entry = processes[found]
        if identity.guid != 0, entry.guid == identity.guid { return true }
        if identity.guid != 0, entry.guid != 0 { return false }
        guard !Times.isLater(identity.time, than: entry.ended) else { return false }
        let isNear = !Times.isLater(identity.time, than: entry.executed, by: limits.lateness)
        // A process seen by its actions before its creation is the same one when both lie close together.
        if entry.parentPid < 0 || identity.parentPid < 0 { return isNear && !isWindows }
        guard entry.parentPid == identity.parentPid else { return false }
        if isWindows { return isNear }
        return !Times.isLater(identity.time, than: entry.executed, by: limits.execChain)
    }

    private mutating func begin(_ identity: ProcessIdentity, parent: Int?, in batch: EventBatch) -> Int {
        var entry = ProcessEntry()
        entry.host = identity.host
        entry.pid = identity.pid
        entry.guid = identity.guid
        entry.start = identity.time
        entry.parentPid = identity.parentPid
        if let parent {
            processes.touch(parent)
            entry.parent = processes.handle(parent)
        } else if identity.parentPid > 0 {
            processes.stats.unknownParents += 1
        }
        let index = processes.insert(entry)
        fill(index, identity, from: batch)
        return index
    }

    private mutating func fill(_ process: Int, _ identity: ProcessIdentity, from batch: EventBatch) {
        processes[process].executed = identity.time
        processes[process].isInherited = false
        if processes[process].parentPid < 0 { processes[process].parentPid = identity.parentPid }
        remember(.image, as: .image, of: process, from: batch)
        remember(.commandLine, as: .commandLine, of: process, from: batch)
        remember(.user, as: .user, of: process, from: batch)
        remember(fields.has(.processTty) ? .processTty : .tty, as: .terminal, of: process, from: batch)
    }

    /// A process ended.
    mutating func ended(_ batch: inout EventBatch, time: Int64) {
        let identity = identity(batch, time: time)
        guard identity.isKnown,
            let found = processes.find(host: identity.host, pid: identity.pid, guid: identity.guid, at: time)
        else { return addContainerSeen(to: &batch) }
        addActor(found, to: &batch)
        processes[found].ended = time == .min ? processes[found].executed : time
    }

    /// A process did something.
    mutating func acted(_ batch: inout EventBatch, time: Int64, isWindows: Bool) {
        let identity = identity(batch, time: time)
        guard identity.isKnown else { return addContainerSeen(to: &batch) }
        let found = processes.find(host: identity.host, pid: identity.pid, guid: identity.guid, at: time)
        if let found {
            let isNamed = fields.has(.image) && processes[found][.image].length > 0
            let isSame = !isNamed || isSame(.image, .image, of: found, in: batch)
            if isSame || hadImage(.image, found, in: batch) {
                processes.touch(found)
                settleContainer(of: found, parent: nil, in: batch)
                // It ran something else when it acted: its present command line is not the event's.
                return isSame ? addActor(found, to: &batch) : addContainer(found, to: &batch)
            }
            guard Times.isLater(time, than: processes[found].executed, by: limits.lateness) else {
                return addContainerSeen(to: &batch)
            }
        }
        guard fields.has(.image) else { return addContainerSeen(to: &batch) }
        // Running since before the first event, or its creation was lost: its children can still be told their parent.
        let parent = parent(of: identity, in: batch, isWindows: isWindows)
        let process = begin(identity, parent: parent, in: batch)
        settleContainer(of: process, parent: parent, in: batch)
        addActor(process, to: &batch)
    }

    /// Whether an audit record may be one of those `forked` looks at; nearly none is.
    func mayFork(_ batch: EventBatch, _ header: EventHeader) -> Bool {
        holdsFork(batch, header.slots) || holdsFork(batch, header.added)
    }

    @inline(__always)
    private func holdsFork(_ batch: EventBatch, _ range: Range<Int>) -> Bool {
        // SAFETY: an event's slots lie in its batch.
        unsafe batch.slots.withUnsafeBufferPointer { slots in
            let wanted = FieldID.SYSCALL
            var index = range.lowerBound
            while index < range.upperBound {
                if unsafe slots[index].field == wanted {
                    let call = batch.bytes.span.extracting(unsafe slots[index].range)
                    if startsWith(call, "clone") || equalBytes(call, "fork") || equalBytes(call, "vfork") {
                        return true
                    }
                }
                index &+= 1
            }
            return false
        }
    }

    /// A raw audit record: `clone`, `fork` and `vfork` return the child's pid (audit.rules(7), `exit`).
    mutating func forked(_ batch: EventBatch, time: Int64) {
        guard let range = fields.range(.systemCall, in: batch), let child = fields.integer(.exit, in: batch), child > 0
        else { return }
        let call = batch.bytes.span.extracting(range)
        let isClone = equalBytes(call, "clone")
        guard isClone || equalBytes(call, "clone3") || equalBytes(call, "fork") || equalBytes(call, "vfork") else {
            return
        }
        if isClone, let flags = fields.range(.flags, in: batch), Self.makesThread(batch.bytes.span.extracting(flags)) {
            return
        }
        let identity = identity(batch, time: time)
        guard let parent = processes.find(host: identity.host, pid: identity.pid, guid: 0, at: time) else { return }
        if let known = processes.find(host: identity.host, pid: child, guid: 0, at: time),
            !Times.isLater(time, than: processes[known].start, by: limits.lateness), known != parent
        {
            // The child's first execution was recorded before its parent returned from the fork.
            if processes[known].parent.index < 0, processes[known].parentPid == identity.pid {
                processes.link(known, to: parent)
            }
            return
        }
        var entry = ProcessEntry()
        entry.host = identity.host
        entry.pid = child
        entry.start = time
        entry.executed = time
        entry.parentPid = identity.pid
        entry.isInherited = true
        entry.runtime = processes[parent].runtime
        entry.pythonSource = processes[parent].pythonSource
        entry.isInterpreter = processes[parent].isInterpreter
        let handle = processes.handle(parent)
        entry.parent = handle
        processes.touch(parent)
        let index = processes.insert(entry)
        if let parent = processes.resolve(handle) { processes.copyValues(from: parent, to: index) }
    }

    /// `CLONE_THREAD` (include/uapi/linux/sched.h) among the flags, which the record has in hexadecimal.
    private static func makesThread(_ flags: Span<UInt8>) -> Bool {
        var value: UInt64 = 0
        for index in flags.indices {
            guard let digit = hexDigit(flags[index]) else { return false }
            value = value << 4 | UInt64(digit)
        }
        return value & 0x0001_0000 != 0
    }
}
