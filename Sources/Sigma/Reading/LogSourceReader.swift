// SPDX-License-Identifier: Apache-2.0

/// Reads `logsource` (specification 2.1, "Log source").
enum LogSourceReader {
    /// The log source of a rule or filter.
    ///
    /// Refused when it is missing or names nothing: it would stand for every event.
    static func read(_ document: YAMLNode, _ context: inout ReadingContext) throws(Refusal) -> RuleLogSource {
        guard let node = document["logsource"] else {
            throw Refusal(.missingLogsource, "the document has no logsource", at: context.place(document))
        }
        guard let entries = node.mapping else {
            throw Refusal(.wrongType, "'logsource' wants a map, not \(node.kindName)", at: context.place(node))
        }
        var source = RuleLogSource()
        for entry in entries where !entry.value.isNull {
            let text = entry.value.text
            switch entry.key.text {
            case "category", "product", "service":
                guard let text else {
                    throw Refusal(
                        .wrongType, "'\(entry.key.text)' wants text, not \(entry.value.kindName)",
                        at: context.place(entry))
                }
                switch entry.key.text {
                case "category": source.category = text
                case "product": source.product = text
                default: source.service = text
                }
            case "definition": source.definition = text ?? entry.value.json
            default: source.custom[entry.key.text] = text ?? entry.value.json
            }
        }
        if source.category == nil, source.product == nil, source.service == nil, source.custom.isEmpty {
            throw Refusal(
                .missingLogsource, "the logsource names neither category nor product nor service",
                at: context.place(node))
        }
        return source
    }
}
