// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation

/// A file that output goes to.
///
/// A replaced file appears whole or not at all: what is written goes to a file without a name in the same folder, which
/// takes the file's name when the run is over. Where the file system knows no files without a name, it is a hidden one. An appended file holds what was written at any moment, and loses a last line
/// that a kill left without its end.
final class OutputFile {
    /// What becomes of what the file holds.
    enum Mode: Sendable, Hashable {
        case replaced, appended
    }

    /// Where to write.
    let descriptor: Int32
    /// Whether the file held something when it was opened that stays.
    let isContinued: Bool
    /// The temporary name, whether the file has it already, and the name it takes in the end.
    private var renaming: (from: String, isThere: Bool, to: String)?
    private let path: String

    /// Opens a file.
    ///
    /// What is there and is no regular file (a pipe, a device) is written to as it is.
    init(path: String, mode: Mode) throws(OutputError) {
        self.path = path
        var info = stat()
        let exists = stat(path, &info) == 0
        let isRegular = info.st_mode & S_IFMT == S_IFREG
        if exists, !isRegular {
            descriptor = try Self.open(path, O_WRONLY | O_APPEND, path)
            isContinued = false
        } else if mode == .appended {
            descriptor = try Self.open(path, O_RDWR | O_CREAT | O_APPEND, path)
            isContinued = try Self.cutTornLine(descriptor, path) > 0
        } else {
            // A link stays a link: what it leads to is replaced.
            let target = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
            let url = URL(fileURLWithPath: target)
            let name = ".\(url.lastPathComponent).\(UUID().uuidString.prefix(8)).part"
            let folder = url.deletingLastPathComponent()
            let temporary = folder.appendingPathComponent(name).path
            let nameless = Foundation.open(folder.path, Self.namelessFile | O_WRONLY | O_CLOEXEC, 0o666)
            descriptor =
                nameless >= 0 ? nameless : try Self.open(temporary, O_WRONLY | O_CREAT | O_EXCL, path)
            if exists { fchmod(descriptor, info.st_mode & 0o777) }
            renaming = (temporary, nameless < 0, target)
            isContinued = false
        }
    }

    /// The run is over: what was written takes the file's name.
    func finish() throws(OutputError) {
        guard let (from, isThere, to) = renaming else { return }
        if !isThere {
            // A file without a name cannot take one that is taken, so it is given another first.
            guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, from, AT_SYMLINK_FOLLOW) == 0 else {
                throw Self.failure("cannot be put in its place", path)
            }
            renaming?.isThere = true
        }
        guard rename(from, to) == 0 else { throw Self.failure("cannot be put in its place", path) }
        renaming = nil
    }

    deinit {
        close(descriptor)
        if let renaming, renaming.isThere { unlink(renaming.from) }
    }

    /// `O_TMPFILE`, which the C library only shows to GNU programs; the same on x86-64 and arm64.
    private static let namelessFile: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func open(_ file: String, _ flags: Int32, _ path: String) throws(OutputError) -> Int32 {
        let descriptor = Foundation.open(file, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure("cannot be written", path) }
        return descriptor
    }

    /// Takes away what follows the last line end; gives the size that is left.
    private static func cutTornLine(_ descriptor: Int32, _ path: String) throws(OutputError) -> off_t {
        var end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw failure("cannot be read", path) }
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while end > 0 {
            let start = max(0, end - off_t(piece.count))
            let count = piece.withUnsafeMutableBytes { buffer in
                // SAFETY: at most the buffer's size is read into it.
                pread(descriptor, buffer.baseAddress, Int(end - start), start)
            }
            guard count == Int(end - start) else { throw failure("cannot be read", path) }
            if let last = piece[..<count].lastIndex(of: UInt8(ascii: "\n")) {
                end = start + off_t(last) + 1
                break
            }
            end = start
        }
        guard ftruncate(descriptor, end) == 0 else { throw failure("cannot be shortened by its torn last line", path) }
        return end
    }

    private static func failure(_ what: String, _ path: String) -> OutputError {
        let number = errno
        return OutputError(number: number, description: "\(path): \(what): \(OutputError.message(number))")
    }
}

extension OutputError {
    /// The system's words for an error number.
    static func message(_ number: Int32) -> String {
        // SAFETY: strerror gives a valid, terminated string for every number.
        strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
}
