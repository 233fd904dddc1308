// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

// Processes are written in the order they were used, longest ago first, and numbered by it when they are read.

extension ProcessTable {
    /// How a link to a process is written: to none, to one that was given up, or to the one of a number from 2.
    private enum Link {
        static let none = 0
        static let lost = 1
        static let first = 2
    }

    /// Writes all processes with their values.
    func save(to writer: inout StateWriter) {
        stats.save(to: &writer)
        var numbers = Array(repeating: 0, count: entries.count)
        var count = 0
        var next = uses.oldest
        while let index = next {
            numbers[index] = count
            count += 1
            next = uses.newer(than: index)
        }
        writer.write(count)
        next = uses.oldest
        while let index = next {
            save(index, to: &writer, numbers)
            next = uses.newer(than: index)
        }
    }

    private func save(_ index: Int, to writer: inout StateWriter, _ numbers: [Int]) {
        let entry = entries[index]
        writer.write(fixed: entry.host)
        writer.write(entry.pid)
        writer.write(fixed: entry.guid)
        writer.write(entry.parentPid)
        writer.write(link(entry.parent, numbers))
        writer.write(link(entry.older, numbers))
        writer.write(entry.start)
        writer.write(entry.executed &- entry.start)
        writer.write(entry.ended &- entry.start)
        writer.write(entry.isInherited)
        writer.write(entry.hasOwnContainer)
        writer.write(entry.isInterpreter)
        writer.write(entry.pid >= 0 && byPid[Self.key(entry.host, entry.pid)] == index)
        writer.write(entry.guid != 0 && byGuid[entry.guid] == index)
        writer.write(Int(entry.runtime))
        writer.write(Int(entry.pythonSource))
        for value in ProcessValue.allCases {
            let page = arena.page(of: entry[value])
            writer.write(page.span.extracting(entry[value].range))
        }
    }

    private func link(_ handle: ProcessHandle, _ numbers: [Int]) -> Int {
        if handle.index < 0 { return Link.none }
        return resolve(handle).map { numbers[$0] + Link.first } ?? Link.lost
    }

    /// Reads processes into an empty table.
    mutating func restore(from reader: inout StateReader) throws(StateError) {
        try stats.restore(from: &reader)
        let count = try reader.readCount(size: 32)
        guard count < Int32.max else { throw .torn }
        for index in 0..<count { try restore(index, of: count, from: &reader) }
        try checkLinks { $0.parent }
        try checkLinks { $0.older }
        stats.processes = entries.count
        stats.processBytes = arena.live
    }

    private mutating func restore(
        _ index: Int, of count: Int, from reader: inout StateReader
    ) throws(StateError) {
        var entry = ProcessEntry()
        entry.isUsed = true
        entry.host = try reader.readFixed()
        entry.pid = try reader.readInt64()
        entry.guid = try reader.readFixed()
        entry.parentPid = try reader.readInt64()
        entry.parent = try Self.readLink(from: &reader, count)
        entry.older = try Self.readLink(from: &reader, count)
        entry.start = try reader.readInt64()
        entry.executed = entry.start &+ (try reader.readInt64())
        entry.ended = entry.start &+ (try reader.readInt64())
        entry.isInherited = try reader.readBool()
        entry.hasOwnContainer = try reader.readBool()
        entry.isInterpreter = try reader.readBool()
        if try reader.readBool(), entry.pid >= 0 { byPid.insert(Self.key(entry.host, entry.pid), index) }
        if try reader.readBool(), entry.guid != 0 { byGuid.insert(entry.guid, index) }
        entry.runtime = UInt8(try reader.readInt(in: 0..<ContainerIdentity.Runtime.allCases.count))
        entry.pythonSource = UInt8(try reader.readInt(in: 0..<PythonInvocation.Source.allCases.count + 1))
        for value in ProcessValue.allCases {
            let bytes = try reader.readBytes()
            entry[value] = arena.store(bytes.span, limit: bytes.count)
        }
        entries.append(entry)
        uses.insert(index)
    }

    private static func readLink(
        from reader: inout StateReader, _ count: Int
    ) throws(StateError) -> ProcessHandle {
        let link = try reader.readInt(in: 0..<count + Link.first)
        // No table has that many processes, so the handle leads nowhere, as that of one that was given up.
        return ProcessHandle(index: link == Link.none ? -1 : link == Link.lost ? .max : Int32(link - Link.first))
    }

    /// Makes sure that who follows links from process to process comes to an end.
    private func checkLinks(_ link: (ProcessEntry) -> ProcessHandle) throws(StateError) {
        // For each process in which round it was passed, so that each is passed once.
        var rounds = Array(repeating: -1, count: entries.count)
        for start in entries.indices {
            var index = start
            while rounds[index] < 0 {
                rounds[index] = start
                guard let next = resolve(link(entries[index])) else { break }
                if rounds[next] == start { throw .torn }
                index = next
            }
        }
    }
}

extension EnrichmentStats {
    /// Writes what was counted since the beginning.
    fileprivate func save(to writer: inout StateWriter) {
        for count in [
            enriched, fields, evicted, truncatedValues, reusedPids, unknownParents, pythonCommands, unfinishedLayers,
        ] { writer.write(count) }
    }

    fileprivate mutating func restore(from reader: inout StateReader) throws(StateError) {
        enriched = try reader.readCounter()
        fields = try reader.readCounter()
        evicted = try reader.readCounter()
        truncatedValues = try reader.readCounter()
        reusedPids = try reader.readCounter()
        unknownParents = try reader.readCounter()
        pythonCommands = try reader.readCounter()
        unfinishedLayers = try reader.readCounter()
    }
}
