// SPDX-License-Identifier: Apache-2.0
import Events
import Files

extension FollowedSource: ResumableSource {
    /// Writes where reading stands in each file, and what its reader keeps back.
    public func save(to state: inout StateWriter) {
        state.write(bytesDone)
        let known = logs.values.filter { $0.input != nil || !$0.files.isEmpty || !$0.finished.isEmpty }
        state.write(known.sorted { $0.path < $1.path }) { state, log in
            state.write(log.isNamed)
            log.record.save(to: &state)
            state.write(log.input?.pending) { $0.write($1) }
        }
    }

    /// Takes up where another run stood.
    public mutating func restore(from state: inout StateReader) throws(StateError) {
        bytesDone = try state.readUInt64()
        for _ in 0..<(try state.readCount(size: 4)) {
            let isNamed = try state.readBool()
            let record = try LogRecord(from: &state)
            let pending = try state.readOptional { state throws(StateError) in try state.readBytes() }
            let log = resume(record, isNamed: isNamed)
            guard let pending else { continue }
            let input = UnitInput(record.content, vocabulary: vocabulary, logSource: logSource)
            try input.restore(pending)
            log.input = input
        }
    }

    /// Fills the unit as it was when it was saved, and stands where the source stood then.
    public mutating func replay(_ unit: inout InputUnit, from state: inout StateReader) throws(StateError) {
        let (hasInput, content) = try unit.restore(from: &state)
        bytesDone = unit.bytesDone
        guard hasInput else { return }
        let path = unit.batch.path
        let log =
            unit.standing.map { resume($0, isNamed: roots.contains(path)) }
            ?? logs[path] ?? FollowedLog(path: path, isNamed: roots.contains(path))
        logs[path] = log
        let input = log.input ?? UnitInput(content, vocabulary: vocabulary, logSource: logSource)
        unit.input = input
        log.input = unit.isEnd ? nil : input
        if unit.isEnd { (log.lastContent, log.content) = (log.content ?? log.lastContent, nil) }
    }

    /// Has a log stand where a record says.
    private mutating func resume(_ record: LogRecord, isNamed: Bool) -> FollowedLog {
        isRestored = true
        let log = logs[record.path] ?? FollowedLog(path: record.path, isNamed: isNamed)
        log.restore(record)
        log.isCatchingUp = true
        logs[record.path] = log
        for file in record.files + record.finished where file.kind != .pipe { owners[file.identity] = log }
        return log
    }
}
