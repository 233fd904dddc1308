// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A rule in its compiled form.
struct CompiledRule {
    /// Position in the `RuleSet`.
    var number: Int
    /// Position in `Plan.logsources` of the log source it looks at.
    var logsource: Int
    /// The whole condition.
    var root: Int32
    /// Predicates one of which must hold for the rule to hold; nil when there is no such set.
    var witness: [Int32]?
    /// What explanations are made of, in the order the rule writes it.
    var searches: [ExplainedSearch]
    /// Every field the rule looks at.
    var fields: Set<FieldID>
    var looksAtKeywords: Bool
}

/// A search with the nodes of its items, kept for explanations.
struct ExplainedSearch {
    var name: String
    var root: Int32
    /// Whether the condition uses it other than under `not`.
    var isPositive: Bool
    var items: [ExplainedItem]
}

/// An item with its predicates, kept for explanations.
struct ExplainedItem {
    var field: String?
    var root: Int32
    var isNegated: Bool
    /// The tests in the order of the values they come from.
    var tests: [ExplainedTest]
    /// The item as the rule has it, of which patterns are written when somebody asks for them.
    var source: DetectionItem

    /// The pattern of a test as the rule writes it.
    func pattern(of test: ExplainedTest) -> String {
        let modifiers = source.modifiers.filter { $0 != .all }.map(\.rawValue).joined(separator: "|")
        let text =
            switch source.values[Int(test.value)] {
            case .string(let text): text
            case .pattern(let pattern): pattern.sigma
            case .integer(let number): String(number)
            case .float(let number): String(number)
            case .boolean(let flag): String(flag)
            case .null: "null"
            }
        return modifiers.isEmpty ? text : "\(modifiers): \(text)"
    }
}

/// A test of an item.
struct ExplainedTest {
    /// Which of the item's values it comes from.
    var value: Int32
    var predicate: Int32
}
