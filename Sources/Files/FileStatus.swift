// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells a file from all others, whatever it is called: the device it lies on, and its number there.
public struct FileIdentity: Hashable, Sendable {
    /// `st_dev`.
    public var device: UInt64
    /// `st_ino`.
    public var inode: UInt64

    /// Names a file.
    public init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

/// What stands at a path, links followed.
public struct FileStatus: Sendable {
    /// What it is.
    public enum Kind: Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A named pipe.
        case pipe
        /// A device, a socket or the like.
        case other
    }

    /// What it is.
    public var kind: Kind
    /// How many bytes it has.
    public var size: UInt64
    /// What tells it from others.
    public var identity: FileIdentity
    /// When its content was changed last, in nanoseconds since 1970.
    public var modified: Int64
    /// By how many names it can be found; 0 once it is removed.
    public var links: UInt64

    /// Looks at a path; nil, with `errno` set, when it leads nowhere.
    public init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Looks at what an open descriptor leads to; nil, with `errno` set, when it is not open.
    public init?(descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFIFO: .pipe
            default: .other
            }
        size = UInt64(max(0, status.st_size))
        links = UInt64(status.st_nlink)
        #if canImport(Glibc)
            let time = status.st_mtim
        #else
            let time = status.st_mtimespec
        #endif
        modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
    }
}
