// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

/// The demonstration: all recordings of all strategies in one hunt, and what the first page promises in full.
@Suite struct DemoTests {
    /// One recording of each kind the demonstration is about: code on the command line, a script, compiled code, a
    /// terminal of its own, code in layers; a container with the host's root, one thrown away, an image changed.
    static let promised = [
        "python-execution/telemetry/inline-os-system.", "python-execution/telemetry/script-runs-shell.",
        "python-execution/telemetry/compiled-bytecode.", "python-execution/telemetry/inline-pty-spawn.",
        "python-execution/telemetry/encoded-inline-code.", "container-evasion/telemetry/host-root-mounted.",
        "container-evasion/telemetry/thrown-away-container.",
        "container-evasion/telemetry/running-container-committed.",
    ]

    /// Hunts everything, or only what is promised.
    private static func hunt(_ output: String, everything: Bool = false) throws -> Program.Result {
        var paths = StrategyCase.strategies.map { "Strategies/\($0.id)/telemetry" }
        if !everything {
            paths = StrategyCase.all.flatMap(\.telemetry.files).filter { file in
                promised.contains { file.contains("/Strategies/" + $0) }
            }.map { String($0.dropFirst(Checkout.root.count + 1)) }
        }
        return try Program.run(["hunt", "--strategies", "Strategies", "--output", output, "--quiet"] + paths)
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

    @Test func `what is promised raises the alerts agreed, byte for byte`() throws {
        let result = try Self.hunt("jsonl")
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(!result.output.contains(Checkout.root), "paths are as the user named them")
        try check(result.output, "promised.jsonl")
        #expect(try Self.hunt("jsonl").output == result.output, "a second run gives the same bytes")
    }

    @Test func `what is promised is shown as agreed`() throws {
        try check(try Self.hunt("table").output, "promised.txt")
    }

    /// All alerts in full would be megabytes, so each is a line here and a digest of its bytes.
    @Test func `the whole demonstration raises the alerts agreed`() throws {
        let result = try Self.hunt("jsonl", everything: true)
        #expect(result.code == 0)
        let index = try result.lines.map { line in
            let alert = try JSONDecoder().decode(Alert.self, from: Data(line.utf8))
            let place = alert.source.map { "\($0.path.split(separator: "/").last ?? ""):\($0.position)" } ?? "-"
            let digest = String(Self.digest(line), radix: 16)
            return
                "\(alert.level.rawValue) | \(alert.rule.title) | \(alert.count) | \(alert.entity.id) | \(place) | \(digest)"
        }
        try check(index.joined(separator: "\n") + "\n", "everything.txt")
    }

    @Test func `the alert on the first page is one of them`() throws {
        let page = try String(contentsOfFile: Checkout.root + "/README.md", encoding: .utf8)
        let example = try #require(page.components(separatedBy: "```").dropFirst().first)
        #expect(example.contains("when "))
        #expect(try Self.hunt("table").output.contains(example.trimmingCharacters(in: .newlines)))
    }

    /// FNV-1a (RFC 9923) with 64 bits.
    private static func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
