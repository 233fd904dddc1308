// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// The short cuts the engine takes before a costly test must not change an answer.
@Suite struct GateTests {
    /// Expressions whose literals are hard to get right, and values around them.
    static let expressions: [(pattern: String, values: [String])] = [
        (
            "(?i)(set).*&&\\s?set.*(environment|invoke|\\$\\{?input).*&&.*\"",
            [
                "set x && set y=environment && \"", "SET x &&set INVOKE&&\"", "set x && set $input && \"",
                "set x && set",
            ]
        ),
        ("foo(bar)?baz", ["foobaz", "foobarbaz", "foobar", "FOOBAZ"]),
        ("abc+d", ["abcd", "abcccd", "abd", "abccc"]),
        ("abc*d", ["abd", "abcd", "abcccd"]),
        ("abc{0,2}d", ["abd", "abcd", "abccd", "abcccd"]),
        ("abc{2,}d", ["abcd", "abccd", "abcccd"]),
        ("(?i)powershell", ["PowerShell", "powerſhell", "power shell"]),
        ("(?i)kernel", ["Kernel", "\u{212A}ernel", "ernel"]),
        ("(?:cmd|powershell|pwsh)\\.exe", ["cmd.exe", "pwsh.exe", "PWSH.EXE", "cmdexe"]),
        ("(?:a|powershell)", ["a", "powershell", "b"]),
        ("(?:|abc)def", ["def", "abcdef", "abc"]),
        ("^[^a]bcd$", ["xbcd", "abcd"]),
        ("[]abc]def", ["]def", "adef", "xdef"]),
        ("[[:alpha:]]+123", ["abc123", "123"]),
        ("(?=abcd)ab", ["abcd", "ab"]),
        ("(?!abcd)ab", ["abcd", "abx"]),
        ("(?<=xyz)abc", ["xyzabc", "abc"]),
        ("\\Qa.b\\Ecd", ["a.bcd", "aXbcd"]),
        ("\\x41BCD", ["ABCD", "xBCD"]),
        ("(a)\\1bcd", ["aabcd", "abcd"]),
        ("(?i:abc)DEF", ["ABCDEF", "abcDEF", "abcdef"]),
        ("abc(?i)def", ["abcDEF", "ABCdef"]),
        ("(?x) a b c d", ["abcd", " a b c d"]),
        ("ab\\ cd", ["ab cd", "abcd"]),
        ("Äpfel", ["Äpfel", "äpfel"]),
        ("(?i)äpfel", ["Äpfel", "äpfel", "apfel"]),
        ("a.{3}bcd", ["axyzbcd", "abcd"]),
        ("a{x}bcd", ["a{x}bcd", "axbcd"]),
        ("x(?#remark)yzw", ["xyzw", "x"]),
        ("a|b|cdef", ["a", "cdef", "x"]),
        ("foo\\.[ \"']{1}", ["foo. ", "foo.\"", "foo.x", "foo."]),
        ("[Cc]:\\\\[Tt]emp", ["C:\\Temp", "c:\\temp", "c:\\TEMP", "d:\\temp"]),
        ("[a-c]bcd", ["abcd", "cbcd", "xbcd"]),
        ("[a\\-c]bcd", ["abcd", "-bcd", "bbcd"]),
        ("(?i)[sk]xyz", ["sxyz", "ſxyz", "\u{212A}xyz", "axyz"]),
        ("\\w+`(\\w+|-|.)`[\\w+|\\s]", ["a`b`c", "a`b", "abc"]),
        ("\\^.*\\^.*\\^", ["^^^", "a^b^c^d", "^^\n^", "^\n^^^", "^x^"]),
        ("(?i)ab.*bc.*cd", ["AB bc CD", "abcd", "abbccd", "ab\nbc cd", "bc ab bc cd"]),
        ("a.*?b.*c", ["abc", "a b c", "acb", "a\nabc"]),
        ("a.*b.*", ["ab", "ba"]),
        (".*a.*b", ["ab", "ba"]),
        ("a.*+b.*c", ["abc"]),
        ("aä.*ä.*b", ["aääb", "aäb", "aÄÄb"]),
        (".{12,}", ["short", "long enough", "long enough for it", "ääääääääää"]),
    ]

    /// Exponential when every place of every text is tried for every one before it.
    @Test func `an expression of many texts is searched for in time that does not explode`() {
        let vocabulary = Vocabulary()
        let pattern = Array(repeating: "\\+", count: 14).joined(separator: ".*")
        let line = String(repeating: "'a' + 'b' + ", count: 6)
        var sample = SampleBatch(vocabulary: vocabulary)
        sample.add(["ScriptBlockText": String(repeating: line + "+\n", count: 400)], source: LogSource())
        sample.add(["ScriptBlockText": line + line], source: LogSource())
        let engine = Engine(
            rules: ruleSet([rule("ScriptBlockText|re", [RuleValue(.string(pattern))])]), vocabulary: vocabulary)
        #expect(engine.matches(in: sample.batch) == [Match(event: 1, rule: 0)])
        #expect(engine.regexLimitsReached == 0)
    }

    /// Patterns with several wildcards, and values in which their parts stand, overlap or are cut.
    static let patterns: [(pattern: String, values: [String])] = [
        (
            "*cmd.exe /c * > *\\Temp\\*",
            ["x cmd.exe /c y > C:\\temp\\z", "cmd.exe /c > temp", "cmd.exe /c  > \\temp\\"]
        ),
        ("a*ab*abc", ["aababc", "aabababc", "abc", "aabc"]),
        ("*ä?b*ab", ["äxb ab", "äxbab", "ääbab", "äb ab"]),
        ("?a*?b", ["xayb", "äaäb", "ab", "xab"]),
        ("*ab*ab*ab*", ["ababab", "abab", "xabxabxabx"]),
    ]

    @Test(arguments: patterns)
    func `a pattern matches the same with and without its literals looked for first`(
        pattern: String, values: [String]
    ) throws {
        let rules = ruleSet([rule("CommandLine", [RuleValue(.string(pattern))])])
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            for value in values + ["", "nothing of the kind"] {
                sample.add(["CommandLine": value], source: LogSource())
            }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: sample.batch))
        }
        #expect(answers[0] == answers[1])
    }

    @Test(arguments: expressions)
    func `an expression matches the same with and without its literals looked for first`(
        pattern: String, values: [String]
    ) throws {
        let rules = ruleSet([rule("CommandLine|re", [RuleValue(.string(pattern))])])
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            for value in values + ["", "nothing of the kind"] {
                sample.add(["CommandLine": value], source: LogSource())
            }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: sample.batch))
        }
        #expect(answers[0] == answers[1])
    }

    /// Classes in which a bracket is not what it seems (pcre2pattern(3)), and a value each matches.
    static let classes = [
        ("[[:]|foobar]zzzz", "["), ("[a[:]|b]]zzzzz", "a"), ("[[:a]|qq:]wwwww", "a"), ("[\\E]xyz]", "y"),
        ("[^\\E]xyz]", "q"), ("[]abc]|foobar", "]"),
    ]

    @Test(arguments: classes)
    func `a class that is hard to read hides no match`(pattern: String, value: String) {
        let vocabulary = Vocabulary()
        var sample = SampleBatch(vocabulary: vocabulary)
        sample.add(["CommandLine": value], source: LogSource())
        let engine = Engine(
            rules: ruleSet([rule("CommandLine|re", [RuleValue(.string(pattern))])]), vocabulary: vocabulary)
        #expect(engine.diagnostics == [])
        #expect(engine.matches(in: sample.batch) == [Match(event: 0, rule: 0)])
    }

    @Test func `most of the expressions are searched for only behind a literal`() {
        let items = Self.expressions.map { rule("CommandLine|re", [RuleValue(.string($0.pattern))]) }
        let summary = Engine(rules: ruleSet(items), vocabulary: Vocabulary()).planSummary()
        #expect(summary.regexes == Self.expressions.count)
        #expect(summary.gatedRegexes >= Self.expressions.count / 2)
    }

    /// Values met again, long ones, and values of several lengths at the ends of a batch's memory.
    @Test(arguments: [1, 2, 3, 15, 16, 17, 31, 32, 33, 34, 35, 63, 64, 65, 66, 200, 201, 500])
    func `a literal is found wherever it stands in a value, the first time and again`(length: Int) throws {
        let literals = ["x", "yz", "abc", "needle", "ÄÖ"]
        let rules = ruleSet(
            literals.flatMap { literal in
                [
                    rule("CommandLine|contains", [RuleValue(.string(literal))]),
                    rule("", [RuleValue(.string(literal))]),
                ]
            })
        var values: [String] = []
        for literal in literals where literal.count <= length {
            for place in Set([0, 1, length / 2, length - literal.count]) where place + literal.count <= length {
                values.append(
                    String(repeating: "-", count: place) + literal.uppercased()
                        + String(repeating: "-", count: length - literal.count - place))
            }
        }
        values.append(String(repeating: "-", count: length))
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            for value in values + values { sample.add(["CommandLine": value], source: LogSource()) }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: sample.batch))
        }
        #expect(answers[0] == answers[1])
        #expect(!answers[1].isEmpty)
    }

    /// Prefixes and suffixes of every length around those by which they are filed, with like ones beside them.
    @Test(arguments: 1...20)
    func `a prefix or suffix is found whatever its length`(length: Int) throws {
        let text = String("c:\\windows\\system32\\abcdefghij.exe".suffix(length))
        let near = String(text.dropLast() + "#")
        let rules = ruleSet(
            [text, near, text + text].flatMap { literal in
                ["startswith", "endswith"].map { rule("Image|" + $0, [RuleValue(.string(literal))]) }
            })
        let values = [text, "x" + text, text + "x", text + text, near, near + text, text + near, ""]
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            for value in values { sample.add(["Image": value], source: LogSource()) }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: sample.batch))
        }
        #expect(answers[0] == answers[1])
        #expect(!answers[1].isEmpty)
    }

    /// Values met in an event that holds a keyword elsewhere must not be remembered as if they held it, or held none.
    @Test func `a keyword is found in each event, whatever was met before`() throws {
        let rules = ruleSet([
            rule("", [RuleValue(.string("mimikatz"))]), rule("", [RuleValue(.string("sekurlsa"))]),
            rule("CommandLine|contains", [RuleValue(.string("needle"))]),
            rule("Image|contains", [RuleValue(.string("needle"))]),
        ])
        let values = [
            "mimikatz needle", "sekurlsa mimikatz", "a needle in a haystack", "nothing of interest", "x", "MIMIKATZ",
        ]
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var sample = SampleBatch(vocabulary: vocabulary)
            for first in values {
                for second in values {
                    for third in values {
                        sample.add(["CommandLine": first, "Image": second, "Other": third], source: LogSource())
                    }
                }
            }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: sample.batch))
            // Once more, with everything remembered.
            answers.append(evaluator.matches(in: sample.batch))
        }
        let isSame = (answers[0] == answers[2], answers[2] == answers[3])
        #expect(isSame.0 && isSame.1 && !answers[2].isEmpty)
    }

    /// Keywords of a few bytes stand apart, numbers among them are asked of fractions once more, and all of it goes
    /// together with values that are remembered.
    @Test func `short keywords and numbers are found in each event, whatever was met before`() throws {
        let rules = ruleSet([
            rule("", [RuleValue(.integer(42))]), rule("", [RuleValue(.string("42"))]),
            rule("", [RuleValue(.string("dd"))]), rule("", [RuleValue(.string("@"))]),
            rule("", [RuleValue(.string("k9"))]), rule("", [RuleValue(.string("dd*"))]),
            rule("", [RuleValue(.string("needle"))]), rule("A|contains", [RuleValue(.string("needle"))]),
            rule("B", [RuleValue(.integer(7))]),
        ])
        let values: [(String, ValueKind)] = [
            ("42", .string), ("42.0", .float), ("42", .integer), ("42.0", .string), ("7.0", .float), ("142", .string),
            ("DD if=x", .string), ("a@b", .string), ("\u{212A}9", .string), ("needle dd", .string), ("", .string),
        ]
        var answers: [[Match]] = []
        for implementation in Implementation.all {
            let vocabulary = Vocabulary()
            var batch = EventBatch()
            for first in values {
                for second in values {
                    for third in values {
                        let start = batch.slots.count
                        for (name, value) in [("A", first), ("B", second), ("Other", third)] {
                            batch.append(vocabulary.field(name), text: value.0, kind: value.1)
                        }
                        batch.commit(
                            time: .unknown, source: vocabulary.source(LogSource()), slotsFrom: start, record: 0..<0,
                            position: 1)
                    }
                }
            }
            var evaluator = try implementation.make(rules, vocabulary)
            answers.append(evaluator.matches(in: batch))
            answers.append(evaluator.matches(in: batch))
        }
        let isSame = (answers[0] == answers[2], answers[2] == answers[3])
        #expect(isSame.0 && isSame.1 && !answers[2].isEmpty)
    }
}
