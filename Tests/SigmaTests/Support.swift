// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Loads one text under the name `test.yml`.
func load(_ text: String, pipelines: [Pipeline] = [], variables: [String: [Value]] = [:]) -> RuleSet {
    RuleLoader().load(text: text, file: "test.yml", pipelines: pipelines, variables: variables)
}

/// A rule with this detection, which is indented for its place.
func rule(_ detection: String, logsource: String = "{product: linux, category: process_creation}", extra: String = "")
    -> String
{
    let body = detection.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    return """
        title: Test
        id: 11111111-2222-3333-4444-555555555555
        status: test
        level: low
        description: For the tests.
        logsource: \(logsource)
        \(extra.isEmpty ? "" : extra + "\n")detection:
        \(body.joined(separator: "\n"))

        """
}

/// A rule whose only search is one map.
func rule(item: String, modifiers extra: String = "") -> String {
    rule("sel:\n  \(item)\ncondition: sel", extra: extra)
}

/// The error codes of a set.
func errors(_ set: RuleSet) -> [String] { set.diagnostics.filter { $0.severity == .error }.map(\.code) }

/// The codes of warnings and notes.
func warnings(_ set: RuleSet) -> [String] { set.diagnostics.filter { $0.severity != .error }.map(\.code) }

extension RuleSet {
    /// The items of the first rule's first search.
    var firstItems: [DetectionItem] {
        rules.first?.detection.searches.first.map { items(of: $0.search) } ?? []
    }
}

/// All items of a search.
func items(of search: Search) -> [DetectionItem] {
    switch search {
    case .item(let item): [item]
    case .all(let searches), .any(let searches): searches.flatMap(items(of:))
    }
}

/// A condition as text with all parentheses.
func describe(_ condition: Condition) -> String {
    switch condition {
    case .search(let name): name
    case .and(let operands): "(" + operands.map(describe).joined(separator: " and ") + ")"
    case .or(let operands): "(" + operands.map(describe).joined(separator: " or ") + ")"
    case .not(let operand): "not " + describe(operand)
    case .of(.any, let names): "any" + names.description
    case .of(.all, let names): "all" + names.description
    case .of(.atLeast(let count), let names): "\(count)" + names.description
    }
}

/// A search as text: fields, modifiers and values.
func describe(_ search: Search) -> String {
    switch search {
    case .item(let item):
        ([item.field ?? ""] + item.modifiers.map(\.rawValue)).joined(separator: "|") + "="
            + item.values.map(describe).joined(separator: ",")
    case .all(let searches): "all(" + searches.map(describe).joined(separator: "; ") + ")"
    case .any(let searches): "any(" + searches.map(describe).joined(separator: "; ") + ")"
    }
}

/// A value as text, strings in quotes.
func describe(_ value: Value) -> String {
    switch value {
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .null: "null"
    case .pattern(let pattern): "/\(pattern.sigma)/"
    }
}
