// SPDX-License-Identifier: Apache-2.0
import Events

/// What is to be known of a log to go on with it another time: where reading stands in each of its files.
struct LogRecord: Sendable, Hashable {
    /// Where the log lies.
    var path: String
    /// What it holds; nil when nothing was read.
    var content: InputContent?
    /// What is still to be read, oldest first.
    var files: [FileRecord]
    /// What was read to its end.
    var finished: [FileRecord]

    /// Describes a log.
    init(path: String, content: InputContent?, files: [FileRecord], finished: [FileRecord]) {
        self.path = path
        self.content = content
        self.files = files
        self.finished = finished
    }

    /// Writes it.
    func save(to writer: inout StateWriter) {
        writer.write(path)
        writer.write(content) { $1.save(to: &$0) }
        writer.write(files) { $1.save(to: &$0) }
        writer.write(finished) { $1.save(to: &$0) }
    }

    /// Reads one.
    init(from state: inout StateReader) throws(StateError) {
        path = try state.readString()
        content = try state.readOptional { state throws(StateError) in try InputContent(from: &state) }
        files = try state.readList(size: 16) { state throws(StateError) in try FileRecord(from: &state) }
        finished = try state.readList(size: 16) { state throws(StateError) in try FileRecord(from: &state) }
    }
}

extension InputContent {
    /// Writes it.
    func save(to writer: inout StateWriter) {
        writer.write(format.rawValue)
        writer.write(isBareXML)
        writer.write(newest) { $0.write($1) }
    }

    /// Reads one.
    init(from state: inout StateReader) throws(StateError) {
        guard let format = Format(rawValue: try state.readString()) else { throw .torn }
        self.format = format
        isBareXML = try state.readBool()
        newest = try state.readOptional { state throws(StateError) in try state.readInt64() }
    }
}
