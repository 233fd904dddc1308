// SPDX-License-Identifier: Apache-2.0
import Sigma

extension PlainItem {
    private static let textual: Set<Modifier> = [
        .contains, .startswith, .endswith, .cased, .windash, .base64, .base64offset, .wide, .utf16le, .utf16be, .utf16,
    ]
    private static let comparisons: [Modifier: PlainComparison] = [
        .lt: .less, .lte: .lessOrEqual, .gt: .greater, .gte: .greaterOrEqual,
    ]
    private static let parts: [Modifier: PlainTimePart] = [
        .minute: .minute, .hour: .hour, .day: .day, .week: .week, .month: .month, .year: .year,
    ]

    /// The ways one value of an item can be met.
    static func tests(of value: Value, _ item: DetectionItem) -> [PlainTest] {
        let modifiers = item.modifiers
        if modifiers.contains(.exists) { return [exists(value)] }
        if value == .null { return [item.field == nil ? .never : .null] }
        if modifiers.contains(.fieldref) { return [reference(value, modifiers)] }
        if modifiers.contains(.re) { return [regex(value, modifiers)] }
        if modifiers.contains(.cidr) {
            return [text(value).flatMap { PlainNetwork(text: $0) }.map { .network($0) } ?? .never]
        }
        let part = modifiers.lazy.compactMap { parts[$0] }.first
        let comparison = modifiers.lazy.compactMap { comparisons[$0] }.first
        if part != nil || comparison != nil {
            return [PlainNumber(value).map { .compare(comparison ?? .equal, $0, part: part) } ?? .never]
        }
        switch value {
        case .integer, .float:
            if textual.isDisjoint(with: modifiers) { return PlainNumber(value).map { [.number($0)] } ?? [] }
        case .boolean(let wanted): if textual.isDisjoint(with: modifiers) { return [.boolean(wanted)] }
        default: break
        }
        return patterns(value, item)
    }

    private static func patterns(_ value: Value, _ item: DetectionItem) -> [PlainTest] {
        guard let pattern = pattern(value) else { return [.never] }
        var patterns = [pattern]
        for modifier in item.modifiers {
            var changed: [PlainPattern] = []
            for pattern in patterns {
                guard let results = apply(modifier, to: pattern) else { return [.never] }
                changed += results
            }
            patterns = changed
        }
        if item.field == nil, !item.modifiers.contains(.startswith), !item.modifiers.contains(.endswith) {
            patterns = patterns.map { $0.openedAtStart.openedAtEnd }
        }
        let cased = item.modifiers.contains(.cased)
        return patterns.map { .pattern(cased ? $0 : $0.folded, cased: cased) }
    }

    /// What a modifier makes of a pattern; nil when it cannot take it.
    private static func apply(_ modifier: Modifier, to pattern: PlainPattern) -> [PlainPattern]? {
        switch modifier {
        case .contains: [pattern.openedAtStart.openedAtEnd]
        case .startswith: [pattern.openedAtEnd]
        case .endswith: [pattern.openedAtStart]
        case .windash: pattern.windash
        case .wide, .utf16le: [pattern.utf16(bigEndian: false, mark: false)]
        case .utf16be: [pattern.utf16(bigEndian: true, mark: false)]
        case .utf16: [pattern.utf16(bigEndian: false, mark: true)]
        case .base64: pattern.base64.map { [$0] }
        case .base64offset: pattern.base64offset
        default: [pattern]
        }
    }

    private static func pattern(_ value: Value) -> PlainPattern? {
        switch value {
        case .string(let text): PlainPattern(StringPattern(parsing: text))
        case .pattern(let pattern): PlainPattern(pattern)
        case .boolean(let value): PlainPattern(literal: Array("\(value)".utf8))
        case .integer, .float: PlainNumber(value).map { PlainPattern(literal: Array($0.text.utf8)) }
        case .null: nil
        }
    }

    private static func exists(_ value: Value) -> PlainTest {
        if case .boolean(let wanted) = value { .exists(wanted) } else { .never }
    }

    /// A value as the rule writes it, escapes untouched.
    private static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .pattern(let pattern): pattern.plainText
        case .integer, .float: PlainNumber(value)?.text
        case .boolean(let value): "\(value)"
        case .null: nil
        }
    }

    private static func regex(_ value: Value, _ modifiers: [Modifier]) -> PlainTest {
        guard let text = text(value),
            let regex = PlainRegex(
                text, ignoresCase: modifiers.contains(.i) || modifiers.contains(.ignorecase),
                multiline: modifiers.contains(.m) || modifiers.contains(.multiline),
                dotMatchesNewline: modifiers.contains(.s) || modifiers.contains(.dotall))
        else { return .never }
        return .regex(regex)
    }

    private static func reference(_ value: Value, _ modifiers: [Modifier]) -> PlainTest {
        guard let name = pattern(value)?.plainBytes else { return .never }
        let starts = modifiers.contains(.startswith)
        let ends = modifiers.contains(.endswith)
        let anchoring: PlainTest.Anchoring =
            modifiers.contains(.contains) || (starts && ends) ? .anywhere : starts ? .start : ends ? .end : .whole
        return .reference(String(decoding: name, as: UTF8.self), anchoring, cased: modifiers.contains(.cased))
    }
}
