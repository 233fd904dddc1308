// SPDX-License-Identifier: Apache-2.0

extension ModifierRules {
    /// Looks into one value whose kind fits its modifiers, and gives it back in its normal form.
    static func checkValue(
        _ value: Value, of item: DetectionItem, _ context: inout ReadingContext
    ) throws(Refusal) -> Value {
        var value = value
        for modifier in item.modifiers {
            switch modifier {
            case .base64, .base64offset, .fieldref:
                if hasWildcard(value) {
                    throw Refusal(
                        .wildcardNotAllowed, "'\(modifier.rawValue)' does not take wildcards: \(describe(value))",
                        at: item.location)
                }
            case .cidr:
                guard case .string(let text) = value, let network = CIDRSyntax.normalised(text) else {
                    throw Refusal(
                        .badCIDR,
                        "\(describe(value)) is no network in CIDR notation, or has bits set behind the prefix",
                        at: item.location)
                }
                value = .string(network)
            case .minute, .hour, .day, .week, .month:
                if case .integer(let number) = value, let range = ranges[modifier], !range.contains(number) {
                    context.warn(
                        .timePartOutOfRange, "no time has the \(modifier.rawValue) \(number)", at: item.location)
                }
            default: break
            }
        }
        return value
    }

    private static let ranges: [Modifier: ClosedRange<Int64>] = [
        .minute: 0...59, .hour: 0...23, .day: 1...31, .week: 1...53, .month: 1...12,
    ]

    /// Whether a value holds `*` or `?` that are not escaped.
    static func hasWildcard(_ value: Value) -> Bool {
        switch value {
        case .string(let text): StringPattern(parsing: text).plainText == nil
        case .pattern(let pattern): pattern.plainText == nil
        default: false
        }
    }

    /// A value as messages show it: short, and with its kind.
    static func describe(_ value: Value) -> String {
        switch value {
        case .string(let text): text.count > 60 ? "'\(text.prefix(60))…'" : "'\(text)'"
        case .integer(let number): "the number \(number)"
        case .float(let number): "the number \(number)"
        case .boolean(let flag): "\(flag)"
        case .null: "null"
        case .pattern(let pattern): "'\(pattern.sigma)'"
        }
    }
}
