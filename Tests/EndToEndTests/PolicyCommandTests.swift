// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What a strategy's priority and suppressions do to a hunt, from outside.
@Suite struct PolicyCommandTests {
    private let scene: PolicyScene

    init() throws { scene = try PolicyScene() }

    private func hunt(_ arguments: String...) throws -> Program.Result {
        try Program.run(
            [
                "hunt", "--strategies", scene.strategy, "--log-source",
                "product=linux,category=process_creation", scene.input,
            ] + arguments)
    }

    @Test func `the most urgent come first, the suppressed are only counted`() throws {
        let result = try hunt()
        let titles = result.lines.filter { $0.contains("Tool run") }.map { $0.prefix { $0 != " " } }
        #expect(titles == ["CRITICAL", "MEDIUM"])
        #expect(result.output.contains("level     Eve again. (the rule says medium)"))
        #expect(result.output.contains("$ id eve"))
        #expect(result.notes.contains("silenced 1 finding by ci-runner of scene (build-team, until 2999-12-31)"))
        #expect(try !hunt("--brief").output.contains("$ id eve"))
    }

    @Test func `suppressed alerts are shown on demand and raise nothing`() throws {
        let result = try hunt("--show-suppressed", "--output", "jsonl")
        #expect(result.lines.count == 3)
        #expect(result.lines.last?.contains("\"suppressed\":{\"id\":\"ci-runner\"") ?? false)
        #expect(result.notes.contains("1 critical, 1 medium"))
        try scene.write(suppressed: "{User: [runner, bob, eve]}", expires: "2999-12-31")
        #expect(try hunt("--show-suppressed", "--fail-on", "informational").code == 0)
    }

    @Test(
        arguments: [
            ("critical", "high", 1), ("critical", "critical", 1), ("medium", "critical", 1),
            ("informational", "medium", 1),
        ] as [(String, String, Int32)])
    func `thresholds go by priority`(minimum: String, fail: String, code: Int32) throws {
        #expect(try hunt("--min-level", minimum, "--fail-on", fail).code == code)
    }

    @Test func `an expired suppression silences nothing and is told`() throws {
        try scene.write(suppressed: "{User: runner}", expires: "2001-01-01")
        let result = try hunt("--output", "jsonl", "--strict")
        #expect(result.code == 0)
        #expect(result.lines.count == 3)
        #expect(result.notes.contains("ci-runner of scene expired on 2001-01-01 and silences nothing"))
    }

    @Test func `a suppression that hides a recorded attack is refused, aloud, and fatal when strict`() throws {
        try scene.write(suppressed: "{Image|startswith: /bin/}", expires: "2999-12-31")
        let result = try hunt("--output", "jsonl", "--quiet")
        #expect(result.code == 0)
        #expect(result.lines.count == 3)
        #expect(result.notes.contains("`ci-runner` of scene is refused"))
        #expect(result.notes.contains("it would hide the attack `by-root`"))
        #expect(try hunt("--strict").code == 2)
    }
}
