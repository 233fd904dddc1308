// SPDX-License-Identifier: Apache-2.0
import Events
import Files

extension FollowedSource {
    /// Puts a log at the end of the queue.
    mutating func enqueue(_ log: FollowedLog) {
        guard !log.isQueued else { return }
        log.isQueued = true
        queue.append(log)
    }

    /// Takes the log whose turn it is off the queue.
    mutating func nextInQueue() -> FollowedLog? {
        guard served < queue.count else { return nil }
        let log = queue[served]
        served += 1
        log.isQueued = false
        if served == queue.count || served > 1024 {
            queue.removeFirst(served)
            served = 0
        }
        return log
    }

    /// Fills the unit with the next records of a log, or with its end; false when there is nothing now.
    mutating func give(_ log: FollowedLog, _ unit: inout InputUnit, _ now: Int64) -> Bool {
        while let file = log.files.first {
            guard makeRoom(for: file) else {
                enqueue(log)
                return false
            }
            let wasFinishing = file.isFinishing
            let outcome = file.read(&unit, label: log.path, content: &log.content, options: options)
            noteOpen(file)
            if case .gave = outcome {
                enqueue(log)
                log.trouble = nil
                fill(&unit, log, now)
                return true
            }
            problems.merge(unit.report)
            unit.reset()
            switch outcome {
            case .gave: break
            case .nothing:
                if file.isFinished {
                    if file.kind == .pipe { log.isEnding = true }
                    // A file that was read once ends the input; one that follows it is another.
                    if file.kind == .whole, !log.isEnding { log.isEnding = log.files.count == 1 }
                    log.retire(remembering: !log.files.dropFirst().contains { $0.identity == file.identity })
                } else if file.isFinishing != wasFinishing {
                    continue
                } else if log.files.count > 1, isReplaced(file, by: log.files[1]) {
                    file.finish()
                } else {
                    log.isCatchingUp = false
                    return false
                }
            case .emptied: startAnew(log, file)
            case .whole:
                log.files.removeFirst()
                owners[file.identity] = nil
                // The next look waits until it is whole.
                log.waiting = nil
            case .moved: if !findAgain(file, of: log) { lose(file, of: log) }
            case .failed(let message):
                tell(log, message)
                log.isCatchingUp = false
                guard log.files.count > 1 || isDraining else { return false }
                file.close()
                log.retire(remembering: false)
            }
        }
        log.isCatchingUp = false
        return end(log, &unit, now)
    }

    /// Ends the input of a log of which nothing is left; false when it has none.
    private mutating func end(_ log: FollowedLog, _ unit: inout InputUnit, _ now: Int64) -> Bool {
        guard log.isEnding else { return false }
        let hadInput = log.input != nil
        if hadInput {
            fill(&unit, log, now)
            unit.isEnd = true
            log.input = nil
        }
        log.lastContent = log.content ?? log.lastContent
        log.content = nil
        log.tick = nil
        log.isEnding = false
        let isPipe = log.finished.last?.kind == .pipe
        // Folders are searched again, and named files waited for; a pipe that was closed does not open again.
        if isDraining || isPipe || (!log.isNamed && log.missingSince != nil) { remove(log) }
        if isPipe { roots = roots.map { $0 == log.path ? "" : $0 } }
        return hadInput
    }

    /// Makes the unit one of a log.
    mutating func fill(_ unit: inout InputUnit, _ log: FollowedLog, _ now: Int64) {
        if log.input?.content == nil {
            log.input = UnitInput(log.content, vocabulary: vocabulary, logSource: logSource)
        }
        unit.input = log.input
        unit.batch.path = log.path
        unit.arrived = isCaughtUp ? Timestamp(nanoseconds: now) : .unknown
        bytesDone += UInt64(max(0, unit.size))
        unit.bytesDone = bytesDone
        unit.report.merge(problems)
        problems = ReadReport()
        if unit.cut.isEmpty { return noteStanding(&unit, log) }
        // An event may wait for its last record: its reader is to hear when that has taken too long.
        if log.content?.handling.ordered != nil, isCaughtUp { log.tick = (now + Self.tickDelay, 1) }
        noteStanding(&unit, log)
    }

    private func noteStanding(_ unit: inout InputUnit, _ log: FollowedLog) {
        if keepsPositions { unit.standing = log.record }
    }

    /// Whether what followed a file in its log shows that nobody writes into it any more.
    private func isReplaced(_ file: FollowedFile, by next: FollowedFile) -> Bool {
        isDraining || next.isFinishing || (FileStatus(next.path).map { $0.size > 0 } ?? true)
    }

    /// Sees to it that a file can be opened; false when that must wait.
    private mutating func makeRoom(for file: FollowedFile) -> Bool {
        guard !file.isOpen, open.count >= limits.openFiles else { return true }
        guard let place = open.firstIndex(where: \.isClosable) else { return file.kind == .pipe }
        open.remove(at: place).close()
        return true
    }

    private mutating func noteOpen(_ file: FollowedFile) {
        if let place = open.firstIndex(where: { $0 === file }) { open.remove(at: place) }
        if file.isOpen { open.append(file) }
    }

    /// Tells once why a log cannot be read; it is tried again.
    mutating func tell(_ log: FollowedLog, _ message: String) {
        guard log.trouble != message else { return }
        log.trouble = message
        problems.add(.unreadable, path: log.path, position: 0, message)
    }
}
