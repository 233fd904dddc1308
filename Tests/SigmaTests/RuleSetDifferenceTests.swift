// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// A reload says which rules are new, gone or other than before.
@Suite struct RuleSetDifferenceTests {
    private static func rule(_ title: String, _ image: String) -> String {
        """
        title: \(title)
        name: \(title)
        logsource: {category: process_creation}
        detection: {a: {Image: \(image)}, condition: a}
        """
    }

    private static func set(_ rules: String...) -> RuleSet {
        RuleLoader().load(text: rules.joined(separator: "\n---\n"), file: "r.yml")
    }

    @Test func `what is new, gone and changed is named`() {
        let old = Self.set(Self.rule("kept", "a"), Self.rule("gone", "b"), Self.rule("other", "c"))
        let new = Self.set(Self.rule("fresh", "x"), Self.rule("other", "d"), Self.rule("kept", "a"))
        let difference = RuleSetDifference(from: old, to: new)
        #expect(difference.added == ["fresh"])
        #expect(difference.removed == ["gone"])
        #expect(difference.changed == ["other"])
        #expect(!difference.isEmpty)
    }

    @Test func `the same rules in another place do not differ`() {
        let old = Self.set(Self.rule("one", "a"), Self.rule("two", "b"))
        let new = RuleLoader().load(
            text: "\n\n" + [Self.rule("two", "b"), Self.rule("one", "a")].joined(separator: "\n---\n"),
            file: "other.yml")
        #expect(RuleSetDifference(from: old, to: new).isEmpty)
    }

    @Test func `a correlation of another window is another`() {
        func set(_ span: String) -> RuleSet {
            Self.set(
                Self.rule("one", "a"),
                """
                title: Many
                name: many
                correlation: {type: event_count, rules: [one], group-by: [User], timespan: \(span), condition: {gte: 10}}
                """)
        }
        #expect(RuleSetDifference(from: set("1m"), to: set("5m")).changed == ["Many"])
        #expect(RuleSetDifference(from: set("1m"), to: set("1m")).isEmpty)
    }
}
