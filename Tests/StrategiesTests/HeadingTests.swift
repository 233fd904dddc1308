// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Strategies

struct HeadingTests {
    @Test(arguments: [
        ("Goal", SectionKind.goal), ("1. Goal", .goal), ("  OBJECTIVE:", .goal), ("Overview", .goal),
        ("Categorisation", .categorization), ("MITRE ATT&CK", .categorization),
        ("ATT&CK Mapping", .categorization), ("Strategy Abstract", .strategyAbstract),
        ("3) Detection Logic", .strategyAbstract), ("Technical Background", .technicalContext),
        ("Blind Spots & Assumptions", .blindSpots), ("Blind Spots and Assumptions", .blindSpots),
        ("Limitations", .blindSpots), ("Known False Positives", .falsePositives), ("IV. Tuning", .falsePositives),
        ("Alert Priority", .priority), ("Severity", .priority),
        ("Validation (Adversary Emulation)", .validation), ("Test Plan", .validation),
        ("2.8 Response Procedures", .response), ("Triage", .response), ("✅ Response", .response),
        ("Further reading", .additionalResources), ("References [external]", .additionalResources),
    ])
    func `a heading finds its section by name or synonym`(heading: String, kind: SectionKind) {
        #expect(SectionKind.named(by: heading)?.kind == kind)
    }

    @Test(arguments: ["AutoIt Script Execution", "", "Goalkeeper", "Priorities of the team", "###", "(Goal)"])
    func `other headings find none`(heading: String) {
        #expect(SectionKind.named(by: heading) == nil)
    }

    @Test(arguments: [
        ("# **Goal**\ntext", [SectionKind.goal]),
        ("Goal\n====\ntext\n\nResponse\n---\n", [.goal, .response]),
        ("# T\n## Response\n### Triage\nx\n### Overview\ny\n", [.response]),
        ("# T\n## Blind Spots and Assumptions\n### Blind Spots\nx\n### Assumptions\n", [.blindSpots]),
        ("# T\n## Blind Spots\nx\n## Assumptions\n", [.blindSpots, .blindSpots]),
        ("# T\n### Goal\n### Priority\n## Severity: High\n", [.goal, .priority, .priority]),
        ("> # Goal\n\n- # Response\n", []),
        ("# Detection Strategy\n## Goal\n", [.goal]),
    ])
    func `sections are cut at their headings whatever the level`(text: String, kinds: [SectionKind]) {
        #expect(document(text).sections.compactMap(\.kind) == kinds)
    }

    @Test(arguments: [
        ("# A title\n## Goal\n", "A title"), ("# A `b` *c*\n", "A b c"), ("# Goal\n# Priority\n", ""),
        ("## Goal\n", ""), ("# Detection Strategy\n## Goal\n", "Detection Strategy"), ("", ""),
        ("Title\r\n=====\r\n", "Title"),
    ])
    func `the title is the heading above the sections`(text: String, title: String) {
        #expect(document(text).title == title)
    }
}
