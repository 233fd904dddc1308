// SPDX-License-Identifier: Apache-2.0
import Alerts
import Proving
import Sigma
import Strategies
import Testing

@Suite struct SuppressionCheckTests {
    private static func suppression(
        _ id: String, _ match: String, rules: String = "", expires: String = "2099-01-01"
    ) -> String {
        "  - {id: \(id), characteristic: x, owner: y, expires: \(expires), match: {s: {\(match)}}\(rules)}\n"
    }

    private static func document(_ suppressions: String...) -> String {
        let list = suppressions.isEmpty ? "" : "suppressions:\n" + suppressions.joined()
        return "# Scene\n\n## False Positives\n\n```yaml vedette\n\(list)```\n"
    }

    private static func check(_ folder: StrategyFolder) throws -> SuppressionCheck {
        var memory = ReplayMemory()
        return try SuppressionCheck(folder.load(), memory: &memory)
    }

    private static func policies(_ folder: StrategyFolder) throws -> StrategyPolicies {
        var memory = ReplayMemory()
        return StrategyPolicies([try folder.load()], memory: &memory)
    }

    @Test func `a suppression that hides an attack is found, with the attack and the rule`() throws {
        let document = Self.document(
            Self.suppression("hides-both", "Image|startswith: /bin/"),
            Self.suppression("hides-one", "User: runner", expires: "2001-01-01"),
            Self.suppression("benign", "User: backup"),
            Self.suppression("other-rule", "User: root", rules: ", rules: [other_run]"))
        let check = try Self.check(StrategyFolder(document: document))
        #expect(check.unchecked == [])
        #expect(
            check.conflicts.map { "\($0.suppression) \($0.caseName) \($0.hits)" } == [
                "hides-both by-root 1", "hides-both by-runner 1", "hides-one by-runner 1",
            ])
        #expect(check.conflicts[0].rules == ["11111111-0000-4000-8000-000000000000"])
    }

    @Test func `a conflicting suppression is refused, the others are not`() throws {
        let document = Self.document(
            Self.suppression("hides-both", "Image|startswith: /bin/"), Self.suppression("benign", "User: backup"))
        let policy = try #require(try Self.policies(StrategyFolder(document: document)).policies.first)
        #expect(policy.refusals == ["hides-both": "it would hide the attack `by-root` and 1 more"])
    }

    @Test func `without suppressions the cases do not matter`() throws {
        let broken = "this is no list of cases"
        #expect(try Self.check(StrategyFolder(cases: broken)).conflicts.isEmpty)
        let folder = try StrategyFolder(cases: broken, document: Self.document(Self.suppression("ci", "User: x")))
        #expect(throws: StrategyError.self) { try Self.check(folder) }
    }

    @Test func `a recording that cannot be read is named`() throws {
        let folder = try StrategyFolder(document: Self.document(Self.suppression("ci", "User: x")))
        try folder.write("telemetry/root.jsonl", "{\"Image\": \"/bin/tool\", \n")
        let check = try Self.check(folder)
        #expect(check.unchecked.count == 1)
        #expect(check.unchecked[0].hasPrefix("by-root: "))
    }

    private static let acting = """
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
        let read = try Self.policies(StrategyFolder(document: Self.acting))
        #expect(read.problems == [])
        let policy = try #require(read.policies.first)
        #expect(policy.blocks.suppressions.map(\.id) == ["everything", "backup"])
        #expect(policy.refusals.keys.sorted() == ["everything"])
        #expect(policy.blocks.priority?.defaultLevel == .low)
        #expect(policy.blocks.priority?.criteria.map(\.because) == ["Root runs it."])
        #expect(policy.guidance.goal == "Catch tools.")
        #expect(policy.guidance.technicalContext == nil)
        // Names have become identifiers.
        #expect(policy.guidance.blindSpots.map(\.rules) == [["11111111-0000-4000-8000-000000000000"]])
        // Prose stands in where there is no block.
        #expect(policy.guidance.response.map(\.action) == ["Look at the account.", "Contain the host."])
        #expect(policy.guidance.response.map(\.id) == ["response-1", "response-2"])
    }

    @Test func `where the attacks cannot be read every suppression is refused`() throws {
        let folder = try StrategyFolder(cases: "cases: [{name: x}]", document: Self.acting)
        let policy = try #require(try Self.policies(folder).policies.first)
        #expect(policy.refusals.count == 2)
        #expect(policy.refusals.values.allSatisfy { $0.contains("cannot be held against") })
    }

    @Test func `what a document says wrongly is told with its place`() throws {
        let text = "# Scene\n\n## Priority\n\n```yaml vedette\npriority: {default: loud}\n```\n"
        let read = try Self.policies(StrategyFolder(document: text))
        #expect(read.problems.count == 1)
        #expect(read.problems.first?.contains("strategy.md:6") ?? false)
    }

    @Test func `a name of a rule that does not act is told as well`() throws {
        let document = Self.document(Self.suppression("ci", "User: x", rules: ", rules: [tool_rum, rules]"))
        let problems = try Self.policies(StrategyFolder(document: document)).problems
        #expect(problems.count == 2)
        #expect(problems.contains { $0.contains("'tool_rum'") && $0.hasSuffix("did you mean 'tool_run'?") })
        #expect(problems.contains { $0.contains("'rules', which several rules are called") })
    }
}
