// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Sigma
import Synchronization
import TestSupport
import Testing

/// What is kept between runs never shows in the result.
struct RuleCacheTests {
    @Test(.enabled(if: Corpora.root != nil, "\(Corpora.absent)"), arguments: ["sigma", ""])
    func `cold and warm give the same rules and findings`(corpus: String) throws {
        let paths =
            corpus.isEmpty ? [Checkout.root + "/Strategies"] : [try #require(Corpora.root) + "/" + corpus]
        let scene = try CacheScene(rules: 0)
        let plain = RuleLoader().load(paths: paths)
        let cold = RuleLoader(cache: scene.cache).load(paths: paths)
        let warm = RuleLoader(cache: scene.cache).load(paths: paths)
        #expect(cold.cacheReport.hits == 0 && warm.cacheReport.misses == 0)
        #expect(warm.cacheReport.hits == cold.cacheReport.misses && warm.cacheReport.hits > 20)
        #expect(isSame(plain, cold) && isSame(plain, warm))
    }

    @Test func `every form of document comes back as it was`() throws {
        let scene = try CacheScene(rules: 0)
        for (index, text) in CacheScene.forms.enumerated() { try scene.write(text, "rules/form-\(index).yml") }
        let plain = RuleLoader().load(paths: [scene.rules])
        #expect(plain.rules.count > 5 && plain.correlations.count == 2 && plain.refused > 1)
        _ = scene.load()
        let warm = scene.load()
        #expect(warm.cacheReport.misses == 0 && warm.cacheReport.problems.isEmpty)
        #expect(isSame(plain, warm))
    }

    @Test func `pipelines and variables are applied to what was kept`() throws {
        let scene = try CacheScene(rules: 4)
        try scene.write(rule(item: "f|expand: '%who%'"), "rules/open.yml")
        _ = scene.load()
        let loader = RuleLoader(cache: scene.cache)
        let filled = loader.load(paths: [scene.rules], variables: ["who": [.string("me")]])
        #expect(filled.rules.count == 5 && filled.refused == 0 && filled.cacheReport.misses == 0)
        #expect(scene.load().refused == 1)
    }

    @Test func `texts that are canonically equivalent stay apart`() throws {
        let scene = try CacheScene(rules: 0)
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        try scene.write(rule(item: "f: '\(composed)'"), "rules/a.yml")
        try scene.write(rule(item: "f: '\(decomposed)'"), "rules/b.yml")
        _ = scene.load()
        let found = scene.load().rules.map { values(of: $0) }
        #expect(found.map { Array($0[0].utf8) } == [Array(composed.utf8), Array(decomposed.utf8)])
    }

    private func values(of rule: Rule) -> [String] {
        guard case .all(let items) = rule.detection.searches[0].search, case .item(let item) = items[0] else {
            return []
        }
        return item.values.map { if case .string(let text) = $0 { text } else { "" } }
    }

    @Test func `a changed file is read anew whatever its time says`() throws {
        let scene = try CacheScene(rules: 6)
        _ = scene.load()
        let path = scene.rules + "/rule-3.yml"
        let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        try scene.write(scene.text(3).replacing("value 3", with: "VALUE 3"), "rules/rule-3.yml")
        try FileManager.default.setAttributes([.modificationDate: try #require(before)], ofItemAtPath: path)
        let changed = scene.load()
        #expect(changed.cacheReport.hits == 5 && changed.cacheReport.misses == 1)
        #expect(isSame(changed, RuleLoader().load(paths: [scene.rules])))
        #expect(scene.load().cacheReport.misses == 0)
    }

    @Test func `equal files keep their own places`() throws {
        let scene = try CacheScene(rules: 0)
        for name in ["a", "b"] { try scene.write(scene.text(1), "rules/\(name).yml") }
        _ = scene.load()
        let files = scene.load().rules.map(\.metadata.location.file)
        #expect(files == [scene.rules + "/a.yml", scene.rules + "/b.yml"])
    }

    @Test func `small sets are not kept`() throws {
        let scene = try CacheScene(rules: RuleCache.minimumFiles - 1, minimumFiles: nil)
        let set = scene.load()
        #expect(set.cacheReport == RuleCacheReport() && !FileManager.default.fileExists(atPath: scene.folder))
    }

    @Test func `runs at the same time agree, from the first key on`() throws {
        let scene = try CacheScene(rules: 40)
        let plain = RuleLoader().load(paths: [scene.rules])
        for _ in 0..<5 {
            try? FileManager.default.removeItem(atPath: scene.folder)
            try? FileManager.default.removeItem(atPath: scene.keyFolder)
            let sets = Mutex<[RuleSet]>([])
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                let set = scene.load()
                sets.withLock { $0.append(set) }
            }
            for set in sets.withLock({ $0 }) { #expect(isSame(plain, set) && set.cacheReport.problems.isEmpty) }
            #expect(scene.load().cacheReport.misses == 0)
            #expect(try FileManager.default.contentsOfDirectory(atPath: scene.folder).count == 1)
        }
    }

    @Test func `folders and files are for their user alone`() throws {
        let scene = try CacheScene(rules: 3)
        _ = scene.load()
        for (path, mode) in [
            (scene.folder, 0o700), (scene.keyFolder, 0o700), (try scene.pack, 0o600), (scene.key, 0o600),
        ] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
        }
    }

    @Test func `old packs and what was left half written go`() throws {
        let scene = try CacheScene(rules: 3)
        _ = scene.load()
        let own = try scene.pack
        let old = Date(timeIntervalSinceNow: -100_000)
        for index in 0..<40 { try scene.plant("rules-\(index).pack", changed: old.addingTimeInterval(Double(index))) }
        try scene.plant(".new-1-1", changed: old)
        try scene.plant(".new-1-2", changed: Date())
        try scene.plant("somebody-elses", changed: old)
        try scene.write(scene.text(9), "rules/another.yml")
        _ = scene.load()
        let left = Set(try FileManager.default.contentsOfDirectory(atPath: scene.folder))
        #expect(left.count { $0.hasSuffix(".pack") } == 32)
        #expect(left.contains(URL(filePath: own).lastPathComponent) && left.contains("rules-39.pack"))
        #expect(left.contains(".new-1-2") && left.contains("somebody-elses") && !left.contains(".new-1-1"))
    }
}
