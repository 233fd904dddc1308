// SPDX-License-Identifier: Apache-2.0
import Bytes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where parsed rules are kept between runs, so that YAML is read once.
///
/// What is kept of a file is found by a keyed hash of its content; neither names nor times of files are trusted. Packs
/// lie in the user's cache folder, the key lies apart from them in his state folder: whoever can write to the one but
/// not read the other cannot make a pack that is taken. Whatever is wrong with the cache, rules are read anew.
public struct RuleCache: Sendable {
    /// Sets of fewer files are read faster than a cache is looked up.
    public static let minimumFiles = 16
    /// Largest pack that is read or written, in bytes.
    static let maximumPackBytes = 64 << 20
    /// Most packs, and most bytes of packs, that are kept; the longest unused go first.
    static let maximumPacks = 32
    static let maximumBytes = 256 << 20
    /// Seconds after which a file that was being written is given up.
    static let temporaryLifetime = 3_600
    /// The file of the key.
    static let keyName = "cache-key"

    /// The folder of packs.
    let folder: String
    let keyFolder: String
    private let minimumFiles: Int

    /// Names the folders, which are made when needed.
    ///
    /// - Parameters:
    ///   - folder: Where packs go.
    ///   - keyFolder: Where the key goes that seals them.
    ///   - minimumFiles: Sets of fewer files are not kept.
    public init(folder: String, keyFolder: String, minimumFiles: Int = RuleCache.minimumFiles) {
        self.folder = folder
        self.keyFolder = keyFolder
        self.minimumFiles = minimumFiles
    }

    /// The folders of the XDG base directory specification: `$XDG_CACHE_HOME/vedette` or `~/.cache/vedette`, and for the
    /// key `$XDG_STATE_HOME/vedette` or `~/.local/state/vedette`.
    ///
    /// Nil when the environment names none; as the specification asks, paths that are not absolute are ignored.
    public init?(environment: [String: String]) {
        func base(_ name: String, below home: String) -> String? {
            if let named = environment[name], named.utf8.first == UInt8(ascii: "/") { return named }
            guard let root = environment["HOME"], root.utf8.first == UInt8(ascii: "/") else { return nil }
            return root + home
        }
        guard let cache = base("XDG_CACHE_HOME", below: "/.cache"),
            let state = base("XDG_STATE_HOME", below: "/.local/state")
        else { return nil }
        self.init(folder: cache + "/vedette", keyFolder: state + "/vedette")
    }

    /// Opens the cache for a set of files; nil when there are too few of them, or there is no cache to be had.
    func open(for paths: [String], fileCount: Int, _ report: inout RuleCacheReport) -> RuleCacheSession? {
        guard fileCount >= minimumFiles, let builder = Self.builder else { return nil }
        do throws(PrivateFolder.Failure) {
            let key = try Self.key(in: PrivateFolder(keyFolder, creates: true))
            let packs = try PrivateFolder(folder, creates: true)
            return RuleCacheSession(packs, key: key, builder: builder, paths: paths, &report)
        } catch {
            report.note(error == .unsafe ? .unsafe : .unwritable)
            return nil
        }
    }

    /// Hashes content under a key of this user; nil when there is no key to be had.
    package var contentHash: SipHash? {
        do throws(PrivateFolder.Failure) {
            return try Self.key(in: PrivateFolder(keyFolder, creates: true)).derived(for: "content of a rule file")
        } catch { return nil }
    }

    /// Results of earlier runs that are kept beside the packs; nil when there are none to be had.
    package func results(_ report: inout RuleCacheReport) -> KeptResults? {
        guard let builder = Self.builder else { return nil }
        do throws(PrivateFolder.Failure) {
            let key = try Self.key(in: PrivateFolder(keyFolder, creates: true))
            return KeptResults(try PrivateFolder(folder, creates: true), key: key, builder: builder)
        } catch {
            report.note(error == .unsafe ? .unsafe : .unwritable)
            return nil
        }
    }

    /// The key; made when there is none, or it is not a key.
    private static func key(in folder: PrivateFolder) throws(PrivateFolder.Failure) -> SipHash {
        for attempt in 0..<2 {
            do throws(PrivateFolder.Failure) {
                if let key = SipHash(key: try folder.read(keyName, limit: 4_096)) { return key }
            } catch {
                // Too large for a key (`EFBIG`) is no key either.
                guard error == .missing || error == .system(EFBIG) else { throw error }
            }
            var random = SystemRandomNumberGenerator()
            let made = (0..<SipHash.byteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Of two programs that make the first key at once, one wins and both use its key.
            try folder.write(made, to: keyName, replaces: attempt > 0)
        }
        guard let key = SipHash(key: try folder.read(keyName, limit: 4_096)) else { throw .missing }
        return key
    }

    /// What stands for this build of the program: a pack is read by the build that wrote it alone, so nobody has to
    /// remember that a change of the reading of rules makes packs worthless.
    static let builder: SipHash.Digest? = {
        guard let hash = SipHash(key: Array(repeating: 0, count: SipHash.byteCount)) else { return nil }
        var status = stat()
        #if canImport(Glibc)
            guard stat("/proc/self/exe", &status) == 0 else { return nil }
            let time = status.st_mtim
        #else
            guard stat(CommandLine.arguments[0], &status) == 0 else { return nil }
            let time = status.st_mtimespec
        #endif
        let facts = [
            Int64(truncatingIfNeeded: status.st_dev), Int64(truncatingIfNeeded: status.st_ino), Int64(status.st_size),
            Int64(time.tv_sec), Int64(time.tv_nsec),
        ]
        return hash.digest(of: Array(facts.map(String.init).joined(separator: " ").utf8))
    }()
}
