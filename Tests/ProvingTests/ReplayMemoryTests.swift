// SPDX-License-Identifier: Apache-2.0
import Foundation
import Strategies
import Testing

@testable import Proving

@Suite struct ReplayMemoryTests {
    /// Asks for a result; tells whether it had to be made.
    private static func isMade(
        _ folder: StrategyFolder, _ memory: inout ReplayMemory, _ kind: ReplayMemory.Kind = .verdicts,
        anew: Bool = false
    ) throws -> Bool {
        var isMade = false
        let result = memory.result(kind, of: try folder.load(cache: folder.cache), anew: anew) { _ in
            isMade = true
            return ["found"]
        }
        #expect(result == ["found"])
        return isMade
    }

    private static func isMade(_ folder: StrategyFolder) throws -> Bool {
        var memory = ReplayMemory(folder.cache)
        defer { #expect(memory.notes.isEmpty) }
        return try isMade(folder, &memory)
    }

    @Test func `what was found is remembered, each kind for itself`() throws {
        let folder = try StrategyFolder()
        #expect(try Self.isMade(folder))
        #expect(try !Self.isMade(folder))
        var memory = ReplayMemory(folder.cache)
        #expect(try Self.isMade(folder, &memory, .suppressions))
        #expect(try Self.isMade(folder, &memory, anew: true))
    }

    @Test(arguments: [
        ("strategy.md", "# Scene \n"), ("rules/rules.yml", "title: Tool run\n"), ("rules/more.yml", "title: More\n"),
        ("telemetry/root.jsonl", "{}\n"), ("emulations/T1.yml", "atomic_tests: []\n"),
        ("telemetry/cases.yml", "cases: []\n"),
    ])
    func `a change of anything it rests on makes it anew`(file: String, text: String) throws {
        let folder = try StrategyFolder()
        _ = try Self.isMade(folder)
        try folder.write(file, text)
        #expect(try Self.isMade(folder))
        #expect(try !Self.isMade(folder))
    }

    @Test func `without a cache nothing is remembered`() throws {
        let folder = try StrategyFolder()
        for _ in 0..<2 {
            var memory = ReplayMemory()
            #expect(try Self.isMade(folder, &memory))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.results))
    }

    @Test func `a recording that changes while it is replayed is not remembered`() throws {
        let folder = try StrategyFolder()
        var memory = ReplayMemory(folder.cache)
        _ = memory.result(.verdicts, of: try folder.load(cache: folder.cache)) { _ in
            try? folder.write("telemetry/root.jsonl", "{}\n")
            return ["old"]
        }
        #expect(try Self.isMade(folder))
    }

    @Test(arguments: ["torn", "changed", "empty", "foreign"])
    func `a file that is not what was written is left aside, in words`(how: String) throws {
        let folder = try StrategyFolder()
        _ = try Self.isMade(folder)
        let file = URL(filePath: try #require(try folder.keptFiles().first))
        var bytes = [UInt8](try Data(contentsOf: file))
        switch how {
        case "torn": bytes.removeLast(bytes.count / 2)
        case "changed": bytes[2] ^= 1
        case "empty": bytes = []
        default:
            // Sealed under the same key, but for another question.
            try folder.write("telemetry/root.jsonl", "{}\n")
            _ = try Self.isMade(folder)
            let other = try #require(try folder.keptFiles().first { $0 != file.path })
            bytes = [UInt8](try Data(contentsOf: URL(filePath: other)))
            try folder.write("telemetry/root.jsonl", Self.root)
        }
        try Data(bytes).write(to: file)
        var memory = ReplayMemory(folder.cache)
        #expect(try Self.isMade(folder, &memory))
        #expect(memory.notes == ["what earlier replays found was left aside: it is damaged"])
        #expect(try !Self.isMade(folder))
    }

    private static let root =
        "{\"Image\": \"/bin/tool\", \"User\": \"root\", \"UtcTime\": \"2026-11-21 20:24:05.000\"}\n"

    @Test func `remembered verdicts and suppressions are those of a replay`() throws {
        let document = """
            # Scene

            ## False Positives

            ```yaml vedette
            suppressions:
              - {id: all, characteristic: x, match: {s: {Image|startswith: /bin/}}, owner: y, expires: 2099-01-01}
            ```
            """
        let folder = try StrategyFolder(document: document)
        func find(_ memory: inout ReplayMemory) throws -> (StrategyTestReport, SuppressionCheck) {
            let strategy = try folder.load(cache: folder.cache)
            return (
                try StrategyTester().run(strategy, memory: &memory), try SuppressionCheck(strategy, memory: &memory)
            )
        }
        var memory = ReplayMemory(folder.cache)
        let first = try find(&memory)
        var again = ReplayMemory(folder.cache)
        let second = try find(&again)
        #expect(first == second)
        #expect(second.1.conflicts.map(\.caseName) == ["by-root", "by-runner"])
        #expect(second.0.cases.map(\.passed) == [true, true, false], "the benign case fires")
        #expect(try folder.keptFiles().count == 2)
    }
}
