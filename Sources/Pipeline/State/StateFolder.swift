// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which a hunt keeps what it must know to go on where it stopped: a checkpoint, and a journal of what was
/// taken in since.
///
/// Checkpoint `n` holds the state after everything in the journals up to `n - 1`. A checkpoint is put in its place at once;
/// what it makes superfluous is removed afterwards. So at any moment the newest checkpoint and the journals from its number
/// on give the whole state. The folder belongs to one hunt at a time, and to its user alone, for it holds telemetry.
/// SAFETY: `commit` may run on a thread of its own; it reads nothing that changes, and the folder's files are only ever
/// replaced whole. Everything else belongs to the hunt's thread.
final class StateFolder: @unchecked Sendable {
    /// What a folder held.
    struct Content {
        /// The newest checkpoint; nil when there is none.
        var checkpoint: [UInt8]?
        /// What was taken in since, in order.
        var units: [[UInt8]] = []
    }

    let path: String
    private let folder: PrivateFolder
    /// Stands for the rules the state belongs to.
    var digest: SipHash.Digest
    private let lock: Int32
    private var generation: UInt64 = 0
    private var journal: UnitJournal?

    /// Bytes in the journal at hand.
    var journalSize: UInt64 { journal?.size ?? 0 }

    /// Opens a folder, making it if need be; refuses one that another process uses.
    init(_ path: String, digest: SipHash.Digest) throws(StateError) {
        self.path = path
        self.digest = digest
        do throws(PrivateFolder.Failure) {
            folder = try PrivateFolder(Self.absolute(path), creates: true)
        } catch {
            throw StateError(.unusable, "\(path): \(Self.words(error))")
        }
        lock = openat(
            folder.descriptor, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode_t(S_IRUSR | S_IWUSR))
        guard lock >= 0 else { throw StateError(.unusable, "\(path)/lock: \(String(cString: strerror(errno)))") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw StateError(.unusable, "\(path): another hunt keeps its state here; name another folder with --state")
        }
    }

    deinit { close(lock) }

    /// What the folder holds; refused as a whole, in words, when any of it is not what was written or not for these rules.
    ///
    /// `carriesOver` also takes what belongs to other rules.
    func load(carriesOver: Bool = false) throws(StateError) -> Content {
        let names = folder.entries().map(\.name)
        let newest = names.compactMap { Self.number($0, "checkpoint-") }.max()
        var content = Content()
        if let newest {
            generation = newest
            content.checkpoint = try StateFile.payload(
                try read("checkpoint-\(newest)"), name: "\(path)/checkpoint-\(newest)",
                digest: carriesOver ? nil : digest)
        }
        for number in names.compactMap({ Self.number($0, "journal-") }).sorted() where number >= (newest ?? 0) {
            let bytes = try read("journal-\(number)")
            let entries = try UnitJournal.entries(
                of: bytes, name: "\(path)/journal-\(number)", digest: carriesOver ? nil : digest)
            for entry in entries { content.units.append(Array(bytes[entry])) }
            generation = max(generation, number)
        }
        guard newest != nil || content.units.isEmpty else {
            throw StateError(.torn, "\(path) is damaged: it has a journal, and the checkpoint before it is missing")
        }
        return content
    }

    /// Begins another journal: what is taken in from now on is not in the checkpoint that is being made.
    ///
    /// Gives the number of that checkpoint.
    func beginJournal() throws(StateError) -> UInt64 {
        generation += 1
        journal = try UnitJournal("journal-\(generation)", in: folder, digest: digest)
        return generation
    }

    /// Notes what is about to be processed.
    func append(_ unit: [UInt8]) throws(StateError) { try journal?.append(unit) }

    /// Puts checkpoint `number` in its place and removes what it replaces; any thread.
    func commit(_ payload: [UInt8], as number: UInt64, digest: SipHash.Digest) throws(StateError) {
        do throws(PrivateFolder.Failure) {
            try folder.write(StateFile.bytes(payload: payload, digest: digest), to: "checkpoint-\(number)")
        } catch {
            throw StateError(.unusable, "\(path)/checkpoint-\(number): \(Self.words(error))")
        }
        for name in folder.entries().map(\.name) {
            let old = Self.number(name, "checkpoint-") ?? Self.number(name, "journal-")
            if let old, old < number { folder.remove(name) }
        }
    }

    private func read(_ name: String) throws(StateError) -> [UInt8] {
        do throws(PrivateFolder.Failure) {
            return try folder.read(name, limit: StateFile.mostBytes)
        } catch {
            throw StateError(.unusable, "\(path)/\(name): \(Self.words(error))")
        }
    }

    private static func number(_ name: String, _ prefix: String) -> UInt64? {
        name.hasPrefix(prefix) ? UInt64(name.dropFirst(prefix.count)) : nil
    }

    private static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    private static func words(_ failure: PrivateFolder.Failure) -> String {
        switch failure {
        case .missing: "it is not there"
        case .unsafe: "it must be a folder of yours alone (not writable by others, no link)"
        case .system(let number): String(cString: strerror(number))
        }
    }
}
