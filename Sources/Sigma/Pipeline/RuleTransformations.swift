// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads transformations of whole rules, of placeholders and of the pipeline's state.
enum RuleTransformations {
    /// The transformation of this type; nil when it is none of these.
    static func read(
        _ type: String, _ node: YAMLNode, _ parameters: inout Parameters, _ context: inout ReadingContext
    ) throws(Refusal) -> Transformation? {
        switch type {
        case "drop_detection_item": return .dropItem
        case "wildcard_placeholders": return .wildcardPlaceholders(try scope(&parameters))
        case "value_placeholders": return .valuePlaceholders(try scope(&parameters))
        case "file_placeholders":
            let scope = try scope(&parameters)
            return .filePlaceholders(scope, values: try fileValues(&parameters))
        case "query_expression_placeholders", "http_placeholders", "command_placeholders":
            parameters = Parameters(
                YAMLNode(content: .mapping([]), line: node.line, column: node.column), owner: type, reserved: [],
                context)
            context.note(
                .pipelineIgnored,
                "'\(type)' does nothing here; rules whose placeholders nobody else resolves are refused",
                at: context.place(node))
            return .ignored
        case "add_condition": return .addCondition(try condition(&parameters, &context))
        case "change_logsource":
            return .changeLogSource(
                RuleLogSource(
                    category: try parameters.optionalText("category"), product: try parameters.optionalText("product"),
                    service: try parameters.optionalText("service")))
        case "set_state":
            let key = try parameters.text("key")
            return .setState(key: key, value: try parameters.value("val"))
        case "rule_failure": return .ruleFailure(try parameters.text("message"))
        case "detection_item_failure": return .itemFailure(try parameters.text("message"))
        case "set_custom_attribute":
            let name = try parameters.text("attribute")
            let value = try parameters.need("value")
            return .setCustomAttribute(name: name, value: value.text ?? value.json)
        default: return nil
        }
    }

    private static func scope(_ parameters: inout Parameters) throws(Refusal) -> PlaceholderScope {
        let scope = PlaceholderScope(
            include: try parameters.optionalTexts("include"), exclude: try parameters.optionalTexts("exclude"))
        if scope.include != nil, scope.exclude != nil {
            throw Refusal(.wrongType, "'include' and 'exclude' cannot be given together", at: parameters.location)
        }
        return scope
    }

    private static func condition(
        _ parameters: inout Parameters, _ context: inout ReadingContext
    ) throws(Refusal) -> AddedCondition {
        let node = try parameters.need("conditions")
        guard node.mapping != nil else {
            throw Refusal(.wrongType, "'conditions' of add_condition wants a map", at: context.place(node))
        }
        var added = AddedCondition(search: node)
        added.name = try parameters.optionalText("name")
        added.isTemplate = try parameters.flag("template")
        added.isNegated = try parameters.flag("negated")
        var quiet = ReadingContext(file: context.file)
        _ = try DetectionReader.search(node, &quiet)
        return added
    }

    /// The values of file_placeholders: the lines of a text file, which is found beside the pipeline.
    ///
    /// Data formats that need a query language of their own are refused.
    private static func fileValues(_ parameters: inout Parameters) throws(Refusal) -> [Value] {
        let path = try parameters.text("path")
        let format = try parameters.optionalText("format") ?? "plaintext"
        guard format == "plaintext" else {
            throw Refusal(
                .wrongType, "file_placeholders reads plaintext, one value a line; convert '\(path)'",
                at: parameters.location)
        }
        let filter = try parameters.optionalText("filter")
        let expression = try filter.map { (text) throws(Refusal) in try Parameters.regex(text, at: parameters.location)
        }
        let folder = URL(fileURLWithPath: parameters.context.file).deletingLastPathComponent()
        let file = URL(fileURLWithPath: path, relativeTo: folder).path
        let bytes: [UInt8]
        switch RuleFiles.read(file) {
        case .success(let content): bytes = content
        case .failure(let refusal):
            throw Refusal(
                .unreadableFile, "'\(file)' cannot be read: \(refusal.diagnostic.message)", at: parameters.location)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.invalidUTF8, "'\(file)' is not UTF-8", at: parameters.location)
        }
        return text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { line in !line.isEmpty && expression?.matches(in: line) ?? true }
            .map { .string($0) }
    }
}
