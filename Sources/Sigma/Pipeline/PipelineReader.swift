// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Reads the frame of a pipeline: its keys, and the list of steps.
enum PipelineReader {
    private static let keys: Set<String> = [
        "name", "priority", "vars", "transformations", "postprocessing", "finalizers", "allowed_backends",
    ]

    /// Fills a pipeline from its YAML.
    static func read(_ yaml: String, into pipeline: inout Pipeline) throws(Refusal) {
        let file = pipeline.file
        guard yaml.utf8.count <= FileReader.maximumBytes else {
            throw Refusal(.fileTooLarge, "the pipeline is too large", at: SourceLocation(file: file))
        }
        let chunks = YAMLChunks.split(yaml)
        guard chunks.count == 1, let root = try YAMLDocuments.read(chunks[0], file: file).first,
            let entries = root.mapping
        else {
            throw Refusal(.wrongType, "a pipeline is one YAML document, a map", at: SourceLocation(file: file))
        }
        var reader = StepReader(file: file)
        for entry in entries {
            let place = reader.context.place(entry)
            switch entry.key.text {
            case "name": pipeline.name = entry.value.text
            case "priority":
                guard case .integer(let number)? = entry.value.scalar?.resolved, let priority = Int(exactly: number)
                else {
                    throw Refusal(.wrongType, "'priority' wants a whole number", at: place)
                }
                pipeline.priority = priority
            case "vars": pipeline.variables = try variables(entry.value, reader.context)
            case "transformations": pipeline.items = try reader.steps(entry.value)
            case "postprocessing", "finalizers":
                guard !entry.value.isNull, entry.value.sequence?.isEmpty != true else { break }
                reader.context.note(
                    .pipelineIgnored, "'\(entry.key.text)' works on queries, of which there are none; it does nothing",
                    at: place)
            case "allowed_backends": break
            default:
                throw Refusal(
                    .wrongType,
                    "'\(entry.key.text)' is no key of a pipeline\(NearestName.hint(for: entry.key.text, among: keys)); there are \(keys.sorted().joined(separator: ", "))",
                    at: place)
            }
        }
        pipeline.diagnostics = reader.context.diagnostics
    }

    private static func variables(_ node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> [String: [Value]] {
        guard !node.isNull else { return [:] }
        guard let entries = node.mapping else {
            throw Refusal(.wrongType, "'vars' wants a map, not \(node.kindName)", at: context.place(node))
        }
        var variables: [String: [Value]] = [:]
        for entry in entries {
            var values: [Value] = []
            for element in entry.value.sequence ?? [entry.value] {
                guard let scalar = element.scalar, !scalar.isNull else {
                    throw Refusal(
                        .wrongType, "the variable '\(entry.key.text)' wants texts or numbers, not \(element.kindName)",
                        at: context.place(element))
                }
                values.append(.string(scalar.text))
            }
            variables[entry.key.text] = values
        }
        return variables
    }
}

/// The parameters of a step or condition, each of which must be asked for.
struct Parameters {
    /// What the parameters belong to, for messages.
    let owner: String
    /// Where it stands.
    let location: SourceLocation
    let context: ReadingContext
    private var entries: [String: YAMLEntry] = [:]

    /// Takes the entries of a map, `reserved` keys left out.
    init(_ node: YAMLNode, owner: String, reserved: Set<String>, _ context: ReadingContext) {
        self.owner = owner
        self.context = context
        location = context.place(node)
        for entry in node.mapping ?? [] where !reserved.contains(entry.key.text) { entries[entry.key.text] = entry }
    }

    /// A parameter's value, taken out; nil when it is absent or null.
    mutating func take(_ key: String) -> YAMLNode? {
        guard let node = entries.removeValue(forKey: key)?.value, !node.isNull else { return nil }
        return node
    }

    /// A parameter that must be there.
    mutating func need(_ key: String) throws(Refusal) -> YAMLNode {
        guard let node = take(key) else { throw Refusal(.wrongType, "\(owner) needs '\(key)'", at: location) }
        return node
    }

    mutating func text(_ key: String) throws(Refusal) -> String {
        try Self.text(try need(key), key, context)
    }

    /// A text that may be left out.
    mutating func optionalText(_ key: String) throws(Refusal) -> String? {
        guard let node = take(key) else { return nil }
        return try Self.text(node, key, context)
    }

    /// A list of texts, or a single one.
    mutating func texts(_ key: String) throws(Refusal) -> [String] {
        try Self.texts(try need(key), key, context)
    }

    /// A list of texts that may be left out.
    mutating func optionalTexts(_ key: String) throws(Refusal) -> [String]? {
        guard let node = take(key) else { return nil }
        return try Self.texts(node, key, context)
    }

    /// true or false; false when it is left out.
    mutating func flag(_ key: String) throws(Refusal) -> Bool {
        guard let node = take(key) else { return false }
        guard case .boolean(let flag)? = node.scalar?.resolved else {
            throw Refusal(.wrongType, "'\(key)' wants true or false", at: context.place(node))
        }
        return flag
    }

    /// A value of any scalar kind; null is one too.
    mutating func value(_ key: String) throws(Refusal) -> Value {
        guard let entry = entries.removeValue(forKey: key) else {
            throw Refusal(.wrongType, "\(owner) needs '\(key)'", at: location)
        }
        guard let scalar = entry.value.scalar else {
            throw Refusal(.wrongType, "'\(key)' wants a single value", at: context.place(entry))
        }
        return scalar.resolved
    }

    /// A choice among the raw values of an enum.
    mutating func choice<Choice: RawRepresentable>(
        _ key: String, default: Choice
    ) throws(Refusal) -> Choice where Choice.RawValue == String {
        guard let node = take(key) else { return `default` }
        let text = try Self.text(node, key, context)
        guard let choice = Choice(rawValue: text) else {
            throw Refusal(.wrongType, "'\(text)' is no value for '\(key)' of \(owner)", at: context.place(node))
        }
        return choice
    }

    /// A regular expression.
    mutating func regex(_ key: String) throws(Refusal) -> PipelineRegex {
        let node = try need(key)
        let text = try Self.text(node, key, context)
        return try Self.regex(text, at: context.place(node))
    }

    /// Refuses what nobody asked for.
    func finish() throws(Refusal) {
        guard let entry = entries.values.min(by: { ($0.line, $0.column) < ($1.line, $1.column) }) else { return }
        throw Refusal(.wrongType, "\(owner) has no parameter '\(entry.key.text)'", at: context.place(entry))
    }

    static func regex(_ text: String, at place: SourceLocation) throws(Refusal) -> PipelineRegex {
        guard let expression = PipelineRegex(text) else {
            throw Refusal(.wrongType, "'\(text)' is no valid regular expression", at: place)
        }
        return expression
    }

    static func text(_ node: YAMLNode, _ key: String, _ context: ReadingContext) throws(Refusal) -> String {
        guard let text = node.text else {
            throw Refusal(.wrongType, "'\(key)' wants text, not \(node.kindName)", at: context.place(node))
        }
        return text
    }

    static func texts(_ node: YAMLNode, _ key: String, _ context: ReadingContext) throws(Refusal) -> [String] {
        var texts: [String] = []
        for element in node.sequence ?? [node] { texts.append(try text(element, key, context)) }
        return texts
    }
}
