// SPDX-License-Identifier: Apache-2.0

/// Reads `correlation.condition`: bounds on the measured value, or an expression over member rules.
enum CorrelationConditionReader {
    /// Fills in bounds, fields and percentile, or the extended condition (with the rules it names, when none are listed).
    static func read(
        _ node: YAMLNode, into correlation: inout Correlation, _ context: ReadingContext
    ) throws(Refusal) {
        let condition = node["condition"].flatMap { $0.isNull ? nil : $0 }
        switch correlation.kind {
        case .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended:
            try readTemporal(condition, of: node, into: &correlation, context)
        default:
            guard let condition else {
                throw Refusal(
                    .badCorrelationCondition, "a correlation of type \(correlation.kind.rawValue) needs a condition",
                    at: context.place(node))
            }
            try readBounds(condition, into: &correlation, context)
        }
    }

    // MARK: - Temporal kinds

    private static func readTemporal(
        _ condition: YAMLNode?, of node: YAMLNode, into correlation: inout Correlation, _ context: ReadingContext
    ) throws(Refusal) {
        let isExtended = [.temporalExtended, .temporalOrderedExtended].contains(correlation.kind)
        guard let condition else {
            if isExtended {
                throw Refusal(
                    .badCorrelationCondition, "an extended correlation needs a condition over its rules",
                    at: context.place(node))
            }
            return
        }
        if let text = condition.text {
            try readExpression(text, at: context.place(condition), into: &correlation)
            if correlation.kind == .temporal { correlation.kind = .temporalExtended }
            if correlation.kind == .temporalOrdered { correlation.kind = .temporalOrderedExtended }
            guard
                correlation.kind != .temporalOrderedExtended
                    || correlation.rules.count <= Correlation.mostRulesOfChoices
            else {
                throw Refusal(
                    .badCorrelationCondition,
                    "an ordered correlation with an expression takes at most \(Correlation.mostRulesOfChoices) rules",
                    at: context.place(condition))
            }
            return
        }
        // pySigma writes the default of temporal correlations out as a bound: all rules must have matched.
        let count = Double(correlation.rules.count)
        var copy = correlation
        try readBounds(condition, into: &copy, context)
        guard !isExtended, copy.fields.isEmpty,
            copy.bounds == [.init(.gte, count)] || copy.bounds == [.init(.eq, count)]
        else {
            throw Refusal(
                .badCorrelationCondition,
                "a temporal correlation needs all its rules; for other combinations write an expression such as "
                    + "'rule_a and (rule_b or rule_c)'", at: context.place(condition))
        }
    }

    private static func readExpression(
        _ text: String, at place: SourceLocation, into correlation: inout Correlation
    ) throws(Refusal) {
        let listed = correlation.rules
        var parser = ConditionParser(names: listed.isEmpty ? nil : listed, allowsSelectors: false)
        do {
            correlation.condition = try parser.parse(text)
        } catch {
            throw Refusal(.badCorrelationCondition, "\(error.message) (in '\(text.prefix(200))')", at: place)
        }
        if listed.isEmpty {
            correlation.rules = parser.used
        } else if let unused = listed.first(where: { !parser.used.contains($0) }) {
            throw Refusal(
                .badCorrelationCondition, "'\(unused)' is listed under 'rules', but the condition does not use it",
                at: place)
        }
    }

    // MARK: - Bounds

    private static func readBounds(
        _ condition: YAMLNode, into correlation: inout Correlation, _ context: ReadingContext
    ) throws(Refusal) {
        guard let entries = condition.mapping else {
            throw Refusal(
                .badCorrelationCondition, "the condition wants a map such as {gte: 10}, not \(condition.kindName)",
                at: context.place(condition))
        }
        for entry in entries {
            let place = context.place(entry)
            if let comparison = Correlation.Bound.Comparison(rawValue: entry.key.text) {
                correlation.bounds.append(.init(comparison, try number(entry, at: place)))
            } else if entry.key.text == "field" {
                correlation.fields = try fields(entry.value, context)
            } else if entry.key.text == "percentile" {
                let percentile = try number(entry, at: place)
                guard (0...100).contains(percentile) else {
                    throw Refusal(.badPercentile, "the percentile \(percentile) is not from 0 to 100", at: place)
                }
                correlation.percentile = percentile
            } else {
                throw Refusal(
                    .badCorrelationCondition,
                    "'\(entry.key.text)' is no part of a condition; there are gt, gte, lt, lte, eq, neq, field, percentile",
                    at: place)
            }
        }
        try checkBounds(correlation, at: context.place(condition))
    }

    private static func checkBounds(_ correlation: Correlation, at place: SourceLocation) throws(Refusal) {
        if correlation.bounds.isEmpty {
            throw Refusal(.badCorrelationCondition, "the condition has no bound such as gte", at: place)
        }
        let measured: Set<Correlation.Kind> = [.valueCount, .valueSum, .valueAverage, .valuePercentile, .valueMedian]
        if measured.contains(correlation.kind), correlation.fields.isEmpty {
            throw Refusal(
                .missingCorrelationField, "a correlation of type \(correlation.kind.rawValue) needs condition.field",
                at: place)
        }
        if correlation.kind != .valueCount, correlation.fields.count > 1 {
            throw Refusal(
                .missingCorrelationField, "a correlation of type \(correlation.kind.rawValue) measures one field",
                at: place)
        }
        if correlation.kind == .eventCount, !correlation.fields.isEmpty {
            throw Refusal(
                .badCorrelationCondition, "event_count counts events, not values; use value_count for a field",
                at: place)
        }
        if correlation.kind == .valuePercentile, correlation.percentile == nil {
            throw Refusal(
                .badPercentile, "value_percentile needs to know which percentile; add 'percentile' to the condition",
                at: place)
        }
        if correlation.kind != .valuePercentile, correlation.percentile != nil {
            throw Refusal(.badPercentile, "only value_percentile takes a percentile", at: place)
        }
    }

    private static func number(_ entry: YAMLEntry, at place: SourceLocation) throws(Refusal) -> Double {
        switch entry.value.scalar?.resolved {
        case .integer(let number)?: return Double(number)
        case .float(let number)? where number.isFinite: return number
        default:
            throw Refusal(.badCorrelationCondition, "'\(entry.key.text)' wants a number", at: place)
        }
    }

    private static func fields(_ node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> [String] {
        var fields: [String] = []
        for element in node.sequence ?? [node] {
            guard let text = element.text, !text.isEmpty else {
                throw Refusal(.missingCorrelationField, "'field' wants names of fields", at: context.place(element))
            }
            fields.append(text)
        }
        return fields
    }
}
