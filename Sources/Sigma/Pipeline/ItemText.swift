// SPDX-License-Identifier: Apache-2.0

/// The values of a detection item as pipelines see them.
///
/// pySigma applies modifiers when it reads a rule, so a step sees `*\cmd.exe` where the rule says `endswith: \cmd.exe`.
/// Here modifiers stay as written until a step really changes a value; then the item is rewritten with the wildcards
/// in place and without contains, startswith and endswith, which means the same.
struct ItemText {
    /// The values, wildcards of modifiers in place.
    let values: [Value]

    private static let positions: Set<Modifier> = [.contains, .startswith, .endswith]
    private static let opaque: Set<Modifier> = [
        .re, .cidr, .exists, .fieldref, .lt, .lte, .gt, .gte, .minute, .hour, .day, .week, .month, .year, .base64,
        .base64offset, .wide, .utf16le, .utf16be, .utf16,
    ]

    /// Takes an item's values.
    init(_ item: DetectionItem) {
        guard Self.isTextual(item), !Self.positions.isDisjoint(with: item.modifiers) else {
            values = item.values
            return
        }
        values = item.values.map { value in
            guard let pattern = Self.pattern(value) else { return value }
            return .string(Self.placed(pattern, item.modifiers).sigma)
        }
    }

    /// Whether the item's text values are plain patterns: no expressions, networks, numbers compared or encoded text.
    static func isTextual(_ item: DetectionItem) -> Bool { opaque.isDisjoint(with: item.modifiers) }

    /// The pattern of a text value; nil for others.
    static func pattern(_ value: Value) -> StringPattern? {
        switch value {
        case .string(let text): StringPattern(parsing: text)
        case .pattern(let pattern): pattern
        default: nil
        }
    }

    /// A pattern without escapes, wildcards as they are written: what pySigma's regular expressions see.
    static func plain(_ pattern: StringPattern) -> String {
        pattern.pieces.reduce(into: "") { text, piece in
            switch piece {
            case .literal(let literal): text += literal
            case .anything: text += "*"
            case .one: text += "?"
            }
        }
    }

    /// The reverse of `plain`: a backslash escapes wildcards only, and stands for itself elsewhere.
    static func parse(plain text: String) -> StringPattern {
        var source = ""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            source.unicodeScalars.append(scalar)
            if scalar == "\\" {
                let next = index + 1 < scalars.count ? scalars[index + 1] : nil
                if next != "*" && next != "?" { source += "\\" }
            }
        }
        return StringPattern(parsing: source)
    }

    /// Whether two values are the same, text compared without escapes.
    static func isEqual(_ left: Value, _ right: Value) -> Bool {
        if let a = pattern(left), let b = pattern(right) { return a == b }
        switch (left, right) {
        case (.integer(let a), .float(let b)), (.float(let b), .integer(let a)): return Double(a) == b
        default: return left == right
        }
    }

    /// Keywords for a field: they may stand anywhere in it.
    static func keywordsAsContained(_ item: DetectionItem) -> DetectionItem {
        guard isTextual(item) else { return item }
        var item = item
        item.values = item.values.map { value in
            guard let pattern = pattern(value) ?? pattern(.string(Comparison.text(value))) else { return value }
            return .string(placed(pattern, [.contains]).sigma)
        }
        item.modifiers.removeAll(where: positions.contains)
        return item
    }

    /// The item with its text values changed.
    ///
    /// `change` gives the new values, or nil to leave one; numbers are offered as text when `numbers` says so. Nil when
    /// nothing changed.
    static func changing(
        _ item: DetectionItem, numbers: Bool = false, _ change: (StringPattern) throws(Refusal) -> [Value]?
    ) throws(Refusal) -> DetectionItem? {
        guard isTextual(item) else { return nil }
        var values: [Value] = []
        var isChanged = false
        for value in ItemText(item).values {
            var offered = pattern(value)
            if offered == nil, numbers {
                switch value {
                case .integer, .float: offered = pattern(.string(Comparison.text(value)))
                default: break
                }
            }
            if let offered, let changed = try change(offered) {
                values += changed
                isChanged = isChanged || changed != [value]
            } else {
                values.append(value)
            }
        }
        guard isChanged else { return nil }
        var changed = item
        changed.values = values
        changed.modifiers.removeAll(where: positions.contains)
        return changed
    }

    private static func placed(_ pattern: StringPattern, _ modifiers: [Modifier]) -> StringPattern {
        var pieces = pattern.pieces
        if modifiers.contains(.contains) || modifiers.contains(.endswith) { pieces.insert(.anything, at: 0) }
        if modifiers.contains(.contains) || modifiers.contains(.startswith) { pieces.append(.anything) }
        return StringPattern(pieces: pieces)
    }
}
