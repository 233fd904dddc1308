// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

@testable import Strategies

@Suite struct RuleNamesTests {
    private static func rule(_ id: String, name: String? = nil) -> String {
        """
        title: Rule \(id)
        id: \(id)0000000-0000-4000-8000-000000000000
        \(name.map { "name: \($0)" } ?? "status: test")
        logsource: {product: linux}
        detection: {selection: {Image: /bin/\(id)}, condition: selection}
        """
    }

    private static let correlation = """
        title: Burst
        id: c0000000-0000-4000-8000-000000000000
        name: burst_of_hits
        correlation: {type: event_count, rules: [hit], group-by: [User], timespan: 1m, condition: {gte: 3}}
        """

    private static func names(_ folder: TemporaryFolder) throws -> RuleNames {
        for (file, documents) in [
            ("rules/plain.yml", [rule("1")]), ("rules/named.yml", [rule("2", name: "other_name")]),
            ("rules/burst.yml", [rule("3", name: "hit"), correlation]),
            ("rules/pair.yml", [rule("4", name: "left"), rule("5", name: "pair")]),
            ("rules/both.yml", [rule("6"), rule("7")]), ("rules/a/twin.yml", [rule("8")]),
            ("rules/b/twin.yml", [rule("9")]),
        ] { try folder.write(documents.joined(separator: "\n---\n").utf8, file) }
        let rules = RuleLoader().load(paths: [folder.path + "/rules"])
        #expect(rules.refused == 0)
        return RuleNames(rules)
    }

    @Test(arguments: [
        ("10000000-0000-4000-8000-000000000000", "1"), ("plain", "1"), ("PLAIN", "1"), ("named", "2"),
        ("Other_Name", "2"), ("burst", "c"), ("burst_of_hits", "c"), ("hit", "3"), ("pair", "5"), ("left", "4"),
    ])
    func `a rule goes by id, name and file`(name: String, first: Character) throws {
        let folder = try TemporaryFolder()
        guard case .rule(let identifier) = try Self.names(folder).meaning(of: name) else {
            Issue.record("\(name) is no rule")
            return
        }
        #expect(identifier.first == first)
    }

    @Test(arguments: [("both", ["6", "7"]), ("twin", ["8", "9"])] as [(String, [Character])])
    func `a name of several rules names none`(name: String, first: [Character]) throws {
        let folder = try TemporaryFolder()
        guard case .several(let found) = try Self.names(folder).meaning(of: name) else {
            Issue.record("\(name) is not ambiguous")
            return
        }
        #expect(found.compactMap(\.first) == first)
    }

    @Test(arguments: [
        ("plian", "plain"), ("other-name", "other_name"), ("bursts", "burst"), ("something_else", nil), ("", nil),
        ("plain.yml", nil), (String(repeating: "p", count: 10_000), nil),
    ])
    func `what comes nearest to a name is suggested`(name: String, nearest: String?) throws {
        let folder = try TemporaryFolder()
        #expect(try Self.names(folder).meaning(of: name) == .unknown(nearest: nearest))
    }

    @Test func `names in blocks and cases become identifiers, and what cannot is located`() throws {
        let folder = try TemporaryFolder()
        _ = try Self.names(folder)
        let document = """
            # Scene

            ## Blind Spots and Assumptions

            ```yaml vedette
            blind_spots:
              - {id: spot, statement: x, rules: [plain, twin, nothing]}
            ```

            ## Validation

            ```yaml vedette
            validation:
              - {id: step, what: x, expect: [burst]}
            ```
            """
        try folder.write(document.utf8, "strategy.md")
        try folder.write(
            "cases:\n  - {name: a, kind: attack, files: [a.log], fires: [plain, {rule: named, level: high}, plaim]}\n"
                .utf8, "telemetry/cases.yml")
        let loaded = LoadedStrategy(try #require(try Strategy(path: folder.path)))
        func id(_ first: Character) -> String { "\(first)0000000-0000-4000-8000-000000000000" }
        #expect(loaded.document.blocks.blindSpots[0].rules == [id("1"), "nothing"])
        #expect(loaded.document.blocks.validation[0].expect == [id("c")])
        #expect(loaded.cases[0].fires.map(\.rule) == [id("1"), id("2"), "plaim"])
        #expect(
            loaded.diagnostics.map { "\($0.location.line) \($0.code)" } == [
                "7 rule-ambiguous", "7 rule-unknown", "2 rule-unknown",
            ])
        #expect(loaded.diagnostics.last?.message.hasSuffix("; did you mean 'plain'?") == true)
    }
}
