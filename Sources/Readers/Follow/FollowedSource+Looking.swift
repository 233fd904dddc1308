// SPDX-License-Identifier: Apache-2.0
import Events
import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FollowedSource {
    /// Finds out what has changed: what the system tells, and at intervals whatever it does not tell.
    mutating func listen(_ steady: Int64) {
        guard !isDraining else { return }
        let news = watch.news()
        // Pipes tell for themselves whether there is something.
        for log in logs.values where log.files.first?.kind == .pipe { enqueue(log) }
        if news.isIncomplete || lastLook == .min || steady - lastLook >= limits.interval {
            look(steady)
            return
        }
        var isNew = false
        for file in news.files.sorted() {
            guard let path = realPaths[file], let log = logs[path] else {
                // A file that was renamed away is still one of its log.
                if let status = FileStatus(file), let log = owners[status.identity] { check(log, steady) }
                isNew = true
                continue
            }
            check(log, steady)
        }
        // A name that is not known may be that of a new log.
        if isNew { search(steady) }
    }

    /// Looks at every log and for new ones.
    mutating func look(_ steady: Int64) {
        guard !isDraining else { return }
        for path in logs.keys.sorted() { if let log = logs[path] { check(log, steady) } }
        search(steady)
        lastLook = steady
    }

    /// Searches what the user named for logs not known yet.
    private mutating func search(_ steady: Int64) {
        var walker = FolderWalker(links: .toFiles, deepest: Inputs.deepest)
        for root in roots where !root.isEmpty {
            if root == "-" {
                if logs[root] == nil { addPipe(root, FileIdentity(device: 0, inode: 0)) }
                continue
            }
            var found: [(path: String, real: String, isNamed: Bool)] = []
            var folders: [String] = []
            walker.walk(root) { finding in
                switch finding {
                case .folder(let entry):
                    folders.append(entry.real)
                    return true
                case .file(let entry):
                    if entry.depth == 0 || (entry.kind == .file && !Inputs.isNoLog(entry.path)) {
                        found.append((entry.path, entry.real, entry.depth == 0))
                    }
                case .hidden, .trouble: break
                }
                return false
            }
            for folder in folders { watch.add(folder) }
            // What is missing may come.
            if found.isEmpty, folders.isEmpty, logs[root] == nil { found.append((root, root, true)) }
            for one in found { add(one.path, real: one.real, isNamed: one.isNamed, steady) }
        }
    }

    private mutating func add(_ path: String, real: String, isNamed: Bool, _ steady: Int64) {
        // A link may lead elsewhere by now.
        if realPaths[real] == nil { realPaths[real] = path }
        if lastLook == .min || logs[path] == nil {
            let folder = FollowedLog.folder(of: path)
            watch.add(FollowedLog.folder(of: real))
            watch.add(folder)
            if isNamed { realPaths[FollowedLog.join(folder, String(FollowedLog.name(of: path)))] = path }
        }
        guard logs[path] == nil else { return }
        let log = FollowedLog(path: path, isNamed: isNamed)
        log.isCatchingUp = lastLook == .min
        logs[path] = log
        check(log, steady)
    }

    private mutating func addPipe(_ path: String, _ identity: FileIdentity) {
        let log = FollowedLog(path: path, isNamed: true)
        log.files = [FollowedFile(.pipe, identity, path: path)]
        logs[path] = log
        enqueue(log)
    }

    /// Looks at what lies at a log's path now.
    mutating func check(_ log: FollowedLog, _ steady: Int64) {
        if log.path == "-" { return }
        if log.copied != nil, isCopy(log) { return }
        guard let status = FileStatus(log.path) else { return miss(log, InputError.last().message, steady) }
        switch status.kind {
        case .file, .pipe: break
        case .folder, .other: return miss(log, "neither a file nor a folder", steady)
        }
        log.missingSince = nil
        if log.isEnding, log.files.isEmpty { enqueue(log) } else { log.isEnding = false }
        if let current = log.files.last, current.identity == status.identity {
            current.path = log.path
            if current.differs(from: status) || log.files.count > 1 { enqueue(log) } else { log.isCatchingUp = false }
            return
        }
        do throws(InputError) {
            try take(log, status, steady)
        } catch {
            tell(log, error.message)
            log.isCatchingUp = false
        }
    }

    /// Nothing lies at a log's path: it may come back, or have been removed.
    private mutating func miss(_ log: FollowedLog, _ message: String, _ steady: Int64) {
        if log.files.isEmpty, log.input == nil {
            if log.isNamed { tell(log, message) } else { remove(log) }
            log.isCatchingUp = false
            return
        }
        // Renamed, and nothing in its place: whoever writes may still write into it.
        if let old = log.files.last, old.kind == .growing, findAgain(old, of: log) {
            // Another may have lain there in between, and be renamed away already.
            takeMissed(log, after: old, before: nil)
            if FileStatus(old.path).map({ old.differs(from: $0) }) == true { enqueue(log) }
            log.missingSince = nil
            return
        }
        guard let since = log.missingSince else {
            log.missingSince = steady
            enqueue(log)
            return
        }
        guard steady - since >= limits.grace, !log.isEnding, !log.isQueued else { return }
        for file in log.files { file.finish() }
        log.isEnding = true
        enqueue(log)
    }

    /// Takes a log off: nothing is to be read of it any more.
    mutating func remove(_ log: FollowedLog) {
        for file in log.files { file.close() }
        open.removeAll { file in log.files.contains { $0 === file } }
        logs[log.path] = nil
        for (real, path) in realPaths where path == log.path { realPaths[real] = nil }
        for (identity, owner) in owners where owner === log { owners[identity] = nil }
    }
}
