// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A value of a rule, written as a Swift literal; a string is Sigma's, wildcards and escapes standing in it.
public struct RuleValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    /// The value of the model.
    public var value: Value

    /// Wraps a value of the model.
    public init(_ value: Value) { self.value = value }
    /// A string.
    public init(stringLiteral text: String) { value = .string(text) }
    /// A whole number.
    public init(integerLiteral number: Int64) { value = .integer(number) }
    /// Another number.
    public init(floatLiteral number: Double) { value = .float(number) }
    /// true or false.
    public init(booleanLiteral flag: Bool) { value = .boolean(flag) }
    /// null.
    public init(nilLiteral: ()) { value = .null }
}

/// Where rules built in tests say they stand.
public let testLocation = SourceLocation(file: "test.yml", line: 1)

/// An item: `item("CommandLine|contains|all", ["a", "b"])`; `item("|all", …)` or `item("", …)` for keywords.
public func item(_ key: String, _ values: [RuleValue]) -> Search {
    let parts = key.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    let modifiers = parts.dropFirst().map { name -> Modifier in
        guard let modifier = Modifier(rawValue: name) else { preconditionFailure("no modifier is called \(name)") }
        return modifier
    }
    let field = parts.first.flatMap { $0.isEmpty ? nil : $0 }
    return .item(
        DetectionItem(field: field, modifiers: modifiers, values: values.map(\.value), location: testLocation))
}

/// A map of items.
public func items(_ pairs: KeyValuePairs<String, [RuleValue]>) -> Search {
    .all(pairs.map { item($0.key, $0.value) })
}

/// A rule of one item.
public func rule(_ key: String, _ values: [RuleValue], logsource: RuleLogSource = RuleLogSource()) -> Rule {
    rule(["selection": .all([item(key, values)])], .search("selection"), logsource: logsource)
}

/// A rule of several searches under a condition.
public func rule(
    _ searches: KeyValuePairs<String, Search>, _ conditions: Condition..., logsource: RuleLogSource = RuleLogSource()
) -> Rule {
    let named = searches.map { NamedSearch(name: $0.key, search: $0.value, location: testLocation) }
    return Rule(
        metadata: Metadata(title: "test", location: testLocation), logsource: logsource,
        detection: Detection(searches: named, conditions: conditions))
}

/// A rule set of some rules.
public func ruleSet(_ rules: [Rule]) -> RuleSet {
    var set = RuleSet()
    set.rules = rules
    return set
}
