// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Pipeline
import Sigma
import Strategies
import TestSupport
import Testing

@Suite struct SuppressionCheckTests {
    /// A strategy's folder with two attacks and a benign case, gone when the test is over.
    private final class Folder {
        let path: String
        init(cases: String? = nil, document: String? = nil) throws {
            path = FileManager.default.temporaryDirectory.path + "/vedette-policy-\(UUID().uuidString)/scene"
            for folder in ["rules", "telemetry"] {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            }
            try write("strategy.md", document ?? "# Scene\n")
            try write("rules/rules.yml", PolicyScene.rulesText)
            try write(
                "telemetry/cases.yml",
                cases ?? """
                    cases:
                      - {name: by-root, kind: attack, files: [root.jsonl], fires: [11111111-0000-4000-8000-000000000000],
                         log_source: {product: linux, category: process_creation}}
                      - {name: by-runner, kind: attack, files: [runner.jsonl], fires: [22222222-0000-4000-8000-000000000000],
                         log_source: {product: linux, category: process_creation}}
                      - {name: by-backup, kind: benign, files: [backup.jsonl],
                         log_source: {product: linux, category: process_creation}}
                    """)
            for (user, image) in [("root", "tool"), ("runner", "other"), ("backup", "tool")] {
                try write(
                    "telemetry/\(user).jsonl",
                    "{\"Image\": \"/bin/\(image)\", \"User\": \"\(user)\", \"UtcTime\": \"2026-11-21 20:24:05.000\"}\n")
            }
        }
        deinit { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        }
    }

    private static func check(_ suppressions: [StrategyPolicy.Suppression], _ folder: Folder) throws -> SuppressionCheck
    {
        let strategy = try #require(try Strategy(path: folder.path))
        var policy = StrategyPolicy(strategy: StrategyReference(strategy))
        policy.suppressions = suppressions
        return try SuppressionCheck(policy, strategy: strategy)
    }

    @Test func `a suppression that hides an attack is found, with the attack and the rule`() throws {
        let check = try Self.check(
            [
                PolicyScene.suppression("hides-both", "Image|startswith", ["/bin/"]),
                PolicyScene.suppression("hides-one", "User", ["runner"], expires: "2001-01-01"),
                PolicyScene.suppression("benign", "User", ["backup"]),
                PolicyScene.suppression("other-rule", "User", ["root"], rules: ["other_run"]),
            ], Folder())
        #expect(check.unchecked == [])
        #expect(
            check.conflicts.map { "\($0.suppression) \($0.caseName) \($0.hits)" } == [
                "hides-both by-root 1", "hides-both by-runner 1", "hides-one by-runner 1",
            ])
        #expect(check.conflicts[0].rules == ["11111111-0000-4000-8000-000000000000"])
    }

    @Test func `a conflicting suppression is refused, the others are not`() throws {
        let folder = try Folder()
        var policy = StrategyPolicy(strategy: PolicyScene.strategy)
        policy.suppressions = [
            PolicyScene.suppression("hides-both", "Image|startswith", ["/bin/"]),
            PolicyScene.suppression("benign", "User", ["backup"]),
        ]
        let refused = try Self.check(policy.suppressions, folder).refusing(in: policy)
        #expect(refused.suppressions.map(\.refusal) == ["it would hide the attack `by-root` and 1 more", nil])
    }

    @Test func `without suppressions nothing is read`() throws {
        let folder = try Folder(cases: "this is no list of cases")
        #expect(try Self.check([], folder).conflicts.isEmpty)
        #expect(throws: StrategyError.self) {
            try Self.check([PolicyScene.suppression("ci", "User", ["x"])], folder)
        }
    }

    @Test func `a recording that cannot be read is named`() throws {
        let folder = try Folder()
        try folder.write("telemetry/root.jsonl", "{\"Image\": \"/bin/tool\", \n")
        let check = try Self.check([PolicyScene.suppression("ci", "User", ["x"])], folder)
        #expect(check.unchecked.count == 1)
        #expect(check.unchecked[0].hasPrefix("by-root: "))
    }

    private static let document = """
        # Scene

        ## Goal

        Catch *tools*.

        ## Blind Spots and Assumptions

        ```yaml vedette
        blind_spots:
          - id: renamed
            statement: A renamed tool is not seen.
            rules: [tool_run]
        ```

        ## False Positives

        ```yaml vedette
        suppressions:
          - id: everything
            characteristic: Anything at all.
            match: {selection: {Image|startswith: /bin/}}
            owner: team
            expires: 2099-01-01
            reason: Too loud.
          - id: backup
            characteristic: The backup.
            match: {selection: {User: backup}}
            owner: team
            expires: 2099-01-01
        ```

        ## Priority

        ```yaml vedette
        priority:
          default: low
          criteria:
            - {level: critical, because: Root runs it., match: {selection: {User: root}}}
        ```

        ## Response

        1. Look at the **account**.
        2. Contain the host.
        """

    @Test func `a strategy's document acts: read, checked, compiled`() throws {
        let folder = try Folder(document: Self.document)
        let strategy = try #require(try Strategy(path: folder.path))
        let read = StrategyPolicies([strategy])
        #expect(read.problems == [])
        let policy = try #require(read.policies.first)
        #expect(policy.suppressions.map(\.id) == ["everything", "backup"])
        #expect(policy.suppressions.map(\.reason) == ["Too loud.", "The backup."])
        #expect(policy.suppressions.map { $0.refusal != nil } == [true, false])
        #expect(policy.defaultLevel == .low)
        #expect(policy.criteria.map(\.because) == ["Root runs it."])
        #expect(policy.guidance.goal == "Catch tools.")
        #expect(policy.guidance.technicalContext == nil)
        #expect(policy.guidance.blindSpots.map(\.rules) == [["tool_run"]])
        // Prose stands in where there is no block.
        #expect(policy.guidance.response.map(\.action) == ["Look at the account.", "Contain the host."])
        #expect(policy.guidance.response.map(\.id) == ["response-1", "response-2"])
    }

    @Test func `where the attacks cannot be read every suppression is refused`() throws {
        let folder = try Folder(cases: "cases: [{name: x}]", document: Self.document)
        let strategy = try #require(try Strategy(path: folder.path))
        let policy = try #require(StrategyPolicies([strategy]).policies.first)
        #expect(policy.suppressions.allSatisfy { $0.refusal?.contains("cannot be held against") ?? false })
    }

    @Test func `what a document says wrongly is told with its place`() throws {
        let folder = try Folder(document: "# Scene\n\n## Priority\n\n```yaml vedette\npriority: {default: loud}\n```\n")
        let strategy = try #require(try Strategy(path: folder.path))
        let read = StrategyPolicies([strategy])
        #expect(read.problems.count == 1)
        #expect(read.problems.first?.contains("strategy.md:6") ?? false)
    }
}
