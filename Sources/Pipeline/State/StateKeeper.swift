// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Readers
import Sigma
import Synchronization

/// Keeps the state of a hunt in a folder while the hunt goes on: a journal of what is taken in, and from time to time a
/// checkpoint, written on a thread of its own.
///
/// When the folder cannot be written, hunting goes on; it is told once, and tried again with the next checkpoint.
///
/// SAFETY: what changes belongs to the thread of the hunt; the thread that writes touches the folder, `tell`, and what is
/// behind a lock.
final class StateKeeper: @unchecked Sendable {
    private let folder: StateFolder
    private let vocabulary: Vocabulary
    private let tell: @Sendable (String) -> Void
    private let writing = Mutex<WorkerThread?>(nil)
    private var isJournaling = false
    private var hasNews = false
    private var lastCheckpoint = ContinuousClock.now
    private let isBroken = Mutex(false)

    /// How long after one checkpoint the next is due, if anything has come in.
    private static let interval = Duration.seconds(10)
    /// Bytes of journal after which a checkpoint is due in any case.
    private static let mostJournal: UInt64 = 64 << 20

    init(_ folder: StateFolder, vocabulary: Vocabulary, tell: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.vocabulary = vocabulary
        self.tell = tell
    }

    /// Whether a checkpoint should be made soon.
    var isDue: Bool {
        hasNews && (folder.journalSize > Self.mostJournal || ContinuousClock.now - lastCheckpoint > Self.interval)
    }

    /// Notes a unit before anything comes of it.
    func note(_ unit: borrowing InputUnit) {
        hasNews = hasNews || unit.size > 0 || unit.isEnd
        guard isJournaling else { return }
        var writer = StateWriter(vocabulary: vocabulary)
        unit.save(to: &writer)
        do throws(StateError) {
            try folder.append(writer.bytes)
        } catch {
            isJournaling = false
            complain(error)
        }
    }

    /// Makes a checkpoint of what is known now; nothing may be under way.
    ///
    /// `isLast` waits until it is in its place; else it is written while the hunt goes on.
    func checkpoint(
        _ holders: PipelineHolders, rules: RuleSet, source: some ResumableSource, isLast: Bool = false
    ) {
        // One at a time: the one under way would otherwise remove what this one needs.
        writing.withLock { $0.take() }?.join()
        // What came in without a journal must be in this checkpoint before the next unit is in a journal behind it.
        let mustWait = isLast || !isJournaling
        let number: UInt64
        do throws(StateError) {
            number = try folder.beginJournal()
        } catch {
            isJournaling = false
            return complain(error)
        }
        (isJournaling, hasNews, lastCheckpoint) = (true, false, .now)
        var own = StateWriter(vocabulary: vocabulary)
        source.save(to: &own)
        let (standing, vocabulary, folder) = (own.bytes, vocabulary, folder)
        let digest = folder.digest
        let made = Checkpoint(holders: holders, rules: rules, standing: standing)
        let write: @Sendable () -> Void = { [self] in
            do throws(StateError) {
                try folder.commit(made.bytes(vocabulary: vocabulary), as: number, digest: digest)
                isBroken.withLock { $0 = false }
            } catch {
                complain(error)
            }
        }
        guard !mustWait, let thread = WorkerThread(write) else { return write() }
        writing.withLock { $0 = thread }
    }

    /// Waits until everything is in its place.
    func finish() { writing.withLock { $0.take() }?.join() }

    /// Other rules are in force from now on.
    func use(_ digest: SipHash.Digest) {
        finish()
        folder.digest = digest
    }

    private func complain(_ error: StateError) {
        let isNew = isBroken.withLock { isBroken in
            defer { isBroken = true }
            return !isBroken
        }
        if isNew { tell("the state cannot be saved, and hunting goes on without: \(error)") }
    }
}
