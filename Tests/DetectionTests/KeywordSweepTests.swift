// SPDX-License-Identifier: Apache-2.0
import CScan
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// A sweep over the bytes of a batch, and tests put off until a woken rule asks, must not change an answer.
@Suite struct KeywordSweepTests {
    private static func agree(
        _ rules: RuleSet, _ fill: (inout SampleBatch) -> Void
    ) throws -> [Match] {
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            fill(&sample)
            var evaluator = try implementation.make(rules, vocabulary)
            // The second look finds what the first left behind.
            _ = evaluator.matches(in: sample.batch)
            answers.append(evaluator.matches(in: sample.batch))
        }
        #expect(answers[0] == answers[1])
        return answers[1]
    }

    /// A batch is swept in pages of 4,096 bytes, blocks of 64 and steps of 32.
    @Test(arguments: [0, 27, 31, 32, 60, 63, 64, 4064, 4080, 4089, 4092, 4095, 4096, 4097, 8190])
    func `a keyword is found wherever in a batch it begins`(place: Int) throws {
        let keywords = ["/dev/tcp/", "history -c", "rm -rf /var", "abcd", "efg"]
        let rules = ruleSet(keywords.map { rule("", [RuleValue(.string($0))]) })
        let found = try Self.agree(rules) { sample in
            for keyword in keywords {
                let pad = max(0, place - sample.batch.bytes.count % 4096)
                sample.add(
                    ["first": String(repeating: "-", count: pad), "second": keyword.uppercased()], source: LogSource())
                // Cut in two by the end of a value, it is none.
                sample.add(
                    [
                        "first": String(repeating: "-", count: pad) + keyword.prefix(2),
                        "second": "\(keyword.dropFirst(2))",
                    ],
                    source: LogSource())
            }
        }
        #expect(found.count == keywords.count)
    }

    @Test func `a keyword is found at the very end of a batch, beside text that is not ASCII, and in it`() throws {
        let rules = ruleSet(["needle", "größe", "kelvin"].map { rule("", [RuleValue(.string($0))]) })
        let found = try Self.agree(rules) { sample in
            for value in ["ü needle", "GRÖSSE", "GRÖßE", "\u{212A}elvin", "ü", "needl", "needle"] {
                sample.add(["first": value], source: LogSource())
            }
        }
        #expect(found.count >= 4)
    }

    /// Events of two sources, one of which has more keywords than the other.
    @Test func `sources with different keywords each find their own`() throws {
        let audit = RuleLogSource(product: "linux", service: "auditd")
        let linux = RuleLogSource(product: "linux")
        let rules = ruleSet([
            rule("", [RuleValue(.string("shutdown now"))], logsource: audit),
            rule("", [RuleValue(.string("/dev/tcp/"))], logsource: linux),
        ])
        let found = try Self.agree(rules) { sample in
            for source in [
                LogSource(product: "linux", service: "auditd"),
                LogSource(product: "linux", category: "process_creation"),
            ] {
                sample.add(["first": "shutdown now", "second": "x"], source: source)
                sample.add(["first": "y", "second": "cat /dev/tcp/1"], source: source)
            }
        }
        #expect(found == [Match(event: 0, rule: 0), Match(event: 1, rule: 1), Match(event: 3, rule: 1)])
    }

    /// Only `wanted` wakes the rule; what stands beside it is asked then, of the same field, another and all.
    @Test func `what only a woken rule asks is answered for the event at hand`() throws {
        func values(_ texts: String...) -> [RuleValue] { texts.map { RuleValue(.string($0)) } }
        let rules = ruleSet([
            rule(
                [
                    "wanted": item("CommandLine|contains", values("certainly-rare-text")),
                    "same": item("CommandLine|contains", values("aa", "bb", "cc", "dd", "ee")),
                    "other": item("Image|endswith", values("/sh", "/bash", "/zsh", "/dash")),
                    "any": item("", values("x1", "y1", "z1")),
                ],
                .and([.search("wanted"), .search("same"), .not(.search("other")), .not(.search("any"))])),
            rule("CommandLine|contains", values("certainly-rare-text")),
        ])
        let found = try Self.agree(rules) { sample in
            for line in ["certainly-rare-text", "certainly-rare-text cc", "cc", "certainly-rare-text EE z1"] {
                for image in ["/bin/bash", "/bin/true"] {
                    sample.add(["CommandLine": line, "Image": image], source: LogSource())
                    sample.add(["CommandLine": "-", "Image": image, "CommandLine": line], source: LogSource())
                }
            }
        }
        #expect(found.count { $0.rule == 0 } == 2)
        #expect(found.count { $0.rule == 1 } == 12)
    }

    /// With and without masks the same places must come up, and none be left out.
    @Test(arguments: 0..<UInt64(20))
    func `the next place is the next at which something may be filed`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var map = [UInt64](repeating: 0, count: 64)
        for _ in 0..<200 {
            map[Int.random(in: 0..<64, using: &random)] |= 1 << UInt64.random(in: 0..<64, using: &random)
        }
        let text = (0..<Int.random(in: 0...300, using: &random)).map { _ in
            UInt8.random(in: 0x20...0x7E, using: &random)
        }
        var expected: [Int] = []
        for place in text.indices {
            var word: UInt32 = 0
            for index in 0..<min(4, text.count - place) {
                var byte = text[place + index]
                if byte >= 0x41, byte <= 0x5A { byte |= 0x20 }
                word |= UInt32(byte) << UInt32(8 * index)
            }
            let bit = Int((word &* 0x85EB_CA6B) >> 20)
            if map[bit >> 6] >> UInt64(bit & 63) & 1 == 1 { expected.append(place) }
        }
        var found: [Int] = []
        var masked: [Int] = []
        // All bits set: every place seems to hold something.
        var masks = vd_scan_masks()
        withUnsafeMutableBytes(of: &masks) { bytes in for index in bytes.indices { bytes[index] = 255 } }
        map.withUnsafeBufferPointer { bits in
            text.withUnsafeBufferPointer { bytes in
                guard let bits = bits.baseAddress, let bytes = bytes.baseAddress else { return }
                var grams = vd_scan_grams(bits: bits, shift: 20)
                for isMasked in [false, true] {
                    var place = -1
                    repeat {
                        place =
                            isMasked
                            ? vd_scan_next(&masks, &grams, nil, bytes, place + 1, text.count, text.count)
                            : vd_scan_next(nil, &grams, nil, bytes, place + 1, text.count, text.count)
                        if place >= 0 { if isMasked { masked.append(place) } else { found.append(place) } }
                    } while place >= 0
                }
            }
        }
        #expect(found == expected)
        #expect(masked == expected)
    }
}
