// SPDX-License-Identifier: Apache-2.0
import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finding and reading rule files.
enum RuleFiles {
    /// Levels of folders followed below one that is named.
    static let maximumDepth = 32

    /// The `.yml` and `.yaml` files below the paths, each folder in the order of its names' bytes; files named are
    /// taken whatever they are called.
    ///
    /// A file reached twice is taken once.
    static func find(_ paths: [String]) -> (files: [String], problems: [Refusal]) {
        var finder = Finder()
        var walker = FolderWalker(links: .all, deepest: maximumDepth - 1)
        for path in paths { finder.visit(named: path, &walker) }
        return (finder.files, finder.problems)
    }

    /// A file's content, or why it cannot be had.
    static func read(_ path: String) -> Result<[UInt8], Refusal> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var code = errno
        if descriptor >= 0 {
            defer { close(descriptor) }
            do {
                return .success(try FileContent.read(descriptor, limit: FileReader.maximumBytes))
            } catch { code = error.code }
        }
        let place = SourceLocation(file: path)
        return .failure(
            code == EFBIG
                ? Refusal(.fileTooLarge, "the file is over \(FileReader.maximumBytes >> 20) MiB; split it", at: place)
                : Refusal(.unreadableFile, "the file cannot be read; check its permissions", at: place))
    }

    private struct Finder {
        var files: [String] = []
        var problems: [Refusal] = []
        /// The files taken, by where they lie.
        private var seen: Set<String> = []

        mutating func visit(named path: String, _ walker: inout FolderWalker) {
            walker.walk(path) { finding in
                switch finding {
                case .folder: return true
                case .file(let entry) where entry.kind == .file: take(entry)
                case .file(let entry):
                    if entry.depth == 0 { report(.unreadableFile, path, "this is neither a file nor a folder") }
                case .hidden: break
                case .trouble(let path, .missing), .trouble(let path, .link):
                    report(.unreadableFile, path, "there is no such file or folder, or it cannot be opened")
                case .trouble(let path, .unreadable):
                    report(.unreadableFile, path, "the folder cannot be read; check its permissions")
                case .trouble(let path, .tooDeep):
                    report(.folderTooDeep, path, "folders nest over \(RuleFiles.maximumDepth) levels here")
                }
                return false
            }
        }

        private mutating func take(_ entry: FolderWalker.Entry) {
            let path = entry.path
            guard entry.depth == 0 || path.utf8.hasSuffix(".yml") || path.utf8.hasSuffix(".yaml"),
                seen.insert(entry.real).inserted
            else { return }
            files.append(path)
        }

        private mutating func report(_ code: SigmaDiagnosticCode, _ path: String, _ message: String) {
            problems.append(Refusal(code, message, at: SourceLocation(file: path)))
        }
    }
}

extension String.UTF8View {
    /// Whether the bytes end like this.
    fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
        suffix.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
    }
}
