// SPDX-License-Identifier: Apache-2.0

/// Reads filters (specification 2.1, "Sigma Filters").
enum FilterReader {
    /// A filter; the rules it names are not looked for yet.
    static func read(_ document: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> Filter {
        let metadata = MetadataReader.read(document, &context)
        let logsource = try LogSourceReader.read(document, &context)
        guard let node = document["filter"], let entries = node.mapping else {
            throw Refusal(
                .missingDetection, "'filter' wants a map of rules, searches and a condition",
                at: context.place(document))
        }
        let searches = try DetectionReader.searches(entries, reserved: ["condition", "rules"], of: node, &context)
        let conditions = try RuleReader.conditions(of: node, over: searches, &context)
        guard conditions.count == 1 else {
            throw Refusal(.badCondition, "a filter has exactly one condition", at: context.place(node))
        }
        if !conditions[0].containsNot {
            context.warn(
                .filterWithoutNot,
                "the filter's condition has no 'not': the rules it applies to will fire only where it holds",
                at: node["condition"].map(context.place) ?? context.place(node))
        }
        return Filter(
            metadata: metadata, logsource: logsource, rules: try rules(node, context),
            detection: Detection(searches: searches, conditions: conditions))
    }

    /// The rules named; nil for `any`, `all` and an empty list (as pySigma).
    private static func rules(_ node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> [String]? {
        guard let value = node["rules"], !value.isNull else {
            throw Refusal(
                .missingFilterRules, "the filter does not say which rules it applies to", at: context.place(node))
        }
        if let text = value.text { return ["any", "all"].contains(text.lowercased()) ? nil : [text] }
        guard let elements = value.sequence else {
            throw Refusal(.wrongType, "'rules' wants a list of ids or names, or 'any'", at: context.place(value))
        }
        var rules: [String] = []
        for element in elements {
            guard let text = element.text else {
                throw Refusal(
                    .wrongType, "'rules' wants ids or names, not \(element.kindName)", at: context.place(element))
            }
            rules.append(text)
        }
        return rules.isEmpty ? nil : rules
    }
}

extension Condition {
    /// Whether a `not` stands anywhere in the condition.
    var containsNot: Bool {
        switch self {
        case .not: true
        case .and(let conditions), .or(let conditions): conditions.contains(where: \.containsNot)
        case .search, .of: false
        }
    }

    /// The condition with every search renamed.
    func renamed(_ rename: (String) -> String) -> Condition {
        switch self {
        case .search(let name): .search(rename(name))
        case .and(let conditions): .and(conditions.map { $0.renamed(rename) })
        case .or(let conditions): .or(conditions.map { $0.renamed(rename) })
        case .not(let condition): .not(condition.renamed(rename))
        case .of(let quantifier, let names): .of(quantifier, names.map(rename))
        }
    }
}
