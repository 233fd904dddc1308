// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// What the loader makes of YAML itself.
struct YAMLTests {
    @Test(arguments: [
        ("x", "'x'"), ("yes", "'yes'"), ("on", "'on'"), ("no", "'no'"), ("y", "'y'"), ("2026-01-31", "'2026-01-31'"),
        ("12:30:45", "'12:30:45'"), ("true", "true"), ("False", "false"), ("tRUE", "'tRUE'"), ("null", "null"),
        ("~", "null"),
        ("", "null"), ("''", "''"), ("Null", "null"), ("nULL", "'nULL'"), ("12", "12"), ("-7", "-7"), ("+7", "7"),
        ("0o14", "12"), ("0x1F", "31"), ("0777", "'0777'"), ("00000429", "'00000429'"), ("0", "0"), ("1.5", "1.5"),
        ("1e3", "1000.0"), (".5", "0.5"), ("1.", "1.0"), ("1_000", "'1_000'"), ("'12'", "'12'"), ("\"true\"", "'true'"),
        ("!!str 12", "'12'"), ("!!int 12", "12"), ("9223372036854775807", "9223372036854775807"),
        ("18446744073709551615", "'18446744073709551615'"), ("0xZZ", "'0xZZ'"), ("-", "'-'"), ("4e", "'4e'"),
        ("10.0.0.1", "'10.0.0.1'"), ("|-\n      a\n      b", "'a\nb'"), (">-\n      a\n      b", "'a b'"),
    ])
    func `scalars resolve by the core schema`(yaml: String, value: String) {
        let set = load(rule(item: "f: \(yaml == "-" ? "'-'" : yaml)"))
        #expect(set.firstItems.first?.values.map(describe) == [value], "\(set.diagnostics)")
    }

    @Test(arguments: [
        (".inf", "bad-value"), ("-.INF", "bad-value"), (".nan", "bad-value"), ("!x 1", "unsupported-tag"),
        ("{a: 1}", "bad-value"), ("[[1]]", "bad-value"), ("[]", "empty-values"), ("[a, null]", "null-in-list"),
    ])
    func `values no field can have are refused`(yaml: String, code: String) {
        let set = load(rule(item: "f: \(yaml)"))
        #expect(errors(set) == [code])
        #expect(set.refused == 1 && set.rules.isEmpty)
        #expect(set.diagnostics.first?.location.line ?? 0 >= 8)
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "duplicate-key", 1), ("a: [1\nb: 2\n", "invalid-yaml", 2), ("a: *b\n", "invalid-yaml", 1),
        ("? [x]\n: 1\n", "complex-key", 1), ("a: &a [1]\n? *a\n: 1\n", "complex-key", 1),
        ("a: \u{1}\n", "invalid-yaml", 1),
        ("x: 1\n\ty: 2\n", "invalid-yaml", 2),
    ])
    func `broken YAML is refused where it breaks`(yaml: String, code: String, line: Int) {
        let set = load(yaml)
        #expect(errors(set) == [code])
        #expect(set.diagnostics.first?.location.line == line)
        #expect(set.refused == 1)
    }

    @Test(arguments: [
        ("b: 1\nb: 2\n", "the key 'b' stands twice", 1),
        ("c: 1\na: 1\nb: 1\nc: 2\nb: 2\na: 2\n", "the keys 'a', 'b', 'c' stand twice", 2),
        ("? {x: 1}\n: 1\nb: 1\n? {x: 1}\n: 2\nb: 2\n", "the keys 'b', a list or map stand twice", 1),
    ])
    func `keys that stand twice are named in the same order each time`(yaml: String, message: String, line: Int) {
        let set = load(yaml)
        #expect(errors(set) == ["duplicate-key"])
        #expect(set.diagnostics.first?.message.hasPrefix(message) == true, "\(set.diagnostics)")
        #expect(set.diagnostics.first?.location.line == line)
    }

    @Test func `a broken document does not take its neighbours with it`() {
        let text =
            rule(item: "f: 1") + "---\na: [\n---\n" + rule(item: "f: 2") + "---\nb: 1\nb: 2\n...\n---\n"
            + rule(item: "f: 3")
        let set = load(text)
        #expect(set.rules.count == 3)
        #expect(errors(set) == ["invalid-yaml", "duplicate-key"])
        #expect(set.refused == 2)
    }

    @Test func `places are those of the file, in later documents too`() {
        let first = rule(item: "f: 1")
        let lines = first.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        let set = load("# a comment\n" + first + "---\n" + rule(item: "f|nope: 2"))
        #expect(set.rules[0].metadata.location == SourceLocation(file: "test.yml", line: 2, column: 1))
        #expect(set.rules[0].detection.searches[0].location == SourceLocation(file: "test.yml", line: 9, column: 3))
        #expect(set.firstItems[0].location == SourceLocation(file: "test.yml", line: 10, column: 5))
        #expect(set.diagnostics[0].location == SourceLocation(file: "test.yml", line: 2 + lines + 1 + 8, column: 5))
        #expect("\(set.diagnostics[0].location)" == "test.yml:\(2 + lines + 9):5")
    }

    @Test(arguments: ["\u{FEFF}", "---\n", "%YAML 1.2\n---\n", "# comment\n\n---\n# another\n", "\n\n"])
    func `what stands before a document does not matter`(prefix: String) {
        #expect(load(prefix + rule(item: "f: 1")).rules.count == 1)
    }

    @Test func `carriage returns are line ends`() {
        let text = (rule(item: "f: [a, b]") + "---\n" + rule(item: "f|x: 1")).replacing("\n", with: "\r\n")
        let set = load(text)
        #expect(set.firstItems.first?.values == [.string("a"), .string("b")])
        #expect(set.diagnostics.map(\.location.line) == [20])
    }

    @Test(arguments: ["", "\n", "---\n", "# nothing\n", "...\n", "---\n---\n"])
    func `an empty file holds nothing and is nothing to report`(text: String) {
        let set = load(text)
        #expect(set.rules.isEmpty && set.diagnostics.isEmpty && set.refused == 0)
    }

    @Test(arguments: ["a: 1\n", "- a\n- b\n", "just text\n", "title: no detection\nlogsource: {product: x}\n"])
    func `other YAML is skipped with a warning`(text: String) {
        let set = load(text)
        #expect(warnings(set) == ["not-a-sigma-document"])
        #expect(set.refused == 0)
    }

    @Test func `aliases and merge keys work`() {
        let set = load(
            rule("a: &a\n  f: 1\nb:\n  <<: *a\n  g: 2\nc: *a\ncondition: a or b or c"))
        #expect(
            set.rules.first?.detection.searches.map { describe($0.search) }
                == ["all(f|=1)", "all(g|=2; f|=1)", "all(f|=1)"]
                .map { $0.replacing("|=", with: "=") })
    }

    @Test func `a file of aliases of aliases is refused at once`() {
        var bomb = "a: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            bomb +=
                "b\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        let clock = ContinuousClock()
        var sets: [RuleSet] = []
        let time = clock.measure { sets = [load(bomb), load(bomb + "? *a29\n: 1\n"), load(bomb + "*a29 : 1\n")] }
        #expect(sets.map(errors) == [["document-too-large"], ["complex-key"], ["complex-key"]])
        #expect(time < .seconds(20))
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), String(repeating: "- ", count: 900) + "x",
        String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ])
    func `deep nesting is refused`(text: String) {
        #expect(Set(errors(load(text))).isSubset(of: ["nesting-too-deep", "invalid-yaml"]))
        #expect(load(text).refused == 1)
    }

    @Test func `a file that is too large is refused unread`() {
        let set = load(String(repeating: "# padding\n", count: 900_000))
        #expect(errors(set) == ["file-too-large"])
    }
}
