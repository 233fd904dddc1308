// SPDX-License-Identifier: Apache-2.0
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
        for path in paths { finder.visit(named: path) }
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
        private enum Kind { case folder, file, other }

        var files: [String] = []
        var problems: [Refusal] = []
        private var seen: Set<String> = []

        mutating func visit(named path: String) {
            guard let (real, kind) = Self.resolve(path) else { return reportMissing(path) }
            if kind == .other { return report(.unreadableFile, path, "this is neither a file nor a folder") }
            visit(path, real: real, kind, depth: 0, isNamed: true)
        }

        /// Takes a file or walks through a folder; `real` is where it lies when no link is left.
        private mutating func visit(_ path: String, real: String, _ kind: Kind, depth: Int, isNamed: Bool) {
            switch kind {
            case .folder:
                // A folder on its way to itself through links is met a second time, and left.
                guard seen.insert(real).inserted else { return }
                guard depth < RuleFiles.maximumDepth else {
                    return report(.folderTooDeep, path, "folders nest over \(RuleFiles.maximumDepth) levels here")
                }
                walk(path, real: real, depth: depth)
            case .file:
                guard isNamed || path.utf8.hasSuffix(".yml") || path.utf8.hasSuffix(".yaml"),
                    seen.insert(real).inserted
                else { return }
                files.append(path)
            case .other: break
            }
        }

        private mutating func walk(_ path: String, real: String, depth: Int) {
            guard let entries = FileContent.listing(path) else {
                return report(.unreadableFile, path, "the folder cannot be read; check its permissions")
            }
            let folder = path.utf8.last == UInt8(ascii: "/") ? path : path + "/"
            let realFolder = real == "/" ? real : real + "/"
            for entry in entries.sorted(by: { Self.precedes($0.name, $1.name) })
            where entry.name.utf8.first != UInt8(ascii: ".") {
                let inner = folder + entry.name
                var (innerReal, kind) = (realFolder + entry.name, Kind.other)
                switch Int32(entry.kind) {
                case Int32(DT_REG): kind = .file
                case Int32(DT_DIR): kind = .folder
                case Int32(DT_LNK), Int32(DT_UNKNOWN):
                    guard let resolved = Self.resolve(inner) else {
                        reportMissing(inner)
                        continue
                    }
                    (innerReal, kind) = resolved
                default: break
                }
                visit(inner, real: innerReal, kind, depth: depth + 1, isNamed: false)
            }
        }

        /// Whether the bytes of a name come before those of another.
        private static func precedes(_ a: String, _ b: String) -> Bool {
            let (a, b) = (a.utf8.span, b.utf8.span)
            return a.withUnsafeBytes { a in
                b.withUnsafeBytes { b in
                    // SAFETY: both have at least as many bytes as the shorter; an empty name may have no address.
                    let shorter = min(a.count, b.count)
                    guard let first = a.baseAddress, let second = b.baseAddress else { return a.count < b.count }
                    let order = memcmp(first, second, shorter)
                    return order == 0 ? a.count < b.count : order < 0
                }
            }
        }

        /// Where a path leads, and to what; nil when it leads nowhere.
        private static func resolve(_ path: String) -> (real: String, kind: Kind)? {
            guard let resolved = realpath(path, nil) else { return nil }
            defer { free(resolved) }
            var status = stat()
            guard stat(resolved, &status) == 0 else { return nil }
            let kind: Kind =
                switch status.st_mode & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .folder
                default: .other
                }
            return (String(cString: resolved), kind)
        }

        private mutating func reportMissing(_ path: String) {
            report(.unreadableFile, path, "there is no such file or folder, or it cannot be opened")
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
