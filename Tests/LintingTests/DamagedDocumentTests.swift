// SPDX-License-Identifier: Apache-2.0
import Strategies
import Testing

@testable import Linting

struct DamagedDocumentTests {
    /// Forms of Markdown that the clean document has not.
    private static let other = """
        # Title *with* `marks`

        1. GOAL
        =======

        > A quotation with a [link](https://example.org).

        ### Response

        | a | b |
        |---|---|
        | 1 | `two` |

        - **Bold:** item
            - inner item

        ~~~python
        print("x")
        ~~~
        """

    @Test func `documents that were damaged at random are read all the same`() {
        let whole = Array((LintTests.clean + "\n" + Self.other).utf8)
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = ["\n", "```", "- ", "> ", "|", "#", "\u{0}", "[", "{", ": ", "&a ", "*a", "\t", "\r"].map {
            Array($0.utf8)
        }
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0...next(12) {
                let start = next(bytes.count)
                switch next(3) {
                case 0: bytes.removeSubrange(start..<min(bytes.count, start + next(40)))
                case 1: bytes.insert(contentsOf: pieces[next(pieces.count)], at: start)
                default: bytes[start] = UInt8(next(256))
                }
            }
            let document = StrategyDocument(parsing: bytes, path: "d.md")
            #expect(document.bytes == bytes)
            var end = 0
            for section in document.sections {
                #expect(section.body.lowerBound >= end && section.body.upperBound <= bytes.count)
                end = section.body.upperBound
            }
            _ = StrategyLint(attack: SampleAttack(), python: nil, today: "2026-01-01")
                .check(LintSubject(document: document))
        }
    }
}
