// SPDX-License-Identifier: Apache-2.0
import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What inputs a user's list of paths stands for.
public struct Inputs: Sendable {
    /// Files to read, in order: as named, and below a folder sorted by path.
    ///
    /// `-` is standard input. A file that is reached twice, under whatever name, is there once: where it came first.
    public private(set) var files: [String] = []
    /// Files below a named folder that are plainly no logs.
    public private(set) var skipped: [String] = []
    /// Bytes in all files, compressed ones as they are; nil when pipes or standard input are among them.
    public private(set) var size: UInt64? = 0
    /// Problems with paths that could not be used.
    public private(set) var report = ReadReport()

    /// The files taken.
    private var taken: Set<FileIdentity> = []

    /// Folders nested deeper than this are not entered.
    static let deepest = 64

    /// Looks at each path: files are taken whatever their name, folders are searched.
    public init(_ paths: [String]) {
        // Links to files are followed, links to folders are not: they can lead back.
        var walker = FolderWalker(links: .toFiles, deepest: Self.deepest)
        for path in paths { if path == "-" { addStandardInput() } else { search(path, &walker) } }
    }

    private mutating func search(_ root: String, _ walker: inout FolderWalker) {
        var found: [(path: String, status: FileStatus)] = []
        walker.walk(root) { finding in
            switch finding {
            case .folder: return true
            case .file(let entry):
                if entry.depth > 0, entry.kind == .file, Self.isNoLog(entry.path) {
                    skipped.append(entry.path)
                } else if let status = usable(entry) {
                    found.append((entry.path, status))
                }
            case .hidden(let path): skipped.append(path)
            case .trouble(let path, .missing(let code)), .trouble(let path, .unreadable(let code)):
                problem(path, InputError.of(code).message)
            case .trouble(let path, .tooDeep): problem(path, "nested too deeply")
            case .trouble(let path, .link):
                problem(path, "a link to something that is no file; name its target to read it")
            }
            return false
        }
        for (path, status) in found.sorted(by: { $0.path < $1.path }) { add(path, status) }
        skipped.sort()
    }

    /// The status of a file that can be read, or of a pipe that was named.
    private mutating func usable(_ entry: FolderWalker.Entry) -> FileStatus? {
        guard let status = FileStatus(entry.path) else {
            problem(entry.path, InputError.last().message)
            return nil
        }
        switch status.kind {
        case .pipe where entry.depth == 0: return status
        case .file:
            if unsafe access(entry.path, R_OK) == 0 { return status }
            problem(entry.path, InputError.last().message)
        default: problem(entry.path, "neither a file nor a folder")
        }
        return nil
    }

    private mutating func add(_ path: String, _ status: FileStatus) {
        guard taken.insert(status.identity).inserted else { return }
        files.append(path)
        guard status.kind == .file, let known = size else {
            size = nil
            return
        }
        let (sum, overflowed) = known.addingReportingOverflow(status.size)
        size = overflowed ? nil : sum
    }

    private mutating func addStandardInput() {
        let status = FileStatus(descriptor: 0)
        if let status, !taken.insert(status.identity).inserted { return }
        guard status != nil || !files.contains("-") else { return }
        files.append("-")
        size = nil
    }

    private mutating func problem(_ path: String, _ message: String) {
        report.add(.unreadable, path: path, position: 0, message)
    }

    /// Documents, pictures, code and archives that lie beside logs in data sets.
    static func isNoLog(_ path: String) -> Bool {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
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
