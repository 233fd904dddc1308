// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

/// Whatever is done to the cache, the rules are those of the files, and what was wrong is said.
struct RuleCacheDamageTests {
    /// Something done to the files of a cache, what is reported, and whether the next run finds a whole cache again.
    struct Damage: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var problem: RuleCacheReport.Problem?
        var isMended = true
        var act: @Sendable (CacheScene) throws -> Void

        init(
            _ name: String, _ problem: RuleCacheReport.Problem?, isMended: Bool = true,
            _ act: @escaping @Sendable (CacheScene) throws -> Void
        ) {
            (testDescription, self.problem, self.isMended, self.act) = (name, problem, isMended, act)
        }
    }

    static let damages: [Damage] = [
        Damage("an empty pack", .damaged) { try $0.change { $0 = [] } },
        Damage("another version", .otherVersion) { try $0.change { $0[8] += 1 } },
        Damage("another program", .otherVersion) { try $0.change { $0[20] ^= 1 } },
        Damage("other reserved bytes", .otherVersion) { try $0.change { $0[12] = 1 } },
        Damage("no pack at all", .damaged) {
            try $0.change { $0 = Array("not a pack, but longer than a header is".utf8) }
        },
        Damage("bytes added", .damaged) { try $0.change { $0.append(0) } },
        Damage("another pack's records", .damaged) { try $0.change { $0.swapAt($0.count - 40, $0.count - 30) } },
        Damage("a pack of the same rules under another key", .damaged) { scene in
            let other = try CacheScene(rules: 20)
            _ = other.load()
            let foreign = try Data(contentsOf: URL(filePath: other.pack))
            try scene.change { $0 = Array(foreign) }
        },
        Damage("a huge pack", .unreadable) { try $0.change { $0 = Array(repeating: 0, count: 65 << 20) } },
        Damage("no pack", nil) { try FileManager.default.removeItem(atPath: $0.pack) },
        Damage("a key of another run", nil) { try $0.change(key: Array(repeating: 7, count: 16)) },
        Damage("a short key", nil) { try $0.change(key: [1, 2, 3]) },
        Damage("a long key", nil) { try $0.change(key: Array(repeating: 1, count: 5_000)) },
        Damage("no key", nil) { try FileManager.default.removeItem(atPath: $0.key) },
        Damage("a pack others may write to", .unsafe) { try $0.permit(0o620, try $0.pack) },
        Damage("a folder others may write to", .unsafe, isMended: false) { try $0.permit(0o777, $0.folder) },
        Damage("a key others may write to", .unsafe, isMended: false) { try $0.permit(0o602, $0.key) },
        Damage("a link in place of the pack", .unsafe) { try $0.link(try $0.pack) },
        Damage("a link in place of the folder", .unsafe, isMended: false) { try $0.link($0.folder) },
        Damage("a link in place of the key", .unsafe, isMended: false) { try $0.link($0.key) },
        Damage("a folder in place of the pack", .unsafe, isMended: false) { scene in
            let pack = try scene.pack
            try FileManager.default.removeItem(atPath: pack)
            try FileManager.default.createDirectory(atPath: pack + "/x", withIntermediateDirectories: true)
        },
        Damage("a pipe in place of the pack", .unsafe) { scene in
            let pack = try scene.pack
            try FileManager.default.removeItem(atPath: pack)
            #expect(mkfifo(pack, 0o600) == 0)
        },
        Damage("a file in place of the folder", .unsafe, isMended: false) { scene in
            try FileManager.default.removeItem(atPath: scene.folder)
            try Data().write(to: URL(filePath: scene.folder))
        },
    ]

    @Test(arguments: damages) func `what is done to the cache does not reach the rules`(damage: Damage) throws {
        let scene = try CacheScene(rules: 20)
        let plain = scene.load()
        #expect(scene.load().cacheReport.hits == 20)
        try damage.act(scene)
        let after = scene.load()
        #expect(isSame(plain, after))
        #expect(after.cacheReport.hits == 0)
        if let problem = damage.problem {
            #expect((after.cacheReport.problems[problem] ?? 0) >= 1, "\(after.cacheReport.problems)")
            #expect(!after.cacheReport.notes.isEmpty)
        } else {
            #expect(after.cacheReport.problems.isEmpty)
        }
        #expect(scene.load().cacheReport.hits == (damage.isMended ? 20 : 0))
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser can give files away"), arguments: ["pack", "folder", "key"])
    func `what belongs to another user is left aside`(what: String) throws {
        let scene = try CacheScene(rules: 20)
        let plain = scene.load()
        let path = what == "pack" ? try scene.pack : what == "folder" ? scene.folder : scene.key
        #expect(chown(path, 12_345, 12_345) == 0)
        let after = scene.load()
        #expect(isSame(plain, after) && after.cacheReport.problems == [.unsafe: 1])
    }

    @Test(arguments: ["/proc/vedette-no-such-place/cache", "/dev/null/cache"])
    func `a cache that cannot be made is done without`(folder: String) throws {
        let scene = try CacheScene(rules: 20)
        let cache = RuleCache(folder: folder, keyFolder: scene.keyFolder, minimumFiles: 1)
        let set = RuleLoader(cache: cache).load(paths: [scene.rules])
        #expect(set.rules.count == 20 && set.cacheReport.problems == [.unwritable: 1])
    }

    @Test func `a pack cut anywhere is damaged`() throws {
        let scene = try CacheScene(rules: 20)
        let plain = scene.load()
        let whole = try Data(contentsOf: URL(filePath: scene.pack))
        let boundaries = [0, 1, 7, 8, 11, 12, 15, 16, 31, 32, 47, 48, 49, 51, 52, 63, 64]
        let inside = stride(from: 65, to: whole.count, by: whole.count / 40)
        for length in boundaries + Array(inside) + [whole.count - 17, whole.count - 16, whole.count - 1] {
            try scene.change { $0 = Array(whole.prefix(length)) }
            let after = scene.load()
            #expect(isSame(plain, after) && after.cacheReport.problems == [.damaged: 1], "cut to \(length)")
        }
    }

    @Test func `one changed bit anywhere is noticed`() throws {
        let scene = try CacheScene(rules: 20)
        let plain = scene.load()
        let whole = try Data(contentsOf: URL(filePath: scene.pack))
        let places =
            Array(0..<70) + Array(stride(from: 70, to: whole.count, by: whole.count / 60))
            + Array(whole.count - 16..<whole.count)
        for (count, place) in places.enumerated() {
            try scene.change {
                $0 = Array(whole); $0[place] ^= UInt8(1 << (count & 7))
            }
            let after = scene.load()
            #expect(isSame(plain, after) && after.cacheReport.hits == 0, "bit of byte \(place)")
            #expect(after.cacheReport.problems.values.reduce(0, +) == 1, "bit of byte \(place)")
        }
    }
}
