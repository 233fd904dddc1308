// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Loads Sigma documents: reads files, applies filters and pipelines, resolves placeholders and references.
///
/// Loading never fails as a whole. A document that is not fully understood is refused with a located error, the others
/// are loaded; nothing is left out in silence. The order of rules is that of the files, so it is stable.
public struct RuleLoader: Sendable {
    /// Makes a loader.
    public init() {}

    /// Loads files and folders.
    ///
    /// - Parameters:
    ///   - paths: Files, whatever they are called, and folders, of which `.yml` and `.yaml` files are read.
    ///   - pipelines: Processing pipelines, applied in the order of their priorities.
    ///   - variables: Values for the placeholders of `expand`, by name; they go before what pipelines define.
    public func load(
        paths: [String], pipelines: [Pipeline] = [], variables: [String: [Value]] = [:]
    ) -> RuleSet {
        let (files, problems) = RuleFiles.find(paths)
        let parsed = Mutex<[ParsedFile?]>(Array(repeating: nil, count: files.count))
        // Chunks of files keep the lock out of the way; reading one takes a fraction of a millisecond.
        let chunk = 32
        DispatchQueue.concurrentPerform(iterations: (files.count + chunk - 1) / chunk) { index in
            let range = (index * chunk)..<min((index + 1) * chunk, files.count)
            let results = range.map { Self.read(files[$0]) }
            parsed.withLock { $0.replaceSubrange(range, with: results) }
        }
        var assembly = Assembly(pipelines: pipelines, variables: variables)
        for problem in problems { assembly.refuse(problem) }
        for file in parsed.withLock({ $0 }) {
            if let file { assembly.add(file) }
        }
        return assembly.finish()
    }

    /// Loads the text of one file; `file` is the name it is reported by.
    public func load(
        text: String, file: String, pipelines: [Pipeline] = [], variables: [String: [Value]] = [:]
    ) -> RuleSet {
        var assembly = Assembly(pipelines: pipelines, variables: variables)
        assembly.add(FileReader.read(text, file: file))
        return assembly.finish()
    }

    private static func read(_ path: String) -> ParsedFile {
        switch RuleFiles.read(path) {
        case .success(let bytes): return FileReader.read(bytes: bytes, file: path)
        case .failure(let refusal):
            var file = ParsedFile()
            file.refuse(refusal)
            return file
        }
    }
}
