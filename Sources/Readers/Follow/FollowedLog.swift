// SPDX-License-Identifier: Apache-2.0
import Events
import Files

/// One log that is followed: what lies at a path, through rotation one input.
final class FollowedLog {
    /// Where it lies, as the user would write it.
    let path: String
    /// Whether the user named it, as opposed to a file found in a folder.
    let isNamed: Bool
    /// What is still to be read, oldest first: files that were renamed away, then the one at the path.
    var files: [FollowedFile] = []
    /// What was read to its end, newest last.
    private(set) var finished: [FileRecord] = []
    /// What the log holds; nil until the first read.
    var content: InputContent?
    /// What it held before its input ended.
    var lastContent: InputContent?
    /// The readers of its records; nil until it has given any.
    var input: UnitInput?
    /// Whether it waits for its turn to be read.
    var isQueued = false
    /// Whether its end has not been reached since the start.
    var isCatchingUp = false
    /// Whether its input ends once nothing is left to be read.
    var isEnding = false
    /// The file is a copy that rotation makes of this log, which is read itself.
    var copied: String?
    /// What was told last of why it cannot be read.
    var trouble: String?
    /// Since when nothing lies at its path, by the clock that never goes back.
    var missingSince: Int64?
    /// What is read once it has stopped growing, and since when it has not.
    var waiting: (status: FileStatus, since: Int64)?
    /// When its readers are to be told that time has passed, and how often still.
    var tick: (due: Int64, left: Int)?

    /// The most finished files remembered.
    static let longestMemory = 64

    init(path: String, isNamed: Bool) {
        self.path = path
        self.isNamed = isNamed
    }

    /// The folder it lies in.
    var folder: String { Self.folder(of: path) }

    /// Takes the first file off what is to be read; it is remembered unless another has taken its place in it.
    func retire(remembering: Bool) {
        let file = files.removeFirst()
        guard remembering else { return }
        remember(file.record)
    }

    /// Takes up what another run knew of it.
    func restore(_ record: LogRecord) {
        content = record.content
        files = record.files.map(FollowedFile.init)
        finished = record.finished
    }

    /// What is to be known of it to go on another time.
    var record: LogRecord {
        LogRecord(path: path, content: content, files: files.map(\.record), finished: finished)
    }

    /// Remembers a file that was read to its end.
    func remember(_ record: FileRecord) {
        finished.removeAll { $0.identity == record.identity }
        finished.append(record)
        if finished.count > Self.longestMemory { finished.removeFirst() }
    }

    func forget(_ identity: FileIdentity) { finished.removeAll { $0.identity == identity } }

    /// Whether a file is one of those to be read.
    func holds(_ identity: FileIdentity) -> Bool { files.contains { $0.identity == identity } }

    /// The folder part of a path.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    static func name(of path: String) -> Substring {
        path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder == "." ? name : folder + "/" + name
    }

    /// Whether a name is what rotation makes of this log's: the name, then a number or a date.
    func rotates(to name: some StringProtocol) -> Bool {
        let own = Self.name(of: path)
        guard name.hasPrefix(own), name.count > own.count else { return false }
        let rest = name.dropFirst(own.count).utf8
        guard let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "-") else { return false }
        return rest.count > 1
            && rest.dropFirst().allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}
