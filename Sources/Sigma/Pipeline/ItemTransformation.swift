// SPDX-License-Identifier: Apache-2.0

/// Transformations that change the values of one item.
struct ItemTransformation {
    private let transformation: Transformation
    private let variables: [String: [Value]]

    /// Prepares a transformation.
    init(_ transformation: Transformation, variables: [String: [Value]]) {
        self.transformation = transformation
        self.variables = variables
    }

    /// The changed item; nil when the transformation leaves it alone.
    func apply(to item: DetectionItem) throws(Refusal) -> DetectionItem? {
        switch transformation {
        case .wildcardPlaceholders(let scope):
            return try placeholders(item) { name throws(Refusal) in scope.covers(name) ? [.string("*")] : nil }
        case .valuePlaceholders(let scope):
            return try placeholders(item) { name throws(Refusal) in
                guard scope.covers(name) else { return nil }
                guard let values = variables[name] else {
                    throw Refusal(
                        .pipelineRefusal, "the pipeline has no variable for the placeholder %\(name)%",
                        at: item.location)
                }
                return values
            }
        case .filePlaceholders(let scope, let values):
            return try placeholders(item) { name throws(Refusal) in scope.covers(name) ? values : nil }
        case .replaceString(let replacement):
            return try ItemText.changing(item, numbers: true) { pattern throws(Refusal) in
                replacement.apply(to: pattern)
            }
        case .mapString(let mapping):
            return try ItemText.changing(item) { pattern throws(Refusal) in
                mapping[ItemText.plain(pattern)]?.map { .string($0) }
            }
        case .letterCase(let function):
            return try ItemText.changing(item) { pattern throws(Refusal) in
                [.string(pattern.mapLiterals { function($0) }.sigma)]
            }
        case .regex(let method): return try method.apply(to: item)
        case .setValue(let value): return set(value, item)
        case .convertType(let type): return try convert(item, to: type)
        default: return nil
        }
    }

    private func placeholders(
        _ item: DetectionItem, _ lookup: (String) throws(Refusal) -> [Value]?
    ) throws(Refusal) -> DetectionItem? {
        guard item.modifiers.contains(.expand) else { return nil }
        var found: [String: [Value]] = [:]
        for value in item.values {
            for name in PlaceholderTemplate(parsing: value).names where found[name] == nil {
                if let values = try lookup(name) { found[name] = values }
            }
        }
        guard !found.isEmpty else { return nil }
        // Inside an expression, "anything" is written differently.
        if item.modifiers.contains(.re), case .wildcardPlaceholders = transformation {
            found = found.mapValues { _ in [.string(".*")] }
        }
        var changed = item
        try PlaceholderTemplate.resolve(&changed) { found[$0] }
        return changed
    }

    /// All values become one; what modifiers said about the old values goes with them.
    private func set(_ value: Value, _ item: DetectionItem) -> DetectionItem? {
        var changed = item
        changed.values = [value]
        changed.modifiers = item.modifiers.filter { $0 == .neq }
        return changed
    }

    private func convert(_ item: DetectionItem, to type: TargetType) throws(Refusal) -> DetectionItem? {
        guard ItemText.isTextual(item) else { return nil }
        var changed = item
        changed.values = []
        for value in ItemText(item).values {
            guard let converted = ValueConversion.convert(value, to: type) else {
                throw Refusal(
                    .pipelineRefusal, "\(ModifierRules.describe(value)) cannot be made a number, as a pipeline asks",
                    at: item.location)
            }
            changed.values.append(converted)
        }
        guard changed.values != ItemText(item).values else { return nil }
        changed.modifiers.removeAll { [.contains, .startswith, .endswith].contains($0) }
        return changed
    }
}

/// Changing the type of a value.
enum ValueConversion {
    /// The converted value; nil when it cannot be.
    ///
    /// null stays null.
    static func convert(_ value: Value, to type: TargetType) -> Value? {
        switch (type, value) {
        case (_, .null): return .null
        case (.string, .string), (.string, .pattern): return value
        case (.string, _): return .string(Comparison.text(value))
        case (.number, .integer), (.number, .float): return value
        case (.number, .boolean): return nil
        case (.number, .string(let text)):
            switch YAMLScalar(text: text, isString: false).resolved {
            case .integer(let number): return .integer(number)
            case .float(let number) where number.isFinite: return .float(number)
            default: return nil
            }
        case (.number, .pattern): return nil
        }
    }
}

extension StringReplacement {
    /// The changed pattern as a value.
    func apply(to pattern: StringPattern) -> [Value]? {
        guard skipsSpecial else {
            let text = ItemText.plain(pattern)
            let replaced = expression.replacing(in: text, with: replacement)
            return replaced == text ? nil : [.string(ItemText.parse(plain: replaced).sigma)]
        }
        var changed = StringPattern(pieces: [])
        for piece in pattern.pieces {
            guard case .literal(let text) = piece else {
                changed.append(piece)
                continue
            }
            let replaced = expression.replacing(in: text, with: replacement)
            if interpretsSpecial {
                for piece in ItemText.parse(plain: replaced).pieces { changed.append(piece) }
            } else {
                changed.append(.literal(replaced))
            }
        }
        return changed == pattern ? nil : [.string(changed.sigma)]
    }
}

extension RegexMethod {
    /// The item with its text as a regular expression that matches the same values from end to end.
    ///
    /// The method decides about case: `plain` minds it, the others do not.
    func apply(to item: DetectionItem) throws(Refusal) -> DetectionItem? {
        guard ItemText.isTextual(item), !item.modifiers.contains(.windash), item.field != nil else { return nil }
        guard !item.modifiers.contains(.expand) else {
            throw Refusal(
                .pipelineRefusal, "a pipeline makes a regular expression of an open placeholder; resolve it first",
                at: item.location)
        }
        let values = ItemText(item).values
        guard values.contains(where: { $0 != .string("") && ItemText.pattern($0) != nil }) else { return nil }
        var changed = item
        changed.values = values.map { value in
            let pattern = ItemText.pattern(value) ?? StringPattern(parsing: Comparison.text(value))
            return .string("^" + expression(pattern) + "\\z")
        }
        changed.modifiers = item.modifiers.filter { $0 == .all || $0 == .neq } + [.re, .s]
        if self == .flag { changed.modifiers.append(.i) }
        return changed
    }

    private func expression(_ pattern: StringPattern) -> String {
        pattern.pieces.reduce(into: "") { output, piece in
            switch piece {
            case .anything: output += ".*"
            case .one: output += "."
            case .literal(let text):
                for scalar in text.unicodeScalars { output += expression(scalar) }
            }
        }
    }

    private func expression(_ scalar: Unicode.Scalar) -> String {
        let (lower, upper) = (scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping)
        if self == .brackets, lower != upper, lower.unicodeScalars.count == 1, upper.unicodeScalars.count == 1 {
            return "[\(lower)\(upper)]"
        }
        if scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil, scalar != "_" {
            return "\\" + String(scalar)
        }
        return String(scalar)
    }
}

extension StringPattern {
    /// The pattern with its literal text changed.
    func mapLiterals(_ change: (String) -> String) -> StringPattern {
        StringPattern(
            pieces: pieces.map { piece in
                if case .literal(let text) = piece { .literal(change(text)) } else { piece }
            })
    }
}
