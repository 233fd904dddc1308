// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What a strategy's priority and suppressions do to a hunt, from outside.
@Suite struct PolicyCommandTests {
    private static let rule = """
        title: Tool run
        id: 11111111-0000-4000-8000-000000000000
        status: test
        level: medium
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /tool}
          condition: selection
        """

    private static let cases = """
        cases:
          - {name: by-root, kind: attack, files: [root.jsonl], fires: [11111111-0000-4000-8000-000000000000],
             log_source: {product: linux, category: process_creation}}
        """

    private static func start(_ user: String) -> String { "{\"Image\": \"/bin/tool\", \"User\": \"\(user)\"}\n" }

    private let folder: TemporaryFolder
    private let input: String

    init() throws {
        folder = try TemporaryFolder()
        input = try folder.write(["bob", "eve", "runner"].map(Self.start).joined().utf8, "input.jsonl")
        _ = try folder.write(Self.rule.utf8, "scene/rules/tool.yml")
        _ = try folder.write(Self.cases.utf8, "scene/telemetry/cases.yml")
        _ = try folder.write(Self.start("root").utf8, "scene/telemetry/root.jsonl")
        try write(suppressed: "{User: runner}", expires: "2999-12-31")
    }

    private func write(suppressed: String, expires: String) throws {
        let document = """
            # Scene

            ## False Positives

            ```yaml vedette
            suppressions:
              - id: ci-runner
                characteristic: The build account.
                match: {selection: \(suppressed)}
                owner: build-team
                expires: \(expires)
            ```

            ## Priority

            ```yaml vedette
            priority:
              criteria:
                - {level: critical, because: Eve again., match: {selection: {User: eve}}}
            ```

            ## Response

            ```yaml vedette
            playbook:
              - {id: look, do: Look at the account., command: "id {User}"}
            ```
            """
        _ = try folder.write(document.utf8, "scene/strategy.md")
    }

    private func hunt(_ arguments: String...) throws -> Program.Result {
        try Program.run(
            [
                "hunt", "--strategies", folder.path + "/scene", "--log-source",
                "product=linux,category=process_creation", input,
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
        try write(suppressed: "{User: [runner, bob, eve]}", expires: "2999-12-31")
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
        try write(suppressed: "{User: runner}", expires: "2001-01-01")
        let result = try hunt("--output", "jsonl", "--strict")
        #expect(result.code == 0)
        #expect(result.lines.count == 3)
        #expect(result.notes.contains("ci-runner of scene expired on 2001-01-01 and silences nothing"))
    }

    @Test func `a suppression that hides a recorded attack is refused, aloud, and fatal when strict`() throws {
        try write(suppressed: "{Image|startswith: /bin/}", expires: "2999-12-31")
        let result = try hunt("--output", "jsonl", "--quiet")
        #expect(result.code == 0)
        #expect(result.lines.count == 3)
        #expect(result.notes.contains("`ci-runner` of scene is refused"))
        #expect(result.notes.contains("it would hide the attack `by-root`"))
        #expect(try hunt("--strict").code == 2)
    }
}
