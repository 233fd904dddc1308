// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The cache of rules as the program uses it.
struct CacheCommandTests {
    /// Rule files enough to be kept, one of them refused, in a folder of their own.
    private func rules(in scratch: TemporaryFolder) throws -> String {
        for number in 0..<40 {
            let text = """
                title: Rule \(number)
                logsource: {product: linux}
                detection:
                  selection:
                    CommandLine|\(number == 7 ? "nonsense" : "contains"): word\(number)
                  condition: selection
                """
            _ = try scratch.write(text.utf8, "rules/rule-\(number).yml")
        }
        return scratch.path + "/rules"
    }

    private func folders(_ scratch: TemporaryFolder) -> [String: String] {
        ["XDG_CACHE_HOME": scratch.path + "/cache", "XDG_STATE_HOME": scratch.path + "/state"]
    }

    private func packs(_ scratch: TemporaryFolder) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/cache/vedette")) ?? []
    }

    @Test func `lint says the same cold, warm and without a cache`() throws {
        let scratch = try TemporaryFolder()
        let rules = try rules(in: scratch)
        let without = try Program.run(["lint", "--notes", "--no-cache", rules], environment: folders(scratch))
        #expect(packs(scratch).isEmpty && without.code == 1)
        for _ in 0..<2 {
            let with = try Program.run(["lint", "--notes", rules], environment: folders(scratch))
            #expect(with.output == without.output && with.errors == without.errors && with.code == without.code)
            #expect(packs(scratch).count == 1)
        }
    }

    @Test func `a damaged pack is noted once and replaced`() throws {
        let scratch = try TemporaryFolder()
        let rules = try rules(in: scratch)
        let cold = try Program.run(["lint", rules], environment: folders(scratch))
        let pack = URL(filePath: scratch.path + "/cache/vedette/" + (try #require(packs(scratch).first)))
        let handle = try FileHandle(forWritingTo: pack)
        try handle.truncate(atOffset: 100)
        try handle.close()
        let damaged = try Program.run(["lint", rules], environment: folders(scratch))
        #expect(damaged.output == cold.output && damaged.code == cold.code)
        #expect(damaged.notes.contains("note: the cache of rules was left aside: it is damaged"))
        #expect(try Program.run(["lint", rules], environment: folders(scratch)).errors == cold.errors)
    }

    @Test func `a pack that cannot be written does not end a run`() throws {
        let scratch = try TemporaryFolder()
        let rules = try rules(in: scratch)
        // Two blocks of 512 bytes: enough for the key, too little for a pack.
        let script = "ulimit -f 2; \"$VEDETTE\" lint --format json '\(rules)' >/dev/null"
        let result = try Program.run(
            ["-c", script], program: "/bin/sh", environment: folders(scratch).merging(["VEDETTE": Program.path]) { $1 })
        #expect(result.code == 1)
        #expect(result.notes.contains("the cache of rules was left aside: it cannot be written"))
        #expect(packs(scratch).isEmpty)
    }

    @Test func `without a home there is no cache, and nothing is said of it`() throws {
        let scratch = try TemporaryFolder()
        let rules = try rules(in: scratch)
        let result = try Program.run(
            ["lint", rules], environment: ["HOME": "", "XDG_CACHE_HOME": "", "XDG_STATE_HOME": "not/absolute"])
        #expect(result.code == 1 && !result.errors.contains("cache"))
    }

    @Test(arguments: ["hunt", "lint", "strategy test"])
    func `every command that reads many rules can do without`(command: String) throws {
        let help = try Program.run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(help.output.contains("--no-cache"))
    }
}
