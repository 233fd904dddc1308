// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation

/// The cache during one load.
struct RuleCacheSession: Sendable {
    private static let prefix = "rules-"
    private static let suffix = ".pack"

    private let seal: SipHash
    private let builder: SipHash.Digest
    private let name: String
    private let folder: PrivateFolder
    private let pack: Pack?

    /// Reads the pack of these paths, if there is one.
    init(
        _ folder: PrivateFolder, key: SipHash, builder: SipHash.Digest, paths: [String],
        _ report: inout RuleCacheReport
    ) {
        seal = key.derived(for: "seal of a pack")
        self.builder = builder
        self.folder = folder
        name = Self.name(for: paths, key.derived(for: "name of a pack"))
        var found: Pack?
        do throws(PrivateFolder.Failure) {
            let bytes = try folder.read(name, limit: RuleCache.maximumPackBytes)
            do throws(Pack.Refusal) {
                found = try Pack(bytes, seal: seal, builder: builder)
                folder.touch(name)
            } catch { report.note(error == .otherVersion ? .otherVersion : .damaged) }
        } catch {
            switch error {
            case .missing: break
            case .unsafe: report.note(.unsafe)
            case .system: report.note(.unreadable)
            }
        }
        pack = found
    }

    /// Sets named alike in different folders have packs of their own; which files are taken from one is decided by
    /// their content alone.
    private static func name(for paths: [String], _ hash: SipHash) -> String {
        let here = FileManager.default.currentDirectoryPath
        let whole = paths.map { $0.utf8.first == UInt8(ascii: "/") ? $0 : here + "/" + $0 }.joined(separator: "\0")
        let digest = hash.digest(of: Array(whole.utf8))
        return prefix + digest.hexadecimal + suffix
    }

    /// The parsed form of a file with this content; nil when it is not kept.
    func file(_ digest: SipHash.Digest, named file: String) -> ParsedFile? {
        // A sealed pack is what was written; should a record not be one all the same, the file is read anew.
        do throws(PackDamage) { return try pack?.file(digest, named: file) } catch { return nil }
    }

    /// Keeps the parsed forms of all files of the set when some of them were not kept.
    func keep(_ files: [(digest: SipHash.Digest, file: ParsedFile)], _ report: inout RuleCacheReport) {
        guard report.misses > 0, let bytes = Pack.pack(files, seal: seal, builder: builder) else { return }
        guard bytes.count <= RuleCache.maximumPackBytes else { return }
        do throws(PrivateFolder.Failure) {
            try folder.write(bytes, to: name)
            evict()
        } catch { report.note(.unwritable) }
    }

    /// Removes what is too much: the packs longest unused, and what a program that died left half written.
    private func evict() {
        let now = Int(Date().timeIntervalSince1970)
        let entries = folder.entries()
        for entry in entries where entry.name.hasPrefix(PrivateFolder.temporaryPrefix) {
            if now - entry.changed > RuleCache.temporaryLifetime { folder.remove(entry.name) }
        }
        let packs = entries.filter { $0.name.hasPrefix(Self.prefix) && $0.name.hasSuffix(Self.suffix) }
            .sorted { ($0.name == name ? 1 : 0, $0.changed) > ($1.name == name ? 1 : 0, $1.changed) }
        var bytes = 0
        for (index, entry) in packs.enumerated() {
            bytes += entry.size
            if index >= RuleCache.maximumPacks || bytes > RuleCache.maximumBytes { folder.remove(entry.name) }
        }
    }
}
