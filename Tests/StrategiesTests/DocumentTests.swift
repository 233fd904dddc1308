// SPDX-License-Identifier: Apache-2.0
import Sigma
import TestSupport
import Testing

@testable import Strategies

struct DocumentTests {
    private static let sample = """
        # Title

        before

        ## Goal

        Find *it* with `code` in [a link](https://example.org).
        Second line.

        ## Own Section
        kept

        ## Validation (Adversary Emulation)

        1. **Run:** `python3 x.py`
           - nested
             ```python
             import os
             ```

        | a | b |
        |---|---|
        | 1 | `2` |

            indented
        """

    @Test func `sections keep their bytes, their prose and their places`() throws {
        let document = document(Self.sample)
        #expect(document.sections.map(\.heading) == ["Goal", "Own Section", "Validation (Adversary Emulation)"])
        #expect(document.sections.map(\.kind) == [.goal, nil, .validation])
        #expect(document.sections.map(\.location.line) == [5, 10, 13])
        let goal = try #require(document.section(.goal))
        #expect(goal.prose == "Find it with code in a link. Second line.")
        #expect(
            String(decoding: document.bytes[goal.body], as: UTF8.self)
                == "\nFind *it* with `code` in [a link](https://example.org).\nSecond line.\n\n")
        #expect(goal.passages.first?.links == ["https://example.org"])
    }

    @Test func `lists, tables and code are found with their lines`() throws {
        let section = try #require(document(Self.sample).section(.validation))
        #expect(section.passages.map(\.text) == ["Run: python3 x.py", "nested", "a | b", "1 | 2"])
        #expect(section.passages.map(\.location.line) == [15, 16, 21, 23])
        #expect(section.passages.map(\.depth) == [1, 2, 0, 0])
        #expect(section.passages[0].strong == ["Run:"])
        #expect(section.passages[0].code.map(\.text) == ["python3 x.py"])
        #expect(section.code.map(\.text) == ["import os\n", "indented\n"])
        #expect(section.code.map(\.location.line) == [18, 25])
        #expect(section.code[0].language == "python")
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `the bytes are kept and the sections cover what follows the first heading`(end: String) throws {
        let text = "# T\nx\n## Goal\na\n## Other\nb\n## Response\nc".replacing("\n", with: end)
        let document = document(text)
        #expect(document.bytes == Array(text.utf8))
        #expect(document.sections.map(\.location.line) == [3, 5, 7])
        #expect(
            document.sections.map { String(decoding: document.bytes[$0.body], as: UTF8.self) }
                == ["a" + end, "b" + end, "c"])
    }

    @Test(arguments: [
        ("", 0), ("\u{FEFF}# T\n## Goal\n", 0), ("\0\0# x\n", 0), ("```yaml vedette\n", 0),
        ("# T\n## Goal\n```yaml vedette\n- [", 1), ("# T\n## Goal\n```yaml vedette\n```\n", 1),
        (String(repeating: "> ", count: 40_000), 1), (String(repeating: "- ", count: 40_000) + "x", 1),
        (
            String(repeating: "|a", count: 3000) + "\n" + String(repeating: "|-", count: 3000)
                + String(repeating: "\n|b", count: 50), 1
        ),
        ("|a|\n|-|\n" + String(repeating: "|b\n", count: 3000), 0), (String(repeating: "[", count: 100_000), 1),
        (String(repeating: "*a_", count: 100_000), 1),
        (String(repeating: "a", count: 2 << 20), 1),
        ("# T\n" + String(repeating: "-", count: 10_000) + "\n", 0),
        ("| a |\n" + String(repeating: "|-", count: 4000), 0),
    ])
    func `any text gives a document or a finding`(text: String, findings: Int) {
        #expect(document(text).diagnostics.count == findings)
    }

    @Test func `bytes that are not UTF-8 are located`() {
        let document = StrategyDocument(parsing: Array("# T\nx\n".utf8) + [0xFF, 0x0A], path: "d.md")
        #expect(document.diagnostics.map(\.location) == [SourceLocation(file: "d.md", line: 3)])
        #expect(document.bytes.count == 8)
        #expect(document.title == "T")
    }

    @Test(
        .enabled(if: Seeds.root != nil, Comment(rawValue: Seeds.absent)), arguments: [Seeds.python, Seeds.containers])
    func `prose-only documents load unchanged`(name: String) throws {
        let bytes = try Seeds.bytes(name)
        let document = StrategyDocument(parsing: bytes, path: name)
        #expect(document.bytes == bytes)
        #expect(document.sections.compactMap(\.kind) == SectionKind.allCases)
        #expect(document.diagnostics.isEmpty)
        #expect(document.blocks == StrategyBlocks())
        #expect(document.title.hasPrefix("Alerting & Detection Strategy (ADS) Report"))
        #expect(document.section(.validation)?.code.isEmpty == false)
    }
}
