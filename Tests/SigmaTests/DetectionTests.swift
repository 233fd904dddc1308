// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Searches, keywords and modifiers.
struct DetectionTests {
    @Test(arguments: [
        ("sel: {f: 1, g: x}", "all(f=1; g='x')"), ("sel: [{f: 1}, {g: x}]", "any(all(f=1); all(g='x'))"),
        ("sel: [a, 6, '*b']", "='a',6,'*b'"), ("sel: word", "='word'"), ("sel: {'|all': [a, b]}", "all(|all='a','b')"),
        ("sel: [a, {f: 1}]", "any(='a'; all(f=1))"), ("sel: [[a, b], {f: 1}]", "any(='a','b'; all(f=1))"),
        ("sel: {'|re': 'a+'}", "all(|re='a+')"), ("sel: {f: }", "all(f=null)"), ("sel: {f: ''}", "all(f='')"),
        ("sel: {f: [1, two, true]}", "all(f=1,'two',true)"), ("sel: {a b|contains: x}", "all(a b|contains='x')"),
        ("sel: {f.g.h: 1}", "all(f.g.h=1)"),
    ])
    func `a search is read`(search: String, expected: String) {
        let set = load(rule(search + "\ncondition: sel"))
        #expect(set.rules.first?.detection.searches.map { describe($0.search) } == [expected], "\(set.diagnostics)")
    }

    @Test(
        arguments: [
            "f|contains: x", "f|contains|all: [x, y]", "f|startswith|cased: x", "f|windash|contains: '-x'",
            "f|contains|windash: '-x'",
            "f|re: '^a$'", "f|re|i|m|s: a", "f|re|ignorecase: a", "f|all|re: [a, b]", "f|neq: x", "f|neq: [x, y]",
            "f|neq: 5",
            "f|base64: x", "f|wide|base64offset|contains: x", "f|utf16|base64: x", "f|utf16le|base64offset|contains: x",
            "f|lt: 5", "f|gte: 1.5", "f|hour|gte: 8", "f|minute: 30", "f|exists: true", "f|exists: no_boolean_here",
            "f|cidr: 10.0.0.0/8", "f|cidr: ['fe80::/10', '::1']", "f|fieldref: g", "f|fieldref|endswith: g",
            "f|startswith|fieldref: g", "f|neq|fieldref: g", "f|fieldref|neq: g", "f|re: 42", "f|contains: 42",
            "f|endswith: true",
            "f|neq: null", "f|cased: x", "f|year: 2026",
        ].filter { !$0.contains("no_boolean") })
    func `modifiers that fit are accepted`(item: String) {
        let set = load(rule(item: item))
        #expect(set.rules.count == 1, "\(set.diagnostics)")
        #expect(warnings(set).isEmpty)
    }

    @Test(arguments: [
        ("f|foo: 1", "unknown-modifier"), ("f|: 1", "unknown-modifier"), ("f|Contains: x", "unknown-modifier"),
        ("f| contains: x", "unknown-modifier"), ("f|contains|startswith: x", "conflicting-modifiers"),
        ("f|i: x", "regex-flag-without-regex"), ("f|contains|m: x", "regex-flag-without-regex"),
        ("f|i|re: x", "regex-flag-without-regex"),
        ("f|contains|re: x", "modifier-not-applicable"), ("f|re|startswith: x", "modifier-not-applicable"),
        ("f|re|base64: x", "modifier-not-applicable"), ("f|contains|base64: x", "modifier-not-applicable"),
        ("f|base64: 'x*'", "wildcard-not-allowed"), ("f|base64offset|contains: 'x?y'", "wildcard-not-allowed"),
        ("f|fieldref: 'g*'", "wildcard-not-allowed"), ("f|fieldref: 5", "modifier-not-applicable"),
        ("f|cidr: nonsense", "bad-cidr"), ("f|cidr: 10.0.0.1/8", "bad-cidr"), ("f|cidr: 10.0.0.0/33", "bad-cidr"),
        ("f|cidr: 10.0.0/8", "bad-cidr"), ("f|cidr: 'fe80::/129'", "bad-cidr"), ("f|cidr: 10.0.0.0/8/8", "bad-cidr"),
        ("f|cidr: 10.0.0.0/", "bad-cidr"), ("f|cidr: 5", "bad-cidr"), ("f|exists: 'yes'", "exists-wants-boolean"),
        ("f|exists: 1", "exists-wants-boolean"), ("f|contains|exists: true", "exists-wants-boolean"),
        ("f|lt: x", "number-expected"), ("f|lt: '5'", "number-expected"), ("f|hour: 1.5", "number-expected"),
        ("f|hour: '8'", "number-expected"), ("f|lt|hour: 5", "number-expected"),
        ("f|contains: null", "modifier-not-applicable"),
        ("f|re: null", "modifier-not-applicable"), ("'|exists': true", "modifier-needs-field"),
        ("'|lt': 5", "modifier-needs-field"),
        ("'|cidr': 10.0.0.0/8", "modifier-needs-field"), ("'|fieldref': g", "modifier-needs-field"),
        ("'|contains': null", "null-keyword"), ("'': null", "null-keyword"),
        ("f|expand: '%x%'", "unresolved-placeholder"),
        ("f|re|expand: 'a%x%'", "unresolved-placeholder"), ("f|windash: 5.5.5: 1", "invalid-yaml"),
    ])
    func `modifiers that do not fit are refused`(item: String, code: String) {
        let set = load(rule(item: item))
        #expect(errors(set) == [code], "\(set.diagnostics)")
        #expect(set.refused == 1)
    }

    @Test(arguments: [
        ("f|contains|all: x", "all-on-single-value"), ("f|contains|contains: x", "duplicate-modifier"),
        ("f|re|contains: x", "modifier-without-effect"), ("f|hour: 24", "time-part-out-of-range"),
        ("f|month: 0", "time-part-out-of-range"),
    ])
    func `modifiers that do nothing are pointed out`(item: String, code: String) {
        let set = load(rule(item: item))
        #expect(warnings(set) == [code])
        #expect(set.rules.count == 1)
    }

    @Test func `a bare address under cidr is a network of itself`() {
        let set = load(rule(item: "f|cidr: [10.0.0.1, '::1']"))
        #expect(set.firstItems.first?.values == [.string("10.0.0.1/32"), .string("::1/128")])
    }

    @Test func `a null keyword is refused`() {
        #expect(errors(load(rule("sel: [a, null]\ncondition: sel"))) == ["null-keyword"])
    }
}
