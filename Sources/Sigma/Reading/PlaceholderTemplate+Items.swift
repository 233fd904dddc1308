// SPDX-License-Identifier: Apache-2.0

extension PlaceholderTemplate {
    /// Most values an item may have after its placeholders are resolved.
    static let maximumValues = 50_000

    /// Resolves what `lookup` knows in the values of an item that carries `expand`; the modifier goes once nothing is
    /// left.
    ///
    /// Texts are in Sigma's notation, so wildcards in them work; under `re` they are part of the expression.
    static func resolve(_ item: inout DetectionItem, _ lookup: (String) -> [Value]?) throws(Refusal) {
        guard item.modifiers.contains(.expand) else { return }
        let isRegex = item.modifiers.contains(.re)
        var values: [Value] = []
        var isOpen = false
        for value in item.values {
            guard case .string(let text) = value else {
                values.append(value)
                continue
            }
            let template = PlaceholderTemplate(parsing: text)
            let ways = template.filled(limit: maximumValues - values.count) { name in
                lookup(name)?.map { insertable($0, isRegex: isRegex) }
            }
            guard let ways else {
                throw Refusal(
                    .tooManyValues, "the placeholders of '\(text)' give over \(maximumValues) values", at: item.location
                )
            }
            for way in ways { isOpen = isOpen || way.hasPlaceholders }
            values += ways.map { .string($0.source) }
        }
        if isOpen {
            item.values = values
        } else {
            item.values = values.map { value in
                if case .string(let text) = value {
                    .string(PlaceholderTemplate(parsing: text).plainText)
                } else {
                    value
                }
            }
            item.modifiers.removeAll { $0 == .expand }
        }
    }

    /// A value as text that can stand inside another.
    ///
    /// A lone backslash at its end is doubled, or it would escape what follows.
    private static func insertable(_ value: Value, isRegex: Bool) -> String {
        let text: String
        switch value {
        case .string(let string): text = string
        case .integer(let number): text = String(number)
        case .float(let number): text = String(number)
        case .boolean(let flag): text = String(flag)
        case .null: text = ""
        case .pattern(let pattern): text = pattern.sigma
        }
        let trailing = text.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        return trailing % 2 == 1 && !isRegex ? text + "\\" : text
    }

    /// The placeholders of a rule that nobody resolved, with the item they stand in.
    static func open(in rule: Rule) -> (names: [String], location: SourceLocation)? {
        for search in rule.detection.searches {
            for item in search.search.items where item.modifiers.contains(.expand) {
                let names = item.values.flatMap { PlaceholderTemplate(parsing: $0).names }
                if !names.isEmpty { return (names, item.location) }
            }
        }
        return nil
    }
}

extension Search {
    /// Whether an item asks for placeholders to be resolved.
    var hasPlaceholders: Bool {
        switch self {
        case .item(let item): item.modifiers.contains(.expand)
        case .all(let searches), .any(let searches): searches.contains(where: \.hasPlaceholders)
        }
    }

    /// All items, in the order they are written.
    var items: [DetectionItem] {
        switch self {
        case .item(let item): [item]
        case .all(let searches), .any(let searches): searches.flatMap(\.items)
        }
    }

    /// The search with each item replaced by what `transform` makes of it; nil removes the item, and a list or map that
    /// loses its last member goes too.
    func mapItems(
        _ transform: (DetectionItem) throws(Refusal) -> Search?
    ) throws(Refusal) -> Search? {
        switch self {
        case .item(let item): return try transform(item)
        case .all(let searches), .any(let searches):
            var kept: [Search] = []
            kept.reserveCapacity(searches.count)
            for search in searches {
                if let search = try search.mapItems(transform) { kept.append(search) }
            }
            if kept.isEmpty { return nil }
            if case .all = self { return .all(kept) }
            return .any(kept)
        }
    }
}
