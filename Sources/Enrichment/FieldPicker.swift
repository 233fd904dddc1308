// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The fields enrichment reads, found in one pass over an event's slots.
struct FieldPicker: Sendable {
    /// A field of interest.
    enum Field: Int, CaseIterable, Sendable {
        case image, commandLine, originalFileName, currentDirectory, user, processId, processGuid, parentProcessId
        case parentProcessGuid, parentImage, parentCommandLine, parentUser, host, secondHost, thirdHost, pid, ppid, tty
        case processTty, parentTty, ancestors, systemCall, success, exit, exe, flags, pythonSource, pythonScript
        case pythonModule, pythonCode, parentPythonSource, containerId, containerAlias, containerRuntime, controlGroup
    }

    /// The fields that name the host, best first.
    private static let hosts: [Field] = [.host, .secondHost, .thirdHost]

    private var table: [UInt8] = []
    /// The slot of each field in the event read last; -1 when it has none with a value.
    private var found: [Int32]

    /// Prepares for a vocabulary.
    init(vocabulary: Vocabulary) {
        found = Array(repeating: -1, count: Field.allCases.count)
        let catalogued: [(FieldID, Field)] = [
            (.image, .image), (.commandLine, .commandLine), (.originalFileName, .originalFileName),
            (.currentDirectory, .currentDirectory), (.user, .user), (.processId, .processId),
            (.processGuid, .processGuid), (.parentProcessId, .parentProcessId),
            (.parentProcessGuid, .parentProcessGuid), (.parentImage, .parentImage),
            (.parentCommandLine, .parentCommandLine), (.parentUser, .parentUser), (.pid, .pid), (.ppid, .ppid),
            (.tty, .tty), (.processTty, .processTty),
            (.processParentTty, .parentTty), (.processAncestors, .ancestors), (.SYSCALL, .systemCall),
            (.success, .success), (.exit, .exit), (.exe, .exe), (.a0, .flags), (.pythonSource, .pythonSource),
            (.pythonScript, .pythonScript), (.pythonModule, .pythonModule), (.pythonCode, .pythonCode),
            (.processParentPythonSource, .parentPythonSource), (.containerId, .containerId),
            (.containerRuntime, .containerRuntime),
        ]
        for (id, field) in catalogued { want(id, field) }
        for (id, field) in zip(HostFields.inOrder, Self.hosts) { want(id, field) }
        // What other tools call the same things.
        let aliases: [(String, Field)] = [
            ("ContainerId", .containerAlias), ("ContainerID", .containerAlias), ("containerid", .containerAlias),
            ("containerId", .containerAlias), ("container_id", .containerAlias),
            ("process.container_id", .containerAlias), ("docker.container.id", .containerAlias),
            ("cgroup", .controlGroup), ("Cgroup", .controlGroup), ("cgroups", .controlGroup),
            ("cgroup_path", .controlGroup), ("process.cgroup", .controlGroup), ("process.cgroup.path", .controlGroup),
        ]
        for (name, field) in aliases { want(vocabulary.field(name), field) }
    }

    private mutating func want(_ id: FieldID, _ field: Field) {
        guard id != .overflow else { return }
        let place = Int(id.rawValue)
        if place >= table.count { table.append(contentsOf: repeatElement(0, count: place + 1 - table.count)) }
        table[place] = UInt8(field.rawValue + 1)
    }

    /// Looks an event over; the first value of each field counts.
    mutating func read(_ batch: EventBatch, _ header: EventHeader) {
        for index in found.indices { found[index] = -1 }
        // SAFETY: an event's slots lie in its batch, and the table has no field that `found` has no place for.
        unsafe batch.slots.withUnsafeBufferPointer { slots in
            unsafe table.withUnsafeBufferPointer { table in
                unsafe found.withUnsafeMutableBufferPointer { found in
                    unsafe Self.look(slots, header.slots, table, found)
                    unsafe Self.look(slots, header.added, table, found)
                }
            }
        }
    }

    @unsafe @inline(__always)
    private static func look(
        _ slots: UnsafeBufferPointer<Slot>, _ range: Range<Int>, _ table: UnsafeBufferPointer<UInt8>,
        _ found: UnsafeMutableBufferPointer<Int32>
    ) {
        for index in range {
            let slot = unsafe slots[index]
            let place = Int(slot.field.rawValue)
            guard place < table.count, unsafe table[place] != 0, slot.kind != .null, slot.length > 0 else { continue }
            let field = unsafe Int(table[place]) - 1
            if unsafe found[field] < 0 { unsafe found[field] = Int32(index) }
        }
    }

    /// Whether the event has a field with a value.
    func has(_ field: Field) -> Bool { found[field.rawValue] >= 0 }

    /// The field that names the event's host, whether it has a value or not.
    var host: Field { has(.host) ? .host : has(.secondHost) ? .secondHost : .thirdHost }

    /// Where a field's value lies in the batch, nil without one.
    func range(_ field: Field, in batch: EventBatch) -> Range<Int>? {
        let index = found[field.rawValue]
        return index < 0 ? nil : batch.slots[Int(index)].range
    }

    /// A field's value as text.
    func text(_ field: Field, in batch: EventBatch) -> String? {
        range(field, in: batch).map { String(decoding: batch.bytes.span.extracting($0)) }
    }

    /// A whole number, decimal or `0x` hexadecimal as Windows writes process ids.
    func integer(_ field: Field, in batch: EventBatch) -> Int64? {
        guard let range = range(field, in: batch) else { return nil }
        let span = batch.bytes.span.extracting(range)
        guard startsWith(span, "0x"), span.count > 2, span.count <= 17 else { return decimal(span) }
        var value: Int64 = 0
        for index in 2..<span.count {
            guard let digit = hexDigit(span[index]) else { return nil }
            value = value << 4 | Int64(digit)
        }
        return value
    }

    /// A hash of a field's value; 0 without one.
    ///
    /// Case is folded, as host names and identifiers ignore it.
    func hash(_ field: Field, in batch: EventBatch) -> UInt64 {
        guard let range = range(field, in: batch) else { return 0 }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let span = batch.bytes.span
        for index in range { hash = (hash ^ UInt64(CaseFolding.lowercased(span[index]))) &* 0x0000_0100_0000_01B3 }
        return max(1, hash ^ (hash >> 32))
    }
}
