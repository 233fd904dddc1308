// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Reads searches (specification 2.1, "Detection"), taking the mixes of lists and maps that pySigma takes.
struct DetectionReader {
    /// Most searches a detection may have.
    static let maximumSearches = 4096

    /// The searches of a `detection` or `filter` map, `reserved` keys left out.
    static func searches(
        _ entries: [YAMLEntry], reserved: Set<String>, of node: YAMLNode, _ context: inout ReadingContext
    ) throws(Refusal) -> [NamedSearch] {
        var searches: [NamedSearch] = []
        for entry in entries where !reserved.contains(entry.key.text) {
            searches.append(
                NamedSearch(
                    name: entry.key.text, search: try search(entry.value, &context), location: context.place(entry)))
        }
        guard !searches.isEmpty else {
            throw Refusal(.missingDetection, "there is no search, only a condition", at: context.place(node))
        }
        guard searches.count <= maximumSearches else {
            throw Refusal(.documentTooLarge, "there are over \(maximumSearches) searches", at: context.place(node))
        }
        return searches
    }

    /// What one identifier holds: a map is AND, a list of maps OR, a list of values keywords.
    static func search(_ node: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> Search {
        let place = context.place(node)
        switch node.content {
        case .scalar(let scalar):
            guard !scalar.isNull else { throw Refusal(.emptySearch, "the search holds nothing", at: place) }
            return .item(try keywords([node], at: place, &context))
        case .sequence(let elements):
            guard !elements.isEmpty else { throw Refusal(.emptySearch, "the search is an empty list", at: place) }
            if elements.allSatisfy({ $0.scalar != nil }) {
                return .item(try keywords(elements, at: place, &context))
            }
            var alternatives: [Search] = []
            alternatives.reserveCapacity(elements.count)
            for element in elements { alternatives.append(try search(element, &context)) }
            return .any(alternatives)
        case .mapping(let entries):
            guard !entries.isEmpty else { throw Refusal(.emptySearch, "the search is an empty map", at: place) }
            var items: [Search] = []
            items.reserveCapacity(entries.count)
            for entry in entries { items.append(.item(try item(entry, &context))) }
            return .all(items)
        }
    }

    /// One line of a map: `field|modifier|modifier: values`.
    static func item(_ entry: YAMLEntry, _ context: inout ReadingContext) throws(Refusal) -> DetectionItem {
        let place = context.place(entry)
        var parts = entry.key.text.split(separator: "|", omittingEmptySubsequences: false)[...]
        let field = parts.popFirst().map(String.init) ?? ""
        var modifiers: [Modifier] = []
        for part in parts {
            guard let modifier = Modifier(rawValue: String(part)) else {
                let hint = NearestName.hint(for: String(part), among: Modifier.allCases.map(\.rawValue))
                throw Refusal(
                    .unknownModifier, "'\(part)' is no modifier of Sigma 2.1\(hint) (in '\(entry.key.text)')", at: place
                )
            }
            modifiers.append(modifier)
        }
        let nodes = entry.value.sequence ?? [entry.value]
        guard !nodes.isEmpty else {
            throw Refusal(.emptyValues, "'\(entry.key.text)' has an empty list of values", at: place)
        }
        var values: [Value] = []
        values.reserveCapacity(nodes.count)
        for node in nodes {
            let value = try value(node, asText: !textModifiers.isDisjoint(with: modifiers), &context)
            if value == .null, nodes.count > 1 {
                throw Refusal(
                    .nullInList, "null stands in the list of values of '\(entry.key.text)'", at: context.place(node))
            }
            values.append(value)
        }
        let item = DetectionItem(
            field: field.isEmpty ? nil : field, modifiers: modifiers, values: values, location: place)
        return try ModifierRules.check(item, &context)
    }

    private static func keywords(
        _ nodes: [YAMLNode], at place: SourceLocation, _ context: inout ReadingContext
    ) throws(Refusal) -> DetectionItem {
        var values: [Value] = []
        values.reserveCapacity(nodes.count)
        for node in nodes { values.append(try value(node, asText: false, &context)) }
        return try ModifierRules.check(DetectionItem(field: nil, values: values, location: place), &context)
    }

    /// Modifiers that work on text: under them numbers and booleans are the text they are written as.
    private static let textModifiers: Set<Modifier> = [
        .re, .contains, .startswith, .endswith, .cased, .windash, .base64, .base64offset, .wide, .utf16le, .utf16be,
        .utf16, .expand,
    ]

    private static func value(
        _ node: YAMLNode, asText: Bool, _ context: inout ReadingContext
    ) throws(Refusal) -> Value {
        guard let scalar = node.scalar else {
            throw Refusal(.badValue, "\(node.kindName) stands where a value is expected", at: context.place(node))
        }
        let value = scalar.resolved
        if asText, value != .null { return .string(scalar.text) }
        switch value {
        case .float(let number) where !number.isFinite:
            throw Refusal(
                .badValue, "'\(scalar.text)' is no value a field can have; quote it if the text is meant",
                at: context.place(node))
        case .integer where hasLeadingZero(scalar.text): return .string(scalar.text)
        default: return value
        }
    }

    /// Whether a decimal number is padded with zeros, like the registry value `00000429`.
    ///
    /// Such digits are meant as text: as a number they would no longer equal what stands in the event.
    private static func hasLeadingZero(_ text: String) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        return digits.count > 1 && digits.first == UInt8(ascii: "0")
            && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }
}
