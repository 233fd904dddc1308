// SPDX-License-Identifier: Apache-2.0
import Events
import Files

extension FollowedSource {
    /// Takes up a file that was not at the log's path before.
    mutating func take(_ log: FollowedLog, _ status: FileStatus, _ steady: Int64) throws(InputError) {
        if status.kind == .pipe {
            guard log.isNamed else { return }
            start(log, FollowedFile(.pipe, status.identity, path: log.path))
            return
        }
        if let owner = owners[status.identity], try takeKnown(log, status, of: owner) { return }
        // Too little to tell is looked at again when it is read.
        let kind = try FollowedFile.Kind.sniff(log.path, options.format) ?? .growing
        if kind == .whole {
            if isStill(log, status, steady) { start(log, .whole, status) }
            return
        }
        if !isFirstLook, log.files.isEmpty, log.finished.isEmpty, isCopy(log) { return }
        if let old = log.files.last, old.kind == .growing { takeMissed(log, after: old, before: status.identity) }
        start(log, .growing, status)
    }

    /// Deals with a file another log, or this one, has read of; false when it is another file under the same number.
    private mutating func takeKnown(
        _ log: FollowedLog, _ status: FileStatus, of owner: FollowedLog
    ) throws(InputError) -> Bool {
        log.isCatchingUp = false
        if let record = owner.finished.first(where: { $0.identity == status.identity }) {
            if record.isBehind(log.path, status) {
                guard record.kind == .growing, record.position.isPlain, status.size > record.position.offset else {
                    return true
                }
                // Written to after all.
                owner.forget(status.identity)
                start(log, FollowedFile(record))
                return true
            }
            if record.kind == .whole, owner === log {
                tell(log, "it has changed since it was read; what was added to it is not read")
                return true
            }
            owner.forget(status.identity)
            return false
        }
        guard owner !== log, let file = owner.files.first(where: { $0.identity == status.identity }) else {
            return false
        }
        return file.position.offset == 0 || file.record.isBehind(log.path, status)
    }

    /// Begins to read a file from its start, or, of a compressed one, from where its content was read before.
    mutating func start(_ log: FollowedLog, _ kind: FollowedFile.Kind, _ status: FileStatus, path: String? = nil) {
        let path = path ?? log.path
        if kind == .whole, let known = position(inCompressed: path) {
            let file = FollowedFile(.whole, status.identity, path: path, position: known.position)
            log.content = known.content
            return start(log, file)
        }
        start(log, FollowedFile(kind, status.identity, path: path))
    }

    /// Begins to read a file.
    mutating func start(_ log: FollowedLog, _ file: FollowedFile) {
        log.files.append(file)
        log.waiting = nil
        if file.kind != .pipe { owners[file.identity] = log }
        enqueue(log)
    }

    /// Whether a file has not changed for long enough to be whole.
    private func isStill(_ log: FollowedLog, _ status: FileStatus, _ steady: Int64) -> Bool {
        if lastLook == .min, SystemTime.wall - status.modified >= limits.stillness { return true }
        log.isCatchingUp = false
        if let (before, since) = log.waiting, before.size == status.size, before.modified == status.modified,
            before.identity == status.identity
        {
            return steady - since >= limits.stillness
        }
        log.waiting = (status, steady)
        return false
    }

    /// Takes up files that came and were renamed away between two looks.
    mutating func takeMissed(_ log: FollowedLog, after old: FollowedFile, before current: FileIdentity?) {
        let isThere = findAgain(old, of: log)
        guard let since = isThere ? FileStatus(old.path)?.modified : old.record.modified, since > 0 else { return }
        var missed: [(path: String, status: FileStatus)] = []
        for path in rotated(log) {
            guard let other = FileStatus(path), other.kind == .file, other.modified >= since,
                other.identity != current, owners[other.identity] == nil,
                (try? FollowedFile.Kind.sniff(path, options.format)) == .growing
            else { continue }
            missed.append((path, other))
        }
        for (path, other) in missed.sorted(by: { $0.status.modified < $1.status.modified }) {
            start(log, .growing, other, path: path)
        }
    }

    /// A file was emptied: it is read from its start, after what is left of a copy made of it before.
    mutating func startAnew(_ log: FollowedLog, _ file: FollowedFile) {
        let fresh = FollowedFile(.growing, file.identity, path: file.path)
        if file.isFinishing { fresh.finish() }
        let record = file.record
        if record.position.isPlain, let (path, status) = copy(of: record, with: file.kept, log) {
            file.close()
            open.removeAll { $0 === file }
            var copied = record
            (copied.path, copied.identity) = (path, status.identity)
            let rest = FollowedFile(copied)
            rest.finish()
            owners[status.identity] = log
            log.files.replaceSubrange(0..<1, with: [rest, fresh])
        } else {
            file.stop()
            log.files.insert(fresh, at: 1)
        }
    }

    /// The copy that rotation made of a file before it was emptied.
    ///
    /// What was read of it, `kept` last, stands in the copy.
    private func copy(
        of record: FileRecord, with kept: [UInt8], _ log: FollowedLog
    ) -> (path: String, status: FileStatus)? {
        guard record.position.text > 0 || !kept.isEmpty else { return nil }
        var found: [(path: String, status: FileStatus)] = []
        for path in rotated(log) {
            guard let status = FileStatus(path), status.kind == .file, status.identity != record.identity,
                owners[status.identity] == nil, record.isBehind(path, status),
                (try? FileDescriptor(path: path))?.bytes(at: record.position.offset, count: kept.count) == kept
            else { continue }
            found.append((path, status))
        }
        return found.max { $0.status.modified < $1.status.modified }
    }

    /// The files beside a log that bear the names rotation gives.
    private func rotated(_ log: FollowedLog) -> [String] {
        let folder = log.folder
        return (FolderListing.entries(of: folder) ?? []).map(\.name).filter { log.rotates(to: $0) }.sorted()
            .map { FollowedLog.join(folder, $0) }
    }

    /// Whether a new file is a copy rotation has made of a log that is read itself.
    func isCopy(_ log: FollowedLog) -> Bool {
        let name = FollowedLog.name(of: log.path)
        guard let status = FileStatus(log.path), status.kind == .file else { return false }
        // Once it is taken to be one it stays so until the log it was made of has taken it up.
        if let copied = log.copied, logs[copied] != nil { return owners[status.identity] == nil }
        for (path, other) in logs
        where other !== log && other.folder == log.folder && other.rotates(to: name) && other.copied == nil {
            guard let file = other.files.last, file.kind == .growing else { continue }
            let isRead = file.position.offset > 0 && file.record.isBehind(log.path, status)
            if isRead || Self.begins(log.path, as: file.path) {
                log.copied = path
                log.isCatchingUp = false
                return true
            }
        }
        log.copied = nil
        return false
    }

    /// Whether two files hold the same at their beginnings, as far as the shorter one goes.
    private static func begins(_ path: String, as other: String) -> Bool {
        guard let one = try? FileDescriptor(path: path), let two = try? FileDescriptor(path: other) else {
            return false
        }
        let (head, other) = (one.bytes(at: 0, count: 4096), two.bytes(at: 0, count: 4096))
        let count = min(head.count, other.count)
        return count > 0 && head.prefix(count) == other.prefix(count)
    }

    /// Where in a compressed file the content of a known one was read to.
    private func position(inCompressed path: String) -> (position: ReadPosition, content: InputContent?)? {
        for log in logs.values where log.folder == FollowedLog.folder(of: path) {
            guard FollowedLog.name(of: path).hasPrefix(FollowedLog.name(of: log.path)) else { continue }
            for record in log.finished.reversed() + log.files.map(\.record)
            where record.kind == .growing && record.position.isPlain && record.position.text > 0 {
                guard TextStream.stands(record.fingerprint, before: record.position, in: path) else { continue }
                var position = record.position
                position.isPlain = false
                return (position, log.content ?? log.lastContent)
            }
        }
        return nil
    }

    /// Searches a file that is not where it was by what does not change with its name.
    func findAgain(_ file: FollowedFile, of log: FollowedLog) -> Bool {
        for folder in Set([log.folder, FollowedLog.folder(of: file.path)]).sorted() {
            for entry in FolderListing.entries(of: folder) ?? [] {
                let path = FollowedLog.join(folder, entry.name)
                guard FileStatus(path)?.identity == file.identity else { continue }
                file.path = path
                return true
            }
        }
        return false
    }

    /// A file is gone, and with it what was not read of it.
    mutating func lose(_ file: FollowedFile, of log: FollowedLog) {
        if file.record.size == nil {
            problems.add(
                .unreadable, path: log.path, position: file.position.record,
                "the file was removed before it was read to its end")
        }
        file.close()
        // It may come up again, compressed.
        log.retire(remembering: true)
    }
}

extension TextStream {
    /// Whether the same text stands before a place in a compressed file.
    static func stands(_ fingerprint: Fingerprint, before place: ReadPosition, in path: String) -> Bool {
        guard let file = try? FileDescriptor(path: path) else { return false }
        let stream = TextStream(ByteStream(file, path: path), path: path)
        var (last, report) = ([UInt8](), ReadReport())
        while stream.given < place.text {
            let count = Int(clamping: min(place.text - stream.given, 1 << 16))
            if stream.read(onto: &last, atMost: count, report: &report) == 0 { return false }
            if last.count > 1 << 17 { last.removeFirst(last.count - Fingerprint.longest) }
        }
        return Fingerprint(of: last.suffix(fingerprint.count)) == fingerprint
    }
}
