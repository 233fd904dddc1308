// SPDX-License-Identifier: Apache-2.0

/// Reads the steps of a pipeline.
struct StepReader {
    /// Deepest nesting of `nest`.
    private static let maximumDepth = 8

    /// The keys that belong to the step, not to its transformation.
    private static let frame: Set<String> = [
        "id", "type", "rule_conditions", "rule_cond_expr", "rule_cond_op", "rule_cond_not", "detection_item_conditions",
        "detection_item_cond_expr", "detection_item_cond_op", "detection_item_cond_not", "field_name_conditions",
        "field_name_cond_expr", "field_name_cond_op", "field_name_cond_not",
    ]

    /// The file, and notes about it.
    var context: ReadingContext

    /// Starts on a file.
    init(file: String) { context = ReadingContext(file: file) }

    /// A list of steps.
    mutating func steps(_ node: YAMLNode, depth: Int = 0) throws(Refusal) -> [ProcessingItem] {
        guard !node.isNull else { return [] }
        guard let elements = node.sequence else {
            throw Refusal(.wrongType, "a list of transformations is expected", at: context.place(node))
        }
        guard depth < Self.maximumDepth else {
            throw Refusal(
                .nestingTooDeep, "pipelines nest over \(Self.maximumDepth) levels deep", at: context.place(node))
        }
        var steps: [ProcessingItem] = []
        for element in elements { steps.append(try step(element, depth: depth)) }
        return steps
    }

    private mutating func step(_ node: YAMLNode, depth: Int) throws(Refusal) -> ProcessingItem {
        let place = context.place(node)
        guard node.mapping != nil, let type = node["type"]?.text else {
            throw Refusal(.wrongType, "a transformation needs a type", at: place)
        }
        var parameters = Parameters(node, owner: type, reserved: Self.frame, context)
        let transformation: Transformation
        if type == "nest" {
            transformation = .nest(try steps(try parameters.need("items"), depth: depth + 1))
        } else if let read = try FieldTransformations.read(type, &parameters) {
            transformation = read
        } else if let read = try ValueTransformations.read(type, &parameters) {
            transformation = read
        } else if let read = try RuleTransformations.read(type, node, &parameters, &context) {
            transformation = read
        } else {
            throw Refusal(.wrongType, "'\(type)' is no transformation of pySigma's pipelines", at: place)
        }
        try parameters.finish()
        let conditions = PipelineConditionReader(context: context)
        return ProcessingItem(
            id: node["id"]?.text, transformation: transformation,
            ruleConditions: try conditions.group(node, "rule", conditions.ruleCondition),
            itemConditions: try conditions.group(node, "detection_item", conditions.itemCondition),
            fieldConditions: try conditions.group(node, "field_name", conditions.fieldCondition), location: place)
    }
}

/// Reads transformations of field names.
enum FieldTransformations {
    /// The transformation of this type; nil when it is none of these.
    static func read(_ type: String, _ parameters: inout Parameters) throws(Refusal) -> Transformation? {
        switch type {
        case "field_name_mapping":
            var mapping: [String?: [String]] = [:]
            for entry in try entries("mapping", &parameters) {
                let key = entry.key.isNull ? nil : entry.key.text
                mapping[key] = try Parameters.texts(entry.value, entry.key.text, parameters.context)
            }
            return .fieldMapping(mapping)
        case "field_name_prefix_mapping":
            var mapping: [(prefix: String, replacements: [String])] = []
            for entry in try entries("mapping", &parameters) {
                mapping.append((entry.key.text, try Parameters.texts(entry.value, entry.key.text, parameters.context)))
            }
            return .fieldPrefixMapping(mapping)
        case "field_name_transform":
            let function = try parameters.choice("transform_func", default: NameFunction.lower)
            var exceptions: [String: String] = [:]
            for entry in parameters.take("mapping")?.mapping ?? [] {
                exceptions[entry.key.text] = try Parameters.text(entry.value, entry.key.text, parameters.context)
            }
            return .fieldFunction(function, exceptions: exceptions)
        case "field_name_prefix": return .fieldPrefix(try parameters.text("prefix"))
        case "field_name_suffix": return .fieldSuffix(try parameters.text("suffix"))
        case "add_field": return .addFields(try parameters.texts("field"))
        case "remove_field": return .removeFields(try parameters.texts("field"))
        case "set_field": return .setFields(try parameters.texts("fields"))
        case "strict_field_mapping_failure": return .strictFieldMapping
        default: return nil
        }
    }

    static func entries(_ key: String, _ parameters: inout Parameters) throws(Refusal) -> [YAMLEntry] {
        let node = try parameters.need(key)
        guard let entries = node.mapping else {
            throw Refusal(.wrongType, "'\(key)' wants a map, not \(node.kindName)", at: parameters.context.place(node))
        }
        return entries
    }
}

/// Reads transformations of values.
enum ValueTransformations {
    /// The transformation of this type; nil when it is none of these.
    static func read(_ type: String, _ parameters: inout Parameters) throws(Refusal) -> Transformation? {
        switch type {
        case "hashes_fields":
            var hashes = HashesFields(algorithms: try parameters.texts("valid_hash_algos").map { $0.uppercased() })
            hashes.fieldPrefix = try parameters.optionalText("field_prefix") ?? ""
            hashes.dropsAlgorithm = try parameters.flag("drop_algo_prefix")
            return .hashes(hashes)
        case "extract_fields":
            let expression = try parameters.regex("regex")
            guard !expression.groupNames.isEmpty else {
                throw Refusal(.wrongType, "the regex of extract_fields needs named groups", at: parameters.location)
            }
            var extraction = FieldExtraction(expression: expression)
            extraction.fieldPrefix = try parameters.optionalText("field_prefix")
            extraction.fields = try parameters.optionalTexts("field_to_parse") ?? []
            return .extractFields(extraction)
        case "replace_string":
            var replacement = StringReplacement(
                expression: try parameters.regex("regex"), replacement: try parameters.text("replacement"))
            replacement.skipsSpecial = try parameters.flag("skip_special")
            replacement.interpretsSpecial = try parameters.flag("interpret_special")
            return .replaceString(replacement)
        case "map_string":
            var mapping: [String: [String]] = [:]
            for entry in try FieldTransformations.entries("mapping", &parameters) {
                mapping[entry.key.text] = try Parameters.texts(entry.value, entry.key.text, parameters.context)
            }
            return .mapString(mapping)
        case "regex": return .regex(try parameters.choice("method", default: RegexMethod.brackets))
        case "set_value": return .setValue(try forced(&parameters))
        case "convert_type":
            guard let type = TargetType(rawValue: try parameters.text("target_type")) else {
                throw Refusal(.wrongType, "'target_type' of convert_type is str or num", at: parameters.location)
            }
            return .convertType(type)
        case "case":
            let function = try parameters.choice("method", default: NameFunction.lower)
            guard function != .title else {
                throw Refusal(.wrongType, "'method' of case is lower, upper or snake_case", at: parameters.location)
            }
            return .letterCase(function)
        default: return nil
        }
    }

    private static func forced(_ parameters: inout Parameters) throws(Refusal) -> Value {
        let value = try parameters.value("value")
        guard let type = try parameters.optionalText("force_type") else { return value }
        guard let target = TargetType(rawValue: type), let converted = ValueConversion.convert(value, to: target) else {
            throw Refusal(
                .wrongType, "the value of set_value cannot be forced to '\(type)'; there are str and num",
                at: parameters.location)
        }
        return converted
    }
}
