// SPDX-License-Identifier: Apache-2.0
import Foundation

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
        for path in paths { finder.visit(path, depth: 0, isNamed: true) }
        return (finder.files, finder.problems)
    }

    /// A file's content, or why it cannot be had.
    static func read(_ path: String) -> Result<[UInt8], Refusal> {
        let size = (try? FileManager.default.attributesOfItem(atPath: resolved(path)))?[.size] as? Int ?? 0
        guard size <= FileReader.maximumBytes else {
            return .failure(
                Refusal(
                    .fileTooLarge, "the file is over \(FileReader.maximumBytes >> 20) MiB; split it",
                    at: SourceLocation(file: path)))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            return .failure(
                Refusal(
                    .unreadableFile, "the file cannot be read; check its permissions", at: SourceLocation(file: path)))
        }
        return .success([UInt8](data))
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    private struct Finder {
        var files: [String] = []
        var problems: [Refusal] = []
        private var seen: Set<String> = []

        mutating func visit(_ path: String, depth: Int, isNamed: Bool) {
            let real = RuleFiles.resolved(path)
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: real) else {
                return report(.unreadableFile, path, "there is no such file or folder, or it cannot be opened")
            }
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?:
                // A folder on its way to itself through links is met a second time, and left.
                guard seen.insert(real).inserted else { return }
                guard depth < RuleFiles.maximumDepth else {
                    return report(.folderTooDeep, path, "folders nest over \(RuleFiles.maximumDepth) levels here")
                }
                guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                    return report(.unreadableFile, path, "the folder cannot be read; check its permissions")
                }
                let folder = path.hasSuffix("/") ? path : path + "/"
                for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".")
                {
                    visit(folder + name, depth: depth + 1, isNamed: false)
                }
            case .typeRegular?:
                guard isNamed || path.hasSuffix(".yml") || path.hasSuffix(".yaml"), seen.insert(real).inserted else {
                    return
                }
                files.append(path)
            default:
                if isNamed { report(.unreadableFile, path, "this is neither a file nor a folder") }
            }
        }

        private mutating func report(_ code: SigmaDiagnosticCode, _ path: String, _ message: String) {
            problems.append(Refusal(code, message, at: SourceLocation(file: path)))
        }
    }
}
