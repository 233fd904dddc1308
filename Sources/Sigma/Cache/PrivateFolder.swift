// SPDX-License-Identifier: Apache-2.0
import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that only this user can write to, and its files.
///
/// Everything is done relative to the open folder, without following links, so nothing can be swapped between check and
/// use. A folder or file that belongs to somebody else, or that others may write to, is refused.
package final class PrivateFolder: Sendable {
    /// Why something cannot be used.
    package enum Failure: Error, Equatable {
        /// It is not there.
        case missing
        /// It is not ours alone: another owner, writable by others, a link, or no plain file.
        case unsafe
        /// The system says no: rights, space, limits.
        case system(Int32)
    }

    /// The open folder.
    package let descriptor: Int32

    /// Opens a folder; makes it, and those above it that are missing, when asked to.
    package init(_ path: String, creates: Bool) throws(Failure) {
        if creates { try Self.create(path) }
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            throw code == ENOENT ? .missing : code == ELOOP || code == ENOTDIR ? .unsafe : .system(code)
        }
        guard Self.isOurs(descriptor, kind: S_IFDIR) else {
            close(descriptor)
            throw .unsafe
        }
    }

    deinit { close(descriptor) }

    /// A file's content, of at most so many bytes.
    package func read(_ name: String, limit: Int) throws(Failure) -> [UInt8] {
        // Not blocking, because a pipe may stand in the file's place.
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            throw code == ENOENT ? .missing : code == ELOOP ? .unsafe : .system(code)
        }
        defer { close(file) }
        guard Self.isOurs(file, kind: S_IFREG) else { throw .unsafe }
        do { return try FileContent.read(file, limit: limit) } catch { throw .system(error.code) }
    }

    /// Puts a file in its place at once: readers see the old one or the new one, whole.
    ///
    /// - Parameter replaces: Whether a file of this name gives way; otherwise it stays, and nothing is written.
    package func write(_ bytes: [UInt8], to name: String, replaces: Bool = true) throws(Failure) {
        // A write past the limit would end the process by a signal.
        var limit = rlimit()
        if getrlimit(FileContent.sizeLimit, &limit) == 0, limit.rlim_cur < rlim_t(bytes.count) { throw .system(EFBIG) }
        let temporary = "\(Self.temporaryPrefix)\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let file = openat(
            descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(S_IRUSR | S_IWUSR))
        guard file >= 0 else { throw .system(errno) }
        let written = FileContent.write(bytes, to: file)
        let closed = close(file)
        guard written == 0, closed == 0 else {
            unlinkat(descriptor, temporary, 0)
            throw .system(written == 0 ? errno : written)
        }
        if replaces {
            guard renameat(descriptor, temporary, descriptor, name) == 0 else {
                let code = errno
                unlinkat(descriptor, temporary, 0)
                throw .system(code)
            }
        } else {
            let linked = linkat(descriptor, temporary, descriptor, name, 0) == 0
            let code = errno
            unlinkat(descriptor, temporary, 0)
            if !linked && code != EEXIST { throw .system(code) }
        }
    }

    /// Marks a file as used now.
    func touch(_ name: String) { utimensat(descriptor, name, nil, AT_SYMLINK_NOFOLLOW) }

    /// Removes a file.
    package func remove(_ name: String) { unlinkat(descriptor, name, 0) }

    /// A file as the folder lists it.
    package struct Entry {
        /// Its name within the folder.
        package var name: String
        /// Its length in bytes.
        package var size: Int
        /// Seconds since 1970.
        package var changed: Int
    }

    /// What files begin with while they are written.
    static let temporaryPrefix = ".new-"

    /// The plain files of the folder.
    package func entries() -> [Entry] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let entries = FolderListing.entries(takingDescriptor: copy) else { return [] }
        return entries.compactMap { entry in
            let name = entry.name
            var status = stat()
            guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0, status.st_mode & S_IFMT == S_IFREG
            else { return nil }
            #if canImport(Glibc)
                let changed = status.st_mtim.tv_sec
            #else
                let changed = status.st_mtimespec.tv_sec
            #endif
            return Entry(name: name, size: Int(status.st_size), changed: changed)
        }
    }

    private static func isOurs(_ descriptor: Int32, kind: mode_t) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == kind && status.st_uid == geteuid()
            && status.st_mode & mode_t(S_IWGRP | S_IWOTH) == 0
    }

    /// Makes a folder for this user alone.
    ///
    /// The superuser makes none inside another user's folder: under `sudo` the home folder may be one, and its owner
    /// would be left with a folder he cannot use.
    private static func create(_ path: String) throws(Failure) {
        var status = stat()
        if stat(path, &status) == 0 { return }
        let parent = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
        guard errno == ENOENT, !parent.isEmpty else { throw .system(errno) }
        try create(parent)
        if geteuid() == 0, stat(parent, &status) == 0, status.st_uid != 0 { throw .unsafe }
        if mkdir(path, S_IRWXU) != 0 && errno != EEXIST { throw .system(errno) }
    }
}
