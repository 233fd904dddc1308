// SPDX-License-Identifier: Apache-2.0
import Bytes
import Dispatch
import Synchronization

/// Loads Sigma documents: reads files, applies filters and pipelines, resolves placeholders and references.
///
/// Loading never fails as a whole. A document that is not fully understood is refused with a located error, the others
/// are loaded; nothing is left out in silence. The order of rules is that of the files, so it is stable.
public struct RuleLoader: Sendable {
    private let cache: RuleCache?

    /// Makes a loader.
    ///
    /// With a cache, files it knows are not parsed again; the result is the same.
    public init(cache: RuleCache? = nil) { self.cache = cache }

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
        var report = RuleCacheReport()
        let session = cache?.open(for: paths, fileCount: files.count, &report)
        let contents = cache?.contentHash
        let read = Self.read(files, session, contents)
        if let session {
            report.hits = read.count { $0.isKept }
            report.misses = read.count { !$0.isKept && $0.digest != nil }
            session.keep(read.compactMap { one in one.digest.map { ($0, one.file) } }, &report)
        }
        var assembly = Assembly(pipelines: pipelines, variables: variables)
        for problem in problems { assembly.refuse(problem) }
        for one in read { assembly.add(one.file) }
        var set = assembly.finish()
        set.cacheReport = report
        set.contents = contents?.digest(
            of: zip(files, read).flatMap { file, one in Array(file.utf8) + [0] + (one.digest?.bytes ?? []) })
        return set
    }

    /// Loads the text of one file; `file` is the name it is reported by.
    public func load(
        text: String, file: String, pipelines: [Pipeline] = [], variables: [String: [Value]] = [:]
    ) -> RuleSet {
        var assembly = Assembly(pipelines: pipelines, variables: variables)
        assembly.add(FileReader.read(text, file: file))
        return assembly.finish()
    }

    /// A file that was read, and whether its parsed form was kept from an earlier run.
    private struct ReadFile: Sendable {
        var file: ParsedFile
        /// The hash of its content, where there is a cache and it could be read.
        var digest: SipHash.Digest?
        var isKept = false
    }

    /// Reads files on all cores, in their order.
    private static func read(
        _ files: [String], _ session: RuleCacheSession?, _ contents: SipHash?
    ) -> [ReadFile] {
        let read = Mutex<[ReadFile]>(Array(repeating: ReadFile(file: ParsedFile()), count: files.count))
        // Chunks of files keep the lock out of the way; reading one takes a fraction of a millisecond.
        let chunk = 32
        DispatchQueue.concurrentPerform(iterations: (files.count + chunk - 1) / chunk) { index in
            let range = (index * chunk)..<min((index + 1) * chunk, files.count)
            let results = range.map { Self.read(files[$0], session, contents) }
            read.withLock { $0.replaceSubrange(range, with: results) }
        }
        return read.withLock { $0 }
    }

    private static func read(_ path: String, _ session: RuleCacheSession?, _ contents: SipHash?) -> ReadFile {
        switch RuleFiles.read(path) {
        case .success(let bytes):
            guard let contents else { return ReadFile(file: FileReader.read(bytes: bytes, file: path)) }
            let digest = contents.digest(of: bytes)
            if let kept = session?.file(digest, named: path) {
                return ReadFile(file: kept, digest: digest, isKept: true)
            }
            return ReadFile(file: FileReader.read(bytes: bytes, file: path), digest: digest)
        case .failure(let refusal):
            var file = ParsedFile()
            file.refuse(refusal)
            return ReadFile(file: file)
        }
    }
}
