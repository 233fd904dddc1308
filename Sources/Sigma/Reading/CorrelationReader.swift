// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Reads correlations (specification 2.1, "Sigma Correlation Rules"; extended conditions and medians as pySigma).
enum CorrelationReader {
    /// A correlation; its references are not resolved yet.
    static func read(_ document: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> Correlation {
        let metadata = MetadataReader.read(document, &context)
        guard let node = document["correlation"], node.mapping != nil else {
            throw Refusal(.wrongType, "'correlation' wants a map", at: context.place(document))
        }
        let kind = try kind(of: node, context)
        let rules = try references("rules", in: node, context)
        let timespan = try CorrelationTimespan.read(node, context)
        var correlation = Correlation(
            metadata: metadata, kind: kind, rules: rules, groupBy: try references("group-by", in: node, context),
            timespan: timespan)
        try CorrelationConditionReader.read(node, into: &correlation, context)
        guard !correlation.rules.isEmpty else {
            throw Refusal(.missingCorrelationRules, "the correlation names no rules", at: context.place(node))
        }
        if correlation.groupBy.isEmpty {
            context.note(.missingGroupBy, "without 'group-by' all events are counted together", at: context.place(node))
        }
        correlation.generate = try generate(node, document, context)
        try readAliases(node, into: &correlation, &context)
        return correlation
    }

    private static func kind(of node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> Correlation.Kind {
        guard let entry = node["type"], let text = entry.text else {
            throw Refusal(.unknownCorrelationType, "the correlation has no type", at: context.place(node))
        }
        guard let kind = Correlation.Kind(rawValue: text.lowercased()) else {
            let kinds = Correlation.Kind.allCases.map(\.rawValue)
            throw Refusal(
                .unknownCorrelationType,
                "'\(text)' is no type of correlation\(NearestName.hint(for: text, among: kinds)); there are: "
                    + kinds.joined(separator: ", "),
                at: context.place(entry))
        }
        return kind
    }

    /// A list of names, or a single one.
    private static func references(
        _ key: String, in node: YAMLNode, _ context: ReadingContext
    ) throws(Refusal) -> [String] {
        guard let value = node[key], !value.isNull else { return [] }
        var names: [String] = []
        for element in value.sequence ?? [value] {
            guard let text = element.text, !text.isEmpty else {
                throw Refusal(
                    .wrongType, "'\(key)' wants names, not \(element.kindName)", at: context.place(element))
            }
            if names.contains(text) {
                throw Refusal(.wrongType, "'\(text)' stands twice in '\(key)'", at: context.place(element))
            }
            guard names.count < 1024 else {
                throw Refusal(.documentTooLarge, "'\(key)' has over 1024 entries", at: context.place(value))
            }
            names.append(text)
        }
        return names
    }

    /// `generate` stands inside `correlation`; older documents have it beside.
    private static func generate(
        _ node: YAMLNode, _ document: YAMLNode, _ context: ReadingContext
    ) throws(Refusal) -> Bool {
        guard let value = node["generate"] ?? document["generate"] else { return false }
        guard case .boolean(let flag)? = value.scalar?.resolved else {
            throw Refusal(.wrongType, "'generate' wants true or false", at: context.place(value))
        }
        return flag
    }

    private static func readAliases(
        _ node: YAMLNode, into correlation: inout Correlation, _ context: inout ReadingContext
    ) throws(Refusal) {
        guard let aliases = node["aliases"], !aliases.isNull else { return }
        guard let entries = aliases.mapping else {
            throw Refusal(.badAlias, "'aliases' wants a map of aliases", at: context.place(aliases))
        }
        for entry in entries {
            guard let mapping = entry.value.mapping, !mapping.isEmpty else {
                throw Refusal(
                    .badAlias, "the alias '\(entry.key.text)' wants a map of rule names to fields",
                    at: context.place(entry))
            }
            var fields: [String: String] = [:]
            for member in mapping {
                guard correlation.rules.contains(member.key.text) else {
                    throw Refusal(
                        .badAlias,
                        "the alias '\(entry.key.text)' names '\(member.key.text)', which is not under 'rules'",
                        at: context.place(member))
                }
                guard let field = member.value.text, !field.isEmpty else {
                    throw Refusal(
                        .badAlias, "'\(member.key.text)' wants the name of a field", at: context.place(member))
                }
                fields[member.key.text] = field
            }
            let name = entry.key.text
            correlation.aliases[name] = fields
            if !correlation.groupBy.contains(name), !correlation.fields.contains(name) {
                context.warn(.unusedAlias, "nothing uses the alias '\(name)'", at: context.place(entry))
            }
        }
    }
}

/// Reads `timespan`: a number and a unit.
///
/// `s m h d` are the specification's, `w M y` pySigma's.
enum CorrelationTimespan {
    /// Longest window in seconds: 366 days.
    static let maximum = 366 * 86_400

    private static let units: [Character: Int] = [
        "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "M": 2_629_746, "y": 31_556_952,
    ]

    /// The width of the window in seconds.
    static func read(_ node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> Int {
        guard let value = node["timespan"] ?? node["timeframe"], let text = value.text else {
            throw Refusal(.badTimespan, "the correlation has no timespan", at: context.place(node))
        }
        guard let seconds = seconds(text) else {
            throw Refusal(
                .badTimespan, "'\(text)' is no timespan from 1s to 366d, such as 30s, 15m, 12h or 7d",
                at: context.place(value))
        }
        return seconds
    }

    /// The seconds of a timespan; nil when it is malformed or out of bounds.
    static func seconds(_ text: String) -> Int? {
        guard let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
            text.dropLast().utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow || seconds < 1 || seconds > maximum ? nil : seconds
    }
}
