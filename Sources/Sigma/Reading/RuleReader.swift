// SPDX-License-Identifier: Apache-2.0

/// A document after reading, before references between documents are looked at.
enum ParsedDocument: Sendable, Hashable {
    case rule(Rule)
    case correlation(Correlation)
    case filter(Filter)
}

/// Reads one document of whatever kind it is.
enum DocumentReader {
    /// The document; nil when it is no Sigma document, which leaves a warning.
    static func read(_ node: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> ParsedDocument? {
        let kinds = ["detection", "correlation", "filter"].filter { node[$0] != nil }
        guard node.mapping != nil, let kind = kinds.first else {
            context.warn(
                .notASigmaDocument, "the document has neither detection nor correlation nor filter; it is skipped",
                at: context.place(node))
            return nil
        }
        if kinds.count > 1 {
            throw Refusal(
                .wrongType,
                "the document has \(kinds.joined(separator: " and ")); put them into documents of their own",
                at: context.place(node))
        }
        switch kind {
        case "correlation": return .correlation(try CorrelationReader.read(node, &context))
        case "filter": return .filter(try FilterReader.read(node, &context))
        default: return .rule(try RuleReader.read(node, &context))
        }
    }
}

/// Reads rules (specification 2.1, "Rules").
enum RuleReader {
    static func read(_ document: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> Rule {
        let metadata = MetadataReader.read(document, &context)
        let logsource = try LogSourceReader.read(document, &context)
        guard let node = document["detection"], let entries = node.mapping else {
            let place = document["detection"].map(context.place) ?? context.place(document)
            throw Refusal(.missingDetection, "'detection' wants a map of searches and a condition", at: place)
        }
        if let entry = entries.first(where: { $0.key.text == "timeframe" }) {
            throw Refusal(
                .obsoleteTimeframe, "'timeframe' has no meaning without the old aggregations; write a correlation",
                at: context.place(entry))
        }
        let searches = try DetectionReader.searches(entries, reserved: ["condition"], of: node, &context)
        let conditions = try conditions(of: node, over: searches, &context)
        return Rule(
            metadata: metadata, logsource: logsource, detection: Detection(searches: searches, conditions: conditions))
    }

    /// The conditions of a detection or filter; a list is an OR of its members.
    ///
    /// Warns about searches nobody uses.
    static func conditions(
        of node: YAMLNode, over searches: [NamedSearch], _ context: inout ReadingContext
    ) throws(Refusal) -> [Condition] {
        guard let condition = node["condition"], !condition.isNull else {
            throw Refusal(.missingCondition, "there is no condition", at: context.place(node))
        }
        let nodes = condition.sequence ?? [condition]
        guard !nodes.isEmpty else {
            throw Refusal(.missingCondition, "the list of conditions is empty", at: context.place(condition))
        }
        var parser = ConditionParser(names: searches.map(\.name))
        var conditions: [Condition] = []
        for node in nodes {
            let place = context.place(node)
            guard let text = node.text else {
                throw Refusal(.badCondition, "a condition is text, not \(node.kindName)", at: place)
            }
            do {
                conditions.append(try parser.parse(text))
            } catch {
                throw Refusal(error.code, "\(error.message) (in '\(text.prefix(200))')", at: place)
            }
        }
        let used = Set(parser.used)
        for search in searches where !used.contains(search.name) {
            context.warn(.unusedSearch, "the condition does not use '\(search.name)'", at: search.location)
        }
        return conditions
    }
}
