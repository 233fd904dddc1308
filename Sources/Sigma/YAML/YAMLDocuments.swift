// SPDX-License-Identifier: Apache-2.0
import Yams

/// Reading YAML text into nodes, with every cost bounded.
///
/// The library parses to a tree in which an alias shares its anchor's node, so a "billion laughs" file is small there;
/// it grows only when copied, and the copy is counted. What the library itself walks (the keys of mappings, to find
/// duplicates) is kept free of aliases by `AliasGuard`.
enum YAMLDocuments {
    /// Nodes a document may have, aliases expanded.
    static let maximumNodes = 200_000
    /// Levels of nesting a document may have.
    ///
    /// Rules use about six.
    static let maximumDepth = 64

    /// The root nodes of a chunk; empty when it holds nothing.
    ///
    /// A chunk has several roots only when it uses line breaks that `YAMLChunks` does not know.
    static func read(_ chunk: YAMLChunk, file: String) throws(Refusal) -> [YAMLNode] {
        if AliasGuard.isSuspicious(chunk.text) {
            throw Refusal(
                .complexKey, "an alias stands in the key of a map; write the key out",
                at: SourceLocation(file: file, line: chunk.firstLine))
        }
        var copier = NodeCopier(file: file, firstLine: chunk.firstLine)
        var roots: [YAMLNode] = []
        do {
            let parser = try Parser(yaml: chunk.text, resolver: .basic, encoding: .utf8)
            while let root = try parser.nextRoot() {
                roots.append(try copier.copy(root, depth: 0))
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as YamlError {
            throw refusal(for: error, chunk: chunk, file: file)
        } catch {
            throw Refusal(.invalidYAML, "\(error)", at: SourceLocation(file: file, line: chunk.firstLine))
        }
        return roots
    }

    private static func refusal(for error: YamlError, chunk: YAMLChunk, file: String) -> Refusal {
        func place(_ mark: Mark) -> SourceLocation {
            SourceLocation(file: file, line: mark.line + chunk.firstLine - 1, column: mark.column)
        }
        func message(_ context: YamlError.Context?, _ problem: String) -> String {
            guard let context else { return problem }
            return "\(problem) (\(context.text), which starts in line \(context.mark.line + chunk.firstLine - 1))"
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            return Refusal(.invalidYAML, message(context, problem), at: place(mark))
        case .duplicatedKeysInMapping(let duplicates, let context):
            // The library cannot write keys that are lists or maps, and with them its order, and the place it gives, differ
            // from run to run.
            let hasComplex = duplicates.contains("<uncovertable>")
            let names = duplicates.map { $0 == "<uncovertable>" ? "a list or map" : "'\($0)'" }.sorted()
            let subject =
                names.count == 1 ? "the key \(names[0]) stands" : "the keys \(names.joined(separator: ", ")) stand"
            return Refusal(
                .duplicateKey, "\(subject) twice in one map; YAML would keep only one of them",
                at: hasComplex ? SourceLocation(file: file, line: chunk.firstLine) : place(context.mark))
        case .reader(let problem, let offset, _, _):
            let lines = chunk.text.prefix(offset ?? 0).count { $0.isNewline }
            return Refusal(.invalidYAML, problem, at: SourceLocation(file: file, line: chunk.firstLine + lines))
        default:
            return Refusal(.invalidYAML, "\(error)", at: SourceLocation(file: file, line: chunk.firstLine))
        }
    }
}

/// Copies the library's nodes into ours, counting.
private struct NodeCopier {
    let file: String
    let firstLine: Int
    var count = 0

    mutating func copy(_ node: Node, depth: Int) throws(Refusal) -> YAMLNode {
        let line = (node.mark?.line ?? 1) + firstLine - 1
        let column = node.mark?.column ?? 1
        let place = SourceLocation(file: file, line: line, column: column)
        count += 1
        guard count <= YAMLDocuments.maximumNodes else {
            throw Refusal(
                .documentTooLarge,
                "the document has over \(YAMLDocuments.maximumNodes) nodes once aliases are expanded; split it",
                at: place)
        }
        guard depth < YAMLDocuments.maximumDepth else {
            throw Refusal(
                .nestingTooDeep, "the document nests deeper than \(YAMLDocuments.maximumDepth) levels", at: place)
        }
        let content: YAMLNode.Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(try self.scalar(scalar, at: place))
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            elements.reserveCapacity(sequence.count)
            for element in sequence { elements.append(try copy(element, depth: depth + 1)) }
            content = .sequence(elements)
        case .mapping(let mapping):
            content = .mapping(try entries(mapping, depth: depth))
        case .alias:
            throw Refusal(.invalidYAML, "an alias that points nowhere", at: place)
        }
        return YAMLNode(content: content, line: line, column: column)
    }

    /// Entries of a mapping.
    ///
    /// `<<` (YAML 1.1's merge key, which every Sigma tool reads) adds what is not there yet.
    private mutating func entries(_ mapping: Node.Mapping, depth: Int) throws(Refusal) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var merged: [YAMLEntry] = []
        entries.reserveCapacity(mapping.count)
        for (key, value) in mapping {
            let line = (key.mark?.line ?? 1) + firstLine - 1
            let column = key.mark?.column ?? 1
            let place = SourceLocation(file: file, line: line, column: column)
            guard case .scalar(let scalar) = key else {
                throw Refusal(.complexKey, "the key of a map is itself a list or map; use a plain key", at: place)
            }
            let copy = try copy(value, depth: depth + 1)
            if scalar.string == "<<", scalar.style == .plain {
                let sources = copy.mapping.map { [$0] } ?? copy.sequence?.compactMap(\.mapping) ?? []
                guard !sources.isEmpty else {
                    throw Refusal(.invalidYAML, "'<<' wants a map to merge, not \(copy.kindName)", at: place)
                }
                merged += sources.joined()
            } else {
                let key = YAMLScalar(text: scalar.string, isString: scalar.style != .plain)
                entries.append(YAMLEntry(key: key, line: line, column: column, value: copy))
            }
        }
        if !merged.isEmpty {
            var known = Set(entries.map(\.key.text))
            for entry in merged where known.insert(entry.key.text).inserted { entries.append(entry) }
        }
        return entries
    }

    private func scalar(_ scalar: Node.Scalar, at place: SourceLocation) throws(Refusal) -> YAMLScalar {
        let tag = scalar.tag.description
        switch tag {
        case "", "tag:yaml.org,2002:str", "!":
            return YAMLScalar(text: scalar.string, isString: scalar.style != .plain || !tag.isEmpty)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return YAMLScalar(text: scalar.string, isString: false)
        default:
            throw Refusal(
                .unsupportedTag, "the tag '\(tag)' is not part of YAML's core schema; leave it out", at: place)
        }
    }
}
