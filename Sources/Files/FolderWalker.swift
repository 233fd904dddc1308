// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Walks through folders: each folder once, none deeper than a bound, names in the order of their bytes.
///
/// What it finds it gives to a closure at once and keeps nothing of it, so memory is bounded by the folders that are
/// open.
public struct FolderWalker {
    /// Which links in folders are followed; a path that is named is followed in any case.
    public enum Links: Sendable {
        /// All of them. A folder that is reached a second time is left out, so that loops end.
        case all
        /// Those to files.
        case toFiles
    }

    /// What was found.
    public enum Finding {
        /// A file, pipe or device.
        case file(Entry)
        /// A folder, which is walked through when the closure answers `true`.
        case folder(Entry)
        /// A name that begins with a dot, below a folder.
        case hidden(path: String)
        /// Something that cannot be walked.
        case trouble(path: String, Trouble)
    }

    /// A file or folder.
    public struct Entry {
        /// Its path as the user would write it: the named path and the names below.
        public var path: String
        /// Where it lies when no link is left.
        public var real: String
        /// What it is.
        public var kind: FileStatus.Kind
        /// How many folders below the named path it lies; 0 for that itself.
        public var depth: Int
    }

    /// Why something is not walked.
    public enum Trouble {
        /// It leads nowhere; `code` is the system's number for why.
        case missing(code: Int32)
        /// The folder cannot be read; `code` is the system's number for why.
        case unreadable(code: Int32)
        /// The folder lies too deep.
        case tooDeep
        /// A link to something else than a file, where only those are followed.
        case link
    }

    private let links: Links
    private let deepest: Int
    /// The folders entered, by where they lie.
    private var entered: Set<String> = []

    /// A walker that enters folders up to `deepest` levels below a named one.
    public init(links: Links, deepest: Int) {
        self.links = links
        self.deepest = deepest
    }

    /// Gives what stands at a path and, for folders, below it.
    ///
    /// `visit` answers whether a folder is to be entered; its answer to anything else means nothing.
    public mutating func walk<Failure: Error>(
        _ path: String, _ visit: (Finding) throws(Failure) -> Bool
    ) throws(Failure) {
        guard let (real, kind) = Self.resolve(path) else {
            _ = try visit(.trouble(path: path, .missing(code: errno)))
            return
        }
        try take(Entry(path: path, real: real, kind: kind, depth: 0), visit)
    }

    private mutating func take<Failure: Error>(
        _ entry: Entry, _ visit: (Finding) throws(Failure) -> Bool
    ) throws(Failure) {
        guard entry.kind == .folder else {
            _ = try visit(.file(entry))
            return
        }
        guard entered.insert(entry.real).inserted else { return }
        guard entry.depth <= deepest else {
            _ = try visit(.trouble(path: entry.path, .tooDeep))
            return
        }
        guard try visit(.folder(entry)) else { return }
        guard let names = FolderListing.entries(of: entry.path) else {
            _ = try visit(.trouble(path: entry.path, .unreadable(code: errno)))
            return
        }
        let folder = Self.prefix(entry.path)
        let real = Self.prefix(entry.real)
        for name in names.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            let path = folder + name.name
            if name.name.utf8.first == UInt8(ascii: ".") {
                _ = try visit(.hidden(path: path))
                continue
            }
            var inner = Entry(path: path, real: real + name.name, kind: .other, depth: entry.depth + 1)
            switch Int32(name.type) {
            case Int32(DT_REG): inner.kind = .file
            case Int32(DT_DIR): inner.kind = .folder
            case Int32(DT_FIFO): inner.kind = .pipe
            case Int32(DT_LNK), Int32(DT_UNKNOWN):
                guard let trouble = follow(&inner, isLink: Int32(name.type) == Int32(DT_LNK) || Self.isLink(path))
                else {
                    break
                }
                _ = try visit(.trouble(path: path, trouble))
                continue
            default: break
            }
            try take(inner, visit)
        }
    }

    /// Finds out what an entry is that the folder does not say all about; gives why it cannot be walked.
    private func follow(_ entry: inout Entry, isLink: Bool) -> Trouble? {
        guard let (real, kind) = Self.resolve(entry.path) else {
            let code = errno
            return isLink && links == .toFiles ? .link : .missing(code: code)
        }
        if isLink, links == .toFiles, kind != .file { return .link }
        (entry.real, entry.kind) = (real, kind)
        return nil
    }

    private static func prefix(_ folder: String) -> String {
        folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Where a path leads, and to what; nil, with `errno` set, when it leads nowhere.
    private static func resolve(_ path: String) -> (real: String, kind: FileStatus.Kind)? {
        // SAFETY: the text is the caller's to release, and read before that.
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        let real = unsafe String(cString: resolved)
        return FileStatus(real).map { (real, $0.kind) }
    }
}
