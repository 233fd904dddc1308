// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The processes seen, by host and pid and by their own identifiers, with their parents.
///
/// Memory is bounded: a process too many, or a byte too many, drives out the process used least recently. A parent is
/// used whenever one of its children is, so long-lived processes with descendants stay.
struct ProcessTable: Sendable {
    /// The processes; positions are reused, see `ProcessEntry.generation`.
    var entries = PagedArray<ProcessEntry>()
    /// Their values.
    var arena = ByteArena()
    /// What happened to them.
    var stats = EnrichmentStats()
    /// The bounds.
    let limits: EnrichmentLimits

    var byPid = HashIndex()
    var byGuid = HashIndex()
    /// The order in which processes were used.
    var uses = RecencyList()
    private var free: [Int32] = []

    /// Makes an empty table.
    init(limits: EnrichmentLimits) { self.limits = limits }

    /// One entry.
    subscript(index: Int) -> ProcessEntry {
        get { entries[index] }
        _modify { yield &entries[index] }
    }

    /// Where a value of an entry lies in the arena; empty when it has none.
    func place(_ value: ProcessValue, of index: Int) -> ByteReference { entries[index].values[value.rawValue] }

    /// How to name an entry for later.
    func handle(_ index: Int) -> ProcessHandle {
        ProcessHandle(index: Int32(index), generation: entries[index].generation)
    }

    /// The entry behind a handle, nil when it was given up since.
    func resolve(_ handle: ProcessHandle) -> Int? {
        let index = Int(handle.index)
        guard entries.indices.contains(index), entries[index].isUsed, entries[index].generation == handle.generation
        else { return nil }
        return index
    }

    /// The process with an identifier, or the one that had a pid at a time.
    func find(host: UInt64, pid: Int64, guid: UInt64, at time: Int64) -> Int? {
        if guid != 0, let index = byGuid[guid], entries[index].guid == guid { return index }
        guard pid >= 0, var index = byPid[Self.key(host, pid)], entries[index].pid == pid, entries[index].host == host
        else { return nil }
        // The pid may have gone to another process since; a few steps back reach whoever had it then.
        for _ in 0..<4 {
            let entry = entries[index]
            if guid != 0, entry.guid != 0 { return nil }
            if Times.isLater(entry.start, than: time, by: limits.lateness) {
                guard let older = resolve(entry.older) else { return nil }
                index = older
                continue
            }
            return Times.isLater(time, than: entry.ended, by: limits.lateness) ? nil : index
        }
        return nil
    }

    /// Adds a process; the one that had its pid before stays reachable behind it.
    mutating func insert(_ new: ProcessEntry) -> Int {
        // Enough for all values of one process.
        makeRoom(for: 16 * limits.valueBytes)
        var entry = new
        entry.isUsed = true
        let index: Int
        if let reused = free.popLast() {
            index = Int(reused)
            entry.generation = entries[index].generation &+ 1
        } else {
            index = entries.count
            entries.append(entry)
        }
        if entry.pid >= 0 {
            let key = Self.key(entry.host, entry.pid)
            if let older = byPid[key] {
                // Out of order by more than a little: the one that is there is the newer one.
                let isNewer = !Times.isLater(entries[older].start, than: entry.start, by: limits.lateness)
                if isNewer { entry.older = handle(older) }
                if isNewer { byPid.insert(key, index) }
                stats.reusedPids += 1
            } else {
                byPid.insert(key, index)
            }
        }
        if entry.guid != 0 { byGuid.insert(entry.guid, index) }
        entries[index] = entry
        uses.insert(index)
        stats.processes = entries.count - free.count
        return index
    }

    /// Replaces a value.
    mutating func set(_ value: ProcessValue, of index: Int, to span: Span<UInt8>, limit: Int? = nil) {
        let limit = limit ?? limits.valueBytes
        // A process that executes over and over leaves gaps without ever being inserted again.
        compact()
        arena.release(entries[index][value])
        if span.count > limit { stats.truncatedValues += 1 }
        entries[index][value] = arena.store(span, limit: limit)
        stats.processBytes = arena.live
    }

    /// Gives one process the values of another.
    mutating func copyValues(from source: Int, to target: Int) {
        for value in ProcessValue.allCases where value != .history { copy(value, from: source, to: target) }
    }

    /// Gives one process one value of another.
    mutating func copy(_ value: ProcessValue, from source: Int, to target: Int) {
        arena.release(entries[target][value])
        entries[target][value] = arena.duplicate(entries[source][value])
        stats.processBytes = arena.live
    }

    /// Makes a process the child of another that came to be known later, unless that would close a circle.
    mutating func link(_ index: Int, to parent: Int) {
        guard !leads(from: parent, to: index) else { return }
        entries[index].parent = handle(parent)
    }

    /// A copy of a value of a process, empty when it has none: holding on to the arena itself would make the next
    /// change copy all of it.
    func bytes(_ value: ProcessValue, of index: Int) -> [UInt8] {
        let place = entries[index][value]
        return Array(arena.pages[place.page][place.range])
    }

    /// Marks a process as used now.
    mutating func touch(_ index: Int) { uses.touch(index) }

    /// The parent of a process: the one it was linked to, or one that came late and has its parent's pid.
    ///
    /// Linking late
    /// is refused where it would close a circle, so walking up always ends.
    mutating func parent(of index: Int) -> Int? {
        let entry = entries[index]
        if entry.parent.index >= 0 { return resolve(entry.parent) }
        guard entry.parentPid >= 0,
            let found = find(host: entry.host, pid: entry.parentPid, guid: 0, at: entry.start), found != index,
            !leads(from: found, to: index)
        else { return nil }
        entries[index].parent = handle(found)
        return found
    }

    /// Whether walking up from a process comes to another one; also true when the way is too long to tell.
    private func leads(from start: Int, to target: Int) -> Bool {
        var index = start
        for _ in 0..<64 {
            if index == target { return true }
            guard let next = resolve(entries[index].parent) else { return false }
            index = next
        }
        return true
    }

    static func key(_ host: UInt64, _ pid: Int64) -> UInt64 {
        host ^ (UInt64(bitPattern: pid) &* 0xD6E8_FEB8_6659_FD93)
    }

    private mutating func makeRoom(for bytes: Int) {
        // A process, its parent and a few more must fit whatever the limits say, or they would drive each other out.
        let most = max(16, limits.processes)
        let mostBytes = max(16 * bytes, limits.processBytes)
        while entries.count - free.count >= most || arena.live + bytes > mostBytes {
            guard let stalest = uses.oldest else { break }
            evict(stalest)
        }
        compact()
    }

    private mutating func compact() {
        guard arena.isWasteful else { return }
        let old = arena.beginCompaction()
        for index in entries.indices where entries[index].isUsed {
            for value in ProcessValue.allCases { arena.move(&entries[index][value], from: old) }
        }
    }

    private mutating func evict(_ index: Int) {
        uses.remove(index)
        let entry = entries[index]
        if entry.pid >= 0 { byPid.remove(Self.key(entry.host, entry.pid), ifAt: index) }
        if entry.guid != 0 { byGuid.remove(entry.guid, ifAt: index) }
        for value in ProcessValue.allCases { arena.release(entry[value]) }
        entries[index] = ProcessEntry()
        entries[index].generation = entry.generation
        free.append(Int32(index))
        stats.evicted += 1
    }
}
