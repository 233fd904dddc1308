// SPDX-License-Identifier: Apache-2.0

/// What modifiers may be combined with which values (specification 2.1, appendix "Modifiers"; pySigma where the text is
/// silent).
///
/// Everything the table does not allow is refused, so the evaluator never meets a combination without meaning.
enum ModifierRules {
    /// Checks an item and gives it back in its normal form: a bare address under `cidr` gets its full prefix.
    ///
    /// Values that still hold placeholders are not looked into; the item is checked again once they are resolved.
    static func check(_ item: DetectionItem, _ context: inout ReadingContext) throws(Refusal) -> DetectionItem {
        var item = item
        if item.modifiers.isEmpty {
            if item.field == nil, item.values.contains(.null) {
                throw Refusal(.nullKeyword, "null cannot be a keyword", at: item.location)
            }
            return item
        }
        try checkList(item, &context)
        var checked: Set<ValueKind> = []
        for value in item.values {
            let kind = ValueKind(value)
            if checked.insert(kind).inserted { try walk(item, kind, value, &context) }
        }
        for index in item.values.indices {
            let isTemplate =
                item.modifiers.contains(.expand) && PlaceholderTemplate(parsing: item.values[index]).hasPlaceholders
            if !isTemplate { item.values[index] = try checkValue(item.values[index], of: item, &context) }
        }
        return item
    }

    // MARK: - The list of modifiers as a whole

    private static let needField: Set<Modifier> = [
        .exists, .fieldref, .lt, .lte, .gt, .gte, .minute, .hour, .day, .week, .month, .year, .cidr,
    ]
    private static let positions: Set<Modifier> = [.contains, .startswith, .endswith]

    private static func checkList(_ item: DetectionItem, _ context: inout ReadingContext) throws(Refusal) {
        var seen: Set<Modifier> = []
        for modifier in item.modifiers where !seen.insert(modifier).inserted {
            context.warn(.duplicateModifier, "'\(modifier.rawValue)' stands twice", at: item.location)
        }
        if seen.intersection(positions).count > 1 {
            throw Refusal(
                .conflictingModifiers, "only one of contains, startswith and endswith may be given", at: item.location)
        }
        if item.field == nil {
            if let modifier = item.modifiers.first(where: needField.contains) {
                throw Refusal(
                    .modifierNeedsField, "'\(modifier.rawValue)' needs a field before it", at: item.location)
            }
            if item.values.contains(.null) {
                throw Refusal(.nullKeyword, "null cannot be a keyword", at: item.location)
            }
        }
        if seen.contains(.all), item.values.count == 1, !seen.contains(.expand) {
            context.warn(.allOnSingleValue, "'all' has a single value to match", at: item.location)
        }
    }

    // MARK: - Modifiers in order, for one kind of value

    /// Goes through the modifiers as the value changes its kind under them.
    private static func walk(
        _ item: DetectionItem, _ start: ValueKind, _ value: Value, _ context: inout ReadingContext
    ) throws(Refusal) {
        var kind = start
        var before: Set<Modifier> = []
        for modifier in item.modifiers {
            switch step(modifier, kind, before) {
            case .success(let next): kind = next
            case .failure(let problem):
                let code = problem.code
                throw Refusal(
                    code, "'\(modifier.rawValue)' \(problem.reason) (the value is \(describe(value)))",
                    at: item.location)
            }
            if kind == .regex, modifier == .contains {
                context.warn(
                    .modifierWithoutEffect, "regular expressions match anywhere in the value: 'contains' does nothing",
                    at: item.location)
            }
            before.insert(modifier)
        }
    }

    /// Why a modifier cannot stand where it stands.
    private struct Problem: Error {
        let code: SigmaDiagnosticCode
        let reason: String

        init(_ reason: String, _ code: SigmaDiagnosticCode = .modifierNotApplicable) {
            self.code = code
            self.reason = reason
        }
    }

    private static func step(
        _ modifier: Modifier, _ kind: ValueKind, _ before: Set<Modifier>
    ) -> Result<ValueKind, Problem> {
        func need(_ allowed: ValueKind..., then next: ValueKind, else reason: String) -> Result<ValueKind, Problem> {
            allowed.contains(kind) ? .success(next) : .failure(Problem(reason))
        }
        func first(except: Set<Modifier> = [], then next: ValueKind) -> Result<ValueKind, Problem> {
            let others = before.subtracting(except.union([.all, .neq, .expand]))
            guard let other = others.map(\.rawValue).min() else { return .success(next) }
            return .failure(Problem("cannot follow '\(other)'"))
        }
        switch modifier {
        case .all, .neq: return .success(kind)
        case .contains:
            return need(.string, .regex, .reference, then: kind, else: "wants text; put numbers into quotes")
        case .startswith, .endswith:
            if kind == .regex { return .failure(Problem("does not work on regular expressions; write ^ or $")) }
            return need(.string, .reference, then: kind, else: "wants text; put numbers into quotes")
        case .cased: return need(.string, .reference, then: kind, else: "wants text")
        case .windash: return need(.string, then: kind, else: "wants text")
        case .wide, .utf16le, .utf16be, .utf16: return need(.string, then: kind, else: "wants text")
        case .base64, .base64offset:
            guard kind == .string else { return .failure(Problem("wants text")) }
            return before.isDisjoint(with: positions)
                ? .success(.string) : .failure(Problem("must stand before contains, startswith and endswith"))
        case .expand: return need(.string, .regex, then: kind, else: "wants text with placeholders")
        case .re:
            guard kind == .string else { return .failure(Problem("wants text")) }
            return first(then: .regex)
        case .i, .m, .s, .ignorecase, .multiline, .dotall:
            return kind == .regex
                ? .success(kind)
                : .failure(Problem("sets a flag of a regular expression and stands after 're'", .regexFlagWithoutRegex))
        case .cidr:
            guard kind == .string else { return .failure(Problem("wants a network such as '10.0.0.0/8'", .badCIDR)) }
            return first(then: .network)
        case .exists:
            guard kind == .boolean else { return .failure(Problem("wants true or false", .existsWantsBoolean)) }
            return first(then: .presence)
        case .lt, .lte, .gt, .gte:
            return [.integer, .float, .timePart].contains(kind)
                ? .success(.comparison) : .failure(Problem("wants a number", .numberExpected))
        case .minute, .hour, .day, .week, .month, .year:
            guard kind == .integer else { return .failure(Problem("wants a whole number", .numberExpected)) }
            return first(then: .timePart)
        case .fieldref:
            guard kind == .string else { return .failure(Problem("wants the name of a field")) }
            return first(except: positions.union([.cased]), then: .reference)
        }
    }
}

/// What a value is at some point of its chain of modifiers.
enum ValueKind: Hashable {
    case string, integer, float, boolean, null
    case regex, reference, network, comparison, presence, timePart

    /// The kind of an unmodified value.
    init(_ value: Value) {
        switch value {
        case .string, .pattern: self = .string
        case .integer: self = .integer
        case .float: self = .float
        case .boolean: self = .boolean
        case .null: self = .null
        }
    }
}
