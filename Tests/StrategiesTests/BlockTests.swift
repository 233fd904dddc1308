// SPDX-License-Identifier: Apache-2.0
import Sigma
import TestSupport
import Testing

@testable import Strategies

struct BlockTests {
    @Test func `every block of the reference page is read`() throws {
        let categorization = document(
            block: """
                categorization:
                  attack: 18.1
                  techniques: [T1059.006]
                  tactics: [execution]
                  platforms: [linux, windows]
                  analytics:
                    AN0174:
                      ScriptDir: {values: [/tmp, /dev/shm]}
                      ScheduledContext: {learned: "hours"}
                      NetworkActivity: {unbound: "no telemetry"}
                """, in: .categorization)
        #expect(categorization.diagnostics.isEmpty)
        let read = try #require(categorization.blocks.categorization)
        #expect(read.attack == "18.1")
        #expect(read.analytics.map(\.element) == ["ScriptDir", "ScheduledContext", "NetworkActivity"])
        #expect(
            read.analytics.map(\.binding) == [
                .values(["/tmp", "/dev/shm"]), .learned("hours"), .unbound("no telemetry"),
            ])
        #expect(read.analytics[0].location.line == 13)

        let suppressions = document(
            block: """
                suppressions:
                  - id: ci
                    characteristic: The build account.
                    rules: [a]
                    match:
                      selection:
                        User: runner
                        CurrentDirectory|startswith: /builds/
                    owner: team
                    expires: 2027-06-30
                    reason: Reviewed.
                """, in: .falsePositives)
        #expect(suppressions.diagnostics.isEmpty)
        let suppression = try #require(suppressions.blocks.suppressions.first)
        #expect(suppression.match.conditions == [.search("selection")])
        #expect(suppression.expires == "2027-06-30")
        #expect(suppression.location.line == 7)

        let priority = document(
            block: """
                priority:
                  default: rule
                  criteria:
                    - level: critical
                      because: A service.
                      match:
                        a: {User: www-data}
                        b: {User: root}
                        condition: a and not b
                """, in: .priority)
        #expect(priority.diagnostics.isEmpty)
        #expect(priority.blocks.priority?.criteria.first?.level == .critical)

        let playbook = document(
            block: """
                playbook:
                  - id: who
                    do: Read the ancestors.
                    command: "ausearch --session {ses}"
                    decide:
                      - {if: "announced", then: close}
                      - {if: "a service", then: contain}
                  - id: contain
                    do: Freeze the tree.
                """, in: .response)
        #expect(playbook.diagnostics.isEmpty)
        #expect(playbook.blocks.playbook.map(\.decisions.count) == [2, 0])
    }

    @Test(arguments: [
        (
            "data:\n  - id: a\n    logsource: {product: linux}\n    colour: red", SectionKind.strategyAbstract,
            StrategyFindingCode.blockUnknownKey, 9
        ),
        ("data: 5", .strategyAbstract, .blockWrongType, 6),
        ("data:\n  - id: a", .strategyAbstract, .blockMissingKey, 7),
        ("dataa: []", .strategyAbstract, .blockUnknownKey, 6),
        ("- a", .strategyAbstract, .blockWrongType, 6),
        ("blind_spots:\n  - {id: a, statement: x}\n  - {id: a, statement: y}", .blindSpots, .blockDuplicate, 8),
        ("blind_spots:\n  - {id: [a], statement: x}", .blindSpots, .blockWrongType, 7),
        ("blind_spots:\n  - {id: a, statement: x}", .response, .blockMisplaced, 7),
        ("assumptions:\n  - {id: a, statement: x, probe: {kind: guess, run: x}}", .blindSpots, .blockBadValue, 7),
        ("priority: {default: urgent}", .priority, .blockBadValue, 6),
        ("priority:\n  criteria:\n    - {level: high, because: x}", .priority, .blockMissingKey, 8),
        ("validation:\n  - {id: a, what: x, kind: maybe}", .validation, .blockBadValue, 7),
        ("playbook:\n  - {id: a, do: x, decide: [{if: x, then: nowhere}]}", .response, .blockBadValue, 7),
        (
            "suppressions:\n  - {id: a, characteristic: x, match: {s: {A: b}}, expires: soon}", .falsePositives,
            .blockBadValue, 7
        ),
        ("categorization: {attack: 18.1}", .categorization, .blockMissingKey, 6),
    ])
    func `what is not understood is located`(block: String, section: SectionKind, code: StrategyFindingCode, line: Int)
    {
        let diagnostics = document(block: block, in: section).diagnostics
        #expect(diagnostics.map(\.code) == [code.rawValue])
        #expect(diagnostics.first?.location.line == line)
        #expect(diagnostics.first?.severity == code.severity)
    }

    @Test func `a suppression that is not wholly understood does not silence`() {
        for expires in ["2027-02-30", "tomorrow", "[2027-01-01]"] {
            let document = document(
                block: "suppressions:\n  - {id: a, characteristic: x, match: {s: {A: b}}, expires: \(expires)}",
                in: .falsePositives)
            #expect(document.blocks.suppressions.isEmpty)
            #expect(document.diagnostics.count == 1)
        }
    }

    @Test(arguments: [
        ("{s: {A|contain: b}}", "unknown-modifier"), ("{s: {A: b}, t: {A: c}}", "missing-condition"),
        ("{s: {A: b}, condition: t}", "unknown-search"), ("[]", "missing-detection"), ("{}", "missing-detection"),
    ])
    func `matchers are Sigma detections, with Sigma's findings`(match: String, code: String) {
        let document = document(
            block: "suppressions:\n  - id: a\n    characteristic: x\n    match: \(match)", in: .falsePositives)
        #expect(document.diagnostics.map(\.code) == [code])
        #expect(document.diagnostics.first?.location.line == 9)
        #expect(document.blocks.suppressions.isEmpty)
    }

    @Test func `a detection is read from text with the lines of its document`() {
        let good = RuleLoader().detection(text: "sel:\n  A: b\n", file: "f", firstLine: 10)
        #expect(good.detection?.searches.first?.location.line == 10)
        #expect(good.diagnostics.isEmpty)
        let bad = RuleLoader().detection(text: "sel:\n  A|x: b\n", file: "f", firstLine: 10)
        #expect(bad.detection == nil)
        #expect(bad.diagnostics.map(\.location.line) == [11])
        #expect(RuleLoader().detection(text: "", file: "f").diagnostics.count == 1)
    }
}
