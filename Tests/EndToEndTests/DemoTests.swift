// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The whole demonstration: all recordings of both strategies in one hunt.
@Suite struct DemoTests {
    private static func hunt(_ output: String) throws -> Program.Result {
        try Program.run([
            "hunt", "--strategies", "Strategies", "--output", output, "--quiet",
            "Strategies/container-evasion/telemetry", "Strategies/python-execution/telemetry",
        ])
    }

    /// Compares with a file beside this one; `VEDETTE_UPDATE_GOLDEN=1` rewrites the file instead.
    private func check(_ text: String, _ name: String) throws {
        let path = Checkout.root + "/Tests/EndToEndTests/Golden/" + name
        if ProcessInfo.processInfo.environment["VEDETTE_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: URL(filePath: path))
            return
        }
        let expected = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, pair) in zip(lines, wanted).enumerated() where pair.0 != pair.1 {
            Issue.record("\(name):\(index + 1) is\n\(pair.0)\ninstead of\n\(pair.1)")
            return
        }
        #expect(lines.count == wanted.count)
    }

    @Test func `the alerts are as agreed, byte for byte`() throws {
        let result = try Self.hunt("jsonl")
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(!result.output.contains(Checkout.root), "paths are as the user named them")
        try check(result.output, "demo.jsonl")
    }

    @Test func `the alerts are shown as agreed`() throws { try check(try Self.hunt("table").output, "demo.txt") }

    @Test func `the alert on the first page is one of them`() throws {
        let page = try String(contentsOfFile: Checkout.root + "/README.md", encoding: .utf8)
        let example = try #require(page.components(separatedBy: "```").dropFirst().first)
        #expect(example.contains("when "))
        #expect(try Self.hunt("table").output.contains(example.trimmingCharacters(in: .newlines)))
    }

    @Test func `a second run gives the same bytes`() throws {
        #expect(try Self.hunt("jsonl").output == Self.hunt("jsonl").output)
    }
}
