// SPDX-License-Identifier: Apache-2.0
import Events
import Files

/// What is to be known of a file of which something was read, to go on another time.
struct FileRecord: Sendable, Hashable {
    /// How it is read.
    var kind: FollowedFile.Kind
    var identity: FileIdentity
    /// Where it was last seen.
    var path: String
    /// Where reading stands.
    var position: ReadPosition
    /// What stands before that place.
    var fingerprint: Fingerprint
    /// Its size when its end was last reached; nil before that.
    var size: UInt64?
    /// When it was changed last, then.
    var modified: Int64
    /// Of a pipe: what came down it but was not handed over.
    var pending: [UInt8]
    /// Whether it was read to its end for good.
    var isFinished: Bool

    /// Whether the file at a path, which has the status, is this one, or holds the same up to where it was read.
    func isBehind(_ path: String, _ status: FileStatus) -> Bool {
        guard kind == .growing, position.isPlain else { return status.identity == identity && status.size == size }
        guard status.size >= position.offset, let file = try? FileDescriptor(path: path) else { return false }
        return fingerprint.holds(file, before: position.offset)
    }

    /// Writes it.
    func save(to writer: inout StateWriter) {
        writer.write(kind.rawValue)
        writer.write(fixed: identity.device)
        writer.write(fixed: identity.inode)
        writer.write(path)
        position.save(to: &writer)
        fingerprint.save(to: &writer)
        writer.write(size) { $0.write($1) }
        writer.write(modified)
        writer.write(pending)
        writer.write(isFinished)
    }

    /// Reads one.
    init(from state: inout StateReader) throws(StateError) {
        guard let kind = FollowedFile.Kind(rawValue: try state.readUInt64()) else { throw .torn }
        self.kind = kind
        identity = FileIdentity(device: try state.readFixed(), inode: try state.readFixed())
        path = try state.readString()
        position = try ReadPosition(from: &state)
        fingerprint = try Fingerprint(from: &state)
        size = try state.readOptional { state throws(StateError) in try state.readUInt64() }
        modified = try state.readInt64()
        pending = try state.readBytes()
        isFinished = try state.readBool()
    }
}

extension FollowedFile {
    /// What is to be known of it to go on another time.
    var record: FileRecord {
        FileRecord(
            kind: kind, identity: identity, path: path, position: position, fingerprint: fingerprint, size: seen?.size,
            modified: seen?.modified ?? 0, pending: pending, isFinished: isFinished)
    }
}

extension FileRecord {
    /// Describes a file.
    init(
        kind: FollowedFile.Kind, identity: FileIdentity, path: String, position: ReadPosition, fingerprint: Fingerprint,
        size: UInt64?, modified: Int64, pending: [UInt8], isFinished: Bool
    ) {
        self.kind = kind
        self.identity = identity
        self.path = path
        self.position = position
        self.fingerprint = fingerprint
        self.size = size
        self.modified = modified
        self.pending = pending
        self.isFinished = isFinished
    }
}
