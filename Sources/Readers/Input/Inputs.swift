// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What inputs a user's list of paths stands for.
public struct Inputs: Sendable {
    /// Files to read, in order: as named, and below a folder sorted by path.
    ///
    /// `-` is standard input.
    public private(set) var files: [String] = []
    /// Files below a named folder that are plainly no logs.
    public private(set) var skipped: [String] = []
    /// Bytes in all files, compressed ones as they are; nil when pipes or standard input are among them.
    public private(set) var size: UInt64? = 0
    /// Problems with paths that could not be used.
    public private(set) var report = ReadReport()

    /// Folders nested deeper than this are not entered.
    private static let deepest = 64

    /// Looks at each path: files are taken whatever their name, folders are searched.
    public init(_ paths: [String]) {
        for path in paths {
            if path == "-" {
                files.append(path)
                size = nil
                continue
            }
            switch Self.kind(path, followingLinks: true) {
            case .regular(let bytes): add(path, bytes)
            case .pipe:
                files.append(path)
                size = nil
            case .folder: search(path)
            case .other: problem(path, "neither a file nor a folder")
            case .failed(let message): problem(path, message)
            }
        }
    }

    private enum Kind {
        case regular(bytes: UInt64)
        case folder
        case pipe
        case other
        case failed(String)
    }

    private mutating func search(_ root: String) {
        var waiting = [(path: root, depth: 0)]
        var found: [(path: String, bytes: UInt64)] = []
        while let (folder, depth) = waiting.popLast() {
            guard let names = Self.names(in: folder) else {
                problem(folder, InputError.last().message)
                continue
            }
            for name in names {
                let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
                if name.hasPrefix(".") {
                    skipped.append(path)
                    continue
                }
                switch Self.kind(path, followingLinks: false) {
                case .regular(let bytes):
                    if Self.isNoLog(name) { skipped.append(path) } else { found.append((path, bytes)) }
                case .folder:
                    if depth < Self.deepest {
                        waiting.append((path, depth + 1))
                    } else {
                        problem(path, "nested too deeply")
                    }
                case .pipe, .other: problem(path, "neither a file nor a folder")
                case .failed(let message): problem(path, message)
                }
            }
        }
        for (path, bytes) in found.sorted(by: { $0.path < $1.path }) { add(path, bytes) }
        skipped.sort()
    }

    private mutating func add(_ path: String, _ bytes: UInt64) {
        files.append(path)
        if let known = size {
            let (sum, overflowed) = known.addingReportingOverflow(bytes)
            size = overflowed ? nil : sum
        }
    }

    private mutating func problem(_ path: String, _ message: String) {
        report.add(.unreadable, path: path, position: 0, message)
    }

    private static func kind(_ path: String, followingLinks: Bool) -> Kind {
        var status = stat()
        let code = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
        guard code == 0 else {
            return .failed(InputError.last().message)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return unsafe access(path, R_OK) == 0
                ? .regular(bytes: UInt64(max(0, status.st_size))) : .failed(InputError.last().message)
        case S_IFDIR: return .folder
        case S_IFIFO: return .pipe
        case S_IFLNK:
            // Links to files are followed, links to folders are not: they can lead back.
            let target = kind(path, followingLinks: true)
            if case .regular = target { return target }
            return .failed("a link to something that is no file; name its target to read it")
        default: return .other
        }
    }

    private static func names(in folder: String) -> [String]? {
        guard let stream = unsafe opendir(folder) else { return nil }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: the kernel ends the name with NUL inside the entry, which lives until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Documents, pictures, code and archives that lie beside logs in data sets.
    private static func isNoLog(_ name: String) -> Bool {
        for stem in ["LICENSE", "LICENCE", "README", "NOTICE", "COPYING", "Makefile", "Dockerfile"]
        where name == stem || name.hasPrefix(stem + ".") {
            return true
        }
        guard let dot = name.lastIndex(of: ".") else { return false }
        return noLogs.contains(name[name.index(after: dot)...].lowercased())
    }

    private static let noLogs: Set<String> = [
        "md", "rst", "adoc", "pdf", "html", "htm", "css", "js", "ts", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico",
        "py", "sh", "rb", "go", "c", "h", "swift", "yml", "yaml", "toml", "ini", "zip", "7z", "tar", "tgz", "rar",
        "pcap",
        "pcapng", "db", "sqlite", "exe", "dll", "so",
    ]
}
