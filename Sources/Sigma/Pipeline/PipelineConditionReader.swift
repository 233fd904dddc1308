// SPDX-License-Identifier: Apache-2.0

/// Reads the conditions of a step.
struct PipelineConditionReader {
    let context: ReadingContext

    /// The conditions of one level (`rule`, `detection_item` or `field_name`) and how they are joined.
    func group<Element>(
        _ node: YAMLNode, _ level: String, _ read: (String, inout Parameters) throws(Refusal) -> Element?
    ) throws(Refusal) -> ConditionGroup<Element> {
        var group = ConditionGroup<Element>()
        let key = level + "_conditions"
        if let list = node[key], !list.isNull {
            let named =
                list.mapping?.map { ($0.key.text, $0.value) }
                ?? list.sequence?.enumerated().map { (String($0.offset + 1), $0.element) }
            guard let named else {
                throw Refusal(.wrongType, "'\(key)' wants a list or a map", at: context.place(list))
            }
            for (name, element) in named {
                guard let type = element["type"]?.text else {
                    throw Refusal(.wrongType, "a condition needs a type", at: context.place(element))
                }
                var parameters = Parameters(element, owner: type, reserved: ["type"], context)
                guard let condition = try read(type, &parameters) else {
                    throw Refusal(
                        .wrongType,
                        "'\(type)' is no \(level.replacing("_", with: " ")) condition of pySigma's pipelines",
                        at: context.place(element))
                }
                try parameters.finish()
                group.conditions.append((name, condition))
            }
        }
        if case .boolean(let flag)? = node[level + "_cond_not"]?.scalar?.resolved { group.isNegated = flag }
        try link(&group, node, level)
        return group
    }

    private func link<Element>(
        _ group: inout ConditionGroup<Element>, _ node: YAMLNode, _ level: String
    ) throws(Refusal) {
        let operation = node[level + "_cond_op"]
        if let expression = node[level + "_cond_expr"], let text = expression.text {
            let place = context.place(expression)
            guard operation == nil, node[level + "_conditions"]?.mapping != nil else {
                throw Refusal(
                    .wrongType,
                    "'\(level)_cond_expr' needs its conditions as a map of names, and no '\(level)_cond_op'",
                    at: place)
            }
            var parser = ConditionParser(names: group.conditions.map(\.name), allowsSelectors: false)
            do {
                group.linking = .expression(try parser.parse(text))
            } catch {
                throw Refusal(error.code, error.message, at: place)
            }
            if let unused = group.conditions.first(where: { !parser.used.contains($0.name) }) {
                throw Refusal(.wrongType, "the expression does not use the condition '\(unused.name)'", at: place)
            }
        } else if let operation, !operation.isNull {
            switch operation.text {
            case "or": group.linking = .any
            case "and": group.linking = .all
            default:
                throw Refusal(.wrongType, "'\(level)_cond_op' is 'and' or 'or'", at: context.place(operation))
            }
        }
    }

    /// A condition on the rule; nil when the type is none.
    func ruleCondition(_ type: String, _ parameters: inout Parameters) throws(Refusal) -> RuleCondition? {
        switch type {
        case "logsource":
            return .logsource(
                RuleLogSource(
                    category: try parameters.optionalText("category"), product: try parameters.optionalText("product"),
                    service: try parameters.optionalText("service")))
        case "contains_detection_item":
            return .containsItem(field: try parameters.text("field"), value: try parameters.value("value"))
        case "contains_field": return .containsField(try parameters.text("field"))
        case "processing_item_applied": return .itemApplied(try parameters.text("processing_item_id"))
        case "processing_state": return .state(try state(&parameters))
        case "is_sigma_rule": return .isRule
        case "is_sigma_correlation_rule": return .isCorrelation
        case "rule_attribute":
            return .attribute(
                AttributeTest(
                    attribute: try parameters.text("attribute"), value: try parameters.value("value"),
                    operation: try parameters.choice("op", default: StateTest.Operation.eq)))
        case "tag": return .tag(try parameters.text("tag"))
        default: return nil
        }
    }

    /// A condition on a detection item; nil when the type is none.
    func itemCondition(_ type: String, _ parameters: inout Parameters) throws(Refusal) -> ItemCondition? {
        switch type {
        case "match_string":
            let all = try wantsAll(&parameters)
            return .matchString(
                try parameters.regex("pattern"), isNegated: try parameters.flag("negate"), all: all)
        case "match_value":
            let all = try wantsAll(&parameters)
            return .matchValue(try parameters.value("value"), all: all)
        case "contains_wildcard": return .containsWildcard(all: try wantsAll(&parameters))
        case "is_null": return .isNull(all: try wantsAll(&parameters))
        case "processing_item_applied": return .itemApplied(try parameters.text("processing_item_id"))
        case "processing_state": return .state(try state(&parameters))
        default: return nil
        }
    }

    /// A condition on a field name; nil when the type is none.
    func fieldCondition(_ type: String, _ parameters: inout Parameters) throws(Refusal) -> FieldCondition? {
        switch type {
        case "include_fields", "exclude_fields":
            let names = try parameters.texts("fields")
            let isExcluded = type == "exclude_fields"
            switch try parameters.optionalText("mode") ?? "plain" {
            case "plain": return .names(names, isExcluded: isExcluded)
            case "re":
                var patterns: [PipelineRegex] = []
                for name in names { patterns.append(try Parameters.regex(name, at: parameters.location)) }
                return .patterns(patterns, isExcluded: isExcluded)
            default: throw Refusal(.wrongType, "'mode' of \(type) is plain or re", at: parameters.location)
            }
        case "processing_item_applied": return .itemApplied(try parameters.text("processing_item_id"))
        case "processing_state": return .state(try state(&parameters))
        default: return nil
        }
    }

    private func wantsAll(_ parameters: inout Parameters) throws(Refusal) -> Bool {
        switch try parameters.text("cond") {
        case "any": return false
        case "all": return true
        default: throw Refusal(.wrongType, "'cond' of \(parameters.owner) is any or all", at: parameters.location)
        }
    }

    private func state(_ parameters: inout Parameters) throws(Refusal) -> StateTest {
        StateTest(
            key: try parameters.text("key"), value: try parameters.value("val"),
            operation: try parameters.choice("op", default: StateTest.Operation.eq))
    }
}
