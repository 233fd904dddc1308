// SPDX-License-Identifier: Apache-2.0
import Events
import Files

/// Recorded telemetry of which an earlier run may have read: each file is read from where that stopped, so that runs over
/// the parts of a log give together what one run over the whole gives.
///
/// A file is known again by its place and number, and, when it was renamed, copied or compressed since, by what it holds.
/// A last line without an end is left for the next run, and so is what the readers keep back. Pipes have no place to go
/// on from: they are read as `RecordedSource` reads them.
public struct ContinuedSource: EventSource {
    /// What is known of a file.
    struct Known {
        var record: LogRecord
        var input: UnitInput?
    }

    /// The file that is read.
    struct Current {
        let path: String
        var file: FollowedFile
        var content: InputContent?
        var input: UnitInput?
    }

    let paths: [String]
    let options: RecordCutter.Options
    let vocabulary: Vocabulary
    let logSource: LogSource?
    /// What earlier runs knew and this one has not found again, by path.
    var before: [String: Known] = [:]
    /// What this run has read.
    var after: [String: Known] = [:]
    var current: Current?
    private var piped: RecordedSource?
    private var following = 0
    var bytesBefore: UInt64 = 0
    private var problems = ReadReport()

    /// Names the inputs, in order; parameters are those of `RecordedSource`.
    public init(
        paths: [String], format: Format? = nil, limits: InputLimits = InputLimits(), vocabulary: Vocabulary,
        logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()
    ) {
        self.paths = paths
        options = RecordCutter.Options(format: format, limits: limits, evtx: evtx)
        self.vocabulary = vocabulary
        self.logSource = logSource
    }

    /// None: recorded telemetry is there.
    public var descriptors: [Int32] { [] }

    /// Fills the unit with the next records that no run has given; never answers `nothing`.
    public mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        while true {
            unit.reset()
            if piped != nil {
                if piped?.next(&unit) == .unit {
                    unit.bytesDone += bytesBefore
                    return .unit
                }
                piped = nil
            }
            if current == nil {
                guard following < paths.count else { return endLost(&unit) }
                begin(paths[following])
                following += 1
            }
            if var current = self.current.take(), read(&current, &unit) { return .unit }
        }
    }

    /// Fills the unit with what comes next of a file; false when that is another file's turn.
    private mutating func read(_ current: inout Current, _ unit: inout InputUnit) -> Bool {
        let outcome = current.file.read(&unit, label: current.path, content: &current.content, options: options)
        switch outcome {
        case .gave: break
        case .nothing: return end(&current, &unit)
        case .emptied:
            // What was read of it may be found in a copy that comes later.
            before[current.path] = known(current)
            current = Current(path: current.path, file: anew(current.file, .growing))
            self.current = current
            return false
        case .whole:
            self.current = Current(path: current.path, file: anew(current.file, .whole))
            return false
        case .moved:
            unit.report.add(.unreadable, path: current.path, position: 0, "another file came into its place")
            return end(&current, &unit)
        case .failed(let message):
            unit.report.add(.unreadable, path: current.path, position: 0, message)
            return end(&current, &unit)
        }
        fill(&unit, &current)
        self.current = current
        return true
    }

    private func anew(_ file: FollowedFile, _ kind: FollowedFile.Kind) -> FollowedFile {
        FollowedFile(kind, file.identity, path: file.path)
    }

    private mutating func end(_ current: inout Current, _ unit: inout InputUnit) -> Bool {
        let report = unit.report
        unit.reset()
        unit.report = report
        fill(&unit, &current)
        unit.isEnd = true
        unit.keepsPending = true
        bytesBefore = unit.bytesDone
        current.file.close()
        return true
    }

    private mutating func fill(_ unit: inout InputUnit, _ current: inout Current) {
        // What a file holds may not have been known to the run before.
        if current.input?.content == nil {
            current.input = UnitInput(current.content, vocabulary: vocabulary, logSource: logSource)
        }
        let known = known(current)
        after[current.path] = known
        unit.standing = known.record
        unit.input = current.input
        unit.batch.path = current.path
        unit.bytesDone = bytesBefore + current.file.progress
        unit.report.merge(problems)
        problems = ReadReport()
    }

    private func known(_ current: Current) -> Known {
        let record = LogRecord(
            path: current.path, content: current.content, files: [current.file.record], finished: [])
        return Known(record: record, input: current.input)
    }

    /// Files that are in no place any more end with this run: what their readers kept back is given.
    private mutating func endLost(_ unit: inout InputUnit) -> SourceAnswer {
        while let path = before.keys.filter({ paths.contains($0) }).min() {
            guard let input = before.removeValue(forKey: path)?.input, !input.pending.isEmpty else { continue }
            unit.input = input
            unit.isEnd = true
            unit.batch.path = path
            unit.bytesDone = bytesBefore
            return .unit
        }
        return .ended
    }
}

extension ContinuedSource {
    /// Finds out what is known of the file at a path, and begins to read what is not.
    private mutating func begin(_ path: String) {
        guard path != "-", let status = FileStatus(path), status.kind == .file else {
            piped = RecordedSource(
                paths: [path], format: options.format, limits: options.limits, vocabulary: vocabulary,
                logSource: logSource, evtx: options.evtx)
            return
        }
        if let known = claim(path, status) {
            guard var record = known.record.files.last else { return }
            record.path = path
            let (isKnownWhole, isSame) = (record.isFinished, record.size == status.size)
            if isKnownWhole {
                after[path] = known
                bytesBefore += status.size
                if !isSame || record.modified != status.modified {
                    problems.add(
                        .unreadable, path: path, position: 0,
                        "it has changed since it was read; what was added to it is not read")
                }
                return
            }
            record.identity = status.identity
            current = Current(
                path: path, file: FollowedFile(record), content: known.record.content, input: known.input)
            return
        }
        let isWhole = options.format == .evtx
        current = Current(path: path, file: FollowedFile(isWhole ? .whole : .growing, status.identity, path: path))
    }

    /// Takes what is known of a file out of what earlier runs knew: under its path, or under the one it had.
    private mutating func claim(_ path: String, _ status: FileStatus) -> Known? {
        if let known = before[path], known.record.files.last?.identity == status.identity {
            before[path] = nil
            return known
        }
        for old in before.keys.sorted() {
            guard let known = before[old], let record = known.record.files.last, old == path || isGone(old, record)
            else {
                continue
            }
            if record.kind != .growing {
                guard record.identity == status.identity else { continue }
            } else if record.position.isPlain, record.position.text > 0 {
                if !record.isBehind(path, status) {
                    guard let rest = compressed(record, path, status) else { continue }
                    before[old] = nil
                    var adopted = known
                    adopted.record.files = [rest]
                    return adopted
                }
            } else if record.identity != status.identity {
                continue
            }
            before[old] = nil
            return known
        }
        return nil
    }

    /// Whether a file that was read is not at its path any more.
    private func isGone(_ path: String, _ record: FileRecord) -> Bool {
        guard let status = FileStatus(path), status.identity == record.identity else { return true }
        return !record.isFinished && !record.isBehind(path, status)
    }

    /// Where reading stands in a file that is what was read, compressed.
    private func compressed(_ record: FileRecord, _ path: String, _ status: FileStatus) -> FileRecord? {
        let (own, old) = (FollowedLog.name(of: path), FollowedLog.name(of: record.path))
        guard own.hasPrefix(old.prefix { $0 != "." }), (try? FollowedFile.Kind.sniff(path, options.format)) == .whole,
            TextStream.stands(record.fingerprint, before: record.position, in: path)
        else { return nil }
        var rest = record
        (rest.kind, rest.identity, rest.path) = (.whole, status.identity, path)
        rest.position.isPlain = false
        (rest.size, rest.modified, rest.isFinished) = (nil, 0, false)
        return rest
    }
}
