// SPDX-License-Identifier: Apache-2.0
import Events
import Files

/// One file of a followed log: the one at its path, or one that was renamed away and is read to its end.
///
/// It can be closed at any time between two reads: where reading stands is all it needs to be opened again.
final class FollowedFile {
    /// How it is read.
    enum Kind: UInt64 {
        /// As it grows.
        case growing
        /// Once, when it has stopped growing: compressed files and Windows event logs.
        case whole
        /// As bytes come down it.
        case pipe
    }

    /// What shows whether a file was written to since it was looked at.
    struct Seen: Sendable, Hashable {
        /// Its size in bytes.
        var size: UInt64
        /// When it was changed last, in nanoseconds since 1970.
        var modified: Int64
    }

    /// What an attempt to read it came to.
    enum Outcome {
        /// The unit was filled.
        case gave
        /// There is nothing more: now, or, of a file that is finishing, at all.
        case nothing
        /// It was emptied, and perhaps written anew: where reading stands is nowhere in it any more.
        case emptied
        /// Another file lies at its path.
        case moved
        /// It turns out to be of the kind that is read once it is whole.
        case whole
        /// It cannot be read, in the system's words.
        case failed(String)
    }

    let kind: Kind
    let identity: FileIdentity
    /// Where it was last seen.
    var path: String
    /// Where reading stands.
    private(set) var position: ReadPosition
    /// What stands before that place in the file.
    private(set) var fingerprint: Fingerprint
    /// Its state when its end was last reached; what differs from that is to be looked into.
    private(set) var seen: Seen?
    /// Of a pipe: what came down it but was not handed over.
    private(set) var pending: [UInt8] = []
    /// Whether no more will come: what is there is read, half a record at the end included.
    private(set) var isFinishing = false
    /// Whether it was read to its end for good.
    private(set) var isFinished = false
    /// Whether so little was in it so far that it may yet be one that is read once it is whole.
    private var isUndecided = true
    /// Nothing more is read of it than what was.
    private var hasStopped = false
    /// The place behind which it is not read.
    private var limit = UInt64.max

    private var descriptor: FileDescriptor?
    private var cutter: RecordCutter?

    /// A file of which something was read; by default nothing.
    init(
        _ kind: Kind, _ identity: FileIdentity, path: String, position: ReadPosition = ReadPosition(),
        fingerprint: Fingerprint = .nothing
    ) {
        self.kind = kind
        self.identity = identity
        self.path = path
        self.position = position
        self.fingerprint = fingerprint
    }

    /// Takes up a file another run has read of.
    convenience init(_ record: FileRecord) {
        self.init(
            record.kind, record.identity, path: record.path, position: record.position, fingerprint: record.fingerprint)
        pending = record.pending
        seen = record.size.map { Seen(size: $0, modified: record.modified) }
        isFinished = record.isFinished
    }

    /// What was read of it behind where reading stands: the start of a record.
    var kept: [UInt8] { cutter?.kept ?? [] }

    /// Whether it is open.
    var isOpen: Bool { cutter != nil }

    /// Whether it can be closed without losing anything: a pipe cannot, and what has to be read from its start should not.
    var isClosable: Bool { isOpen && kind == .growing && position.isPlain && !isFinishing }

    /// The system's number of the pipe, for poll(2).
    var pollable: Int32? { kind == .pipe ? descriptor?.number : nil }

    /// Closes the file; reading goes on where it stands when it is opened again.
    func close() {
        cutter = nil
        descriptor = nil
    }

    /// From now on its end is its end: what there is of a record is given as it is.
    ///
    /// It is not read behind `limit`.
    func finish(upTo limit: UInt64 = .max) {
        isFinishing = true
        self.limit = limit
        cutter?.endGrowing(at: limit)
    }

    /// Nothing more is read of it than what was.
    func stop() {
        hasStopped = true
        if cutter == nil { isFinished = true } else { finish(upTo: 0) }
    }

    /// Whether it differs from what it was when its end was reached.
    func differs(from status: FileStatus) -> Bool {
        seen != Seen(size: status.size, modified: status.modified)
    }

    /// Fills the unit with the next records.
    ///
    /// `content` is what the log holds, found out with the first read. The batch bears the name `label`.
    func read(
        _ unit: inout InputUnit, label: String, content: inout InputContent?, options: RecordCutter.Options
    ) -> Outcome {
        guard !isFinished else { return .nothing }
        if cutter == nil {
            do throws(InputError) {
                switch try open(label, content, options) {
                case .gave: break
                case let other: return other
                }
            } catch {
                return .failed(error.message)
            }
        }
        let status = descriptor.flatMap { FileStatus(descriptor: $0.number) }
        if isEmptied(status) { return .emptied }
        let got = cutter?.cut(&unit.batch, &unit.cut, report: &unit.report) == true
        // What was read is what follows only if what came before still stands there.
        if let descriptor, isVerifiable, !hasStopped, !fingerprint.holds(descriptor, before: position.offset) {
            return .emptied
        }
        if content == nil { content = cutter?.content }
        note()
        if got { return .gave }
        end(status)
        return .nothing
    }

    private func see(_ status: FileStatus?) {
        seen = status.map { Seen(size: $0.size, modified: $0.modified) }
    }

    private var isVerifiable: Bool { kind == .growing && position.isPlain }

    private func note() {
        guard let cutter else { return }
        position = cutter.place
        if kind == .pipe { pending = cutter.kept }
        if let descriptor, isVerifiable {
            fingerprint = Fingerprint(descriptor, before: position.offset)
        }
    }

    private func isEmptied(_ status: FileStatus?) -> Bool {
        guard kind == .growing, !hasStopped, let status, let cutter else { return false }
        return status.size < (position.isPlain ? position.offset + UInt64(cutter.kept.count) : cutter.position)
    }

    /// The end was reached, for good or for now.
    private func end(_ status: FileStatus?) {
        see(status)
        switch kind {
        case .growing: isFinished = isFinishing
        case .whole:
            isFinished = true
            see(FileStatus(path))
        case .pipe:
            if isFinishing {
                isFinished = true
            } else if cutter?.isPipeClosed == true {
                // What there is of a last record is given with the next read.
                finish()
            }
        }
        if isFinished { close() }
    }

    private func open(
        _ label: String, _ content: InputContent?, _ options: RecordCutter.Options
    ) throws(InputError) -> Outcome {
        var options = options
        options.place = position
        options.content = content
        options.isOpenEnded = true
        guard path == "-" || FileStatus(path)?.identity == identity else { return .moved }
        if kind == .whole {
            options.isOpenEnded = false
            if position.text == 0 { options.content = nil }
            cutter = RecordCutter(path: label, openable: path, options: options)
            return .gave
        }
        let file = try kind == .pipe && path != "-" ? FileDescriptor(pipe: path) : FileDescriptor(path: path)
        guard let status = FileStatus(descriptor: file.number), path == "-" || status.identity == identity else {
            return .moved
        }
        if isUndecided, kind == .growing, position.text == 0 {
            switch Self.Kind.sniff(file.bytes(at: 0, count: 8)) {
            case .growing?, .pipe?: isUndecided = false
            case .whole?: return .whole
            case nil:
                see(status)
                isUndecided = !isFinishing
                if isUndecided { return .nothing }
            }
        }
        let opened = try RecordCutter(path: label, file, after: pending, options: options)
        if isFinishing { opened.endGrowing(at: limit) }
        cutter = opened
        descriptor = file
        return .gave
    }
}
