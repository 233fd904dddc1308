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
    ]

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
        var engine = Engine(
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
}
