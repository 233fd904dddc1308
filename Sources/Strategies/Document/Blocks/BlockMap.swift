// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma

/// A map of a block, read key by key; what nobody asked for is reported.
struct BlockMap {
    /// What the map describes, for messages.
    let what: String
    /// Where it stands.
    let location: SourceLocation
    /// What was found wrong.
    var diagnostics: [Diagnostic] = []
    private let entries: [YAMLEntry]
    private let file: String
    private var asked: [String] = []

    /// Wraps a node; nil, with a finding, when it is no map.
    init?(_ node: YAMLNode, what: String, file: String, _ findings: inout [Diagnostic]) {
        location = SourceLocation(file: file, line: node.line, column: node.column)
        guard let entries = node.mapping else {
            findings.append(
                StrategyFindingCode.blockWrongType.diagnostic(
                    "\(what) is a map of keys and values, not \(node.kindName)", at: location))
            return nil
        }
        self.entries = entries
        self.what = what
        self.file = file
    }

    /// What stands under a key; nothing and null are the same.
    mutating func node(_ key: String) -> YAMLNode? {
        asked.append(key)
        guard let entry = entries.first(where: { $0.key.text == key }), !entry.value.isNull else { return nil }
        return entry.value
    }

    /// All keys and their values, for maps whose keys are names.
    mutating func all() -> [YAMLEntry] {
        asked += entries.map(\.key.text)
        return entries
    }

    /// A single value as text.
    mutating func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        if let text = node.text { return text }
        report(.blockWrongType, "'\(key)' of \(what) wants text, not \(node.kindName)", at: node)
        return nil
    }

    /// A value that must be there and say something.
    mutating func required(_ key: String) -> String? {
        let present = entries.first { $0.key.text == key }
        if let text = text(key) {
            if !text.trimming(\.isWhitespace).isEmpty { return text }
        } else if let present, !present.value.isNull {
            return nil
        }
        diagnostics.append(StrategyFindingCode.blockMissingKey.diagnostic("\(what) has no '\(key)'", at: location))
        return nil
    }

    /// A list of texts; a single text counts as a list of one.
    mutating func texts(_ key: String) -> [String]? {
        guard let node = node(key) else { return nil }
        return Self.texts(of: node, "'\(key)' of \(what)", file: file, &diagnostics)
    }

    /// A list of maps, each read by the function; what it refuses is left out.
    mutating func maps<Element>(_ key: String, _ name: String, _ read: (inout BlockMap) -> Element?) -> [Element] {
        guard let node = node(key) else { return [] }
        return Self.maps(of: node, "'\(key)' of \(what)", name, file: file, &diagnostics, read)
    }

    /// A date, `YYYY-MM-DD`.
    mutating func date(_ key: String) -> String? {
        guard let text = text(key) else { return nil }
        if LocatedYAML.isDate(text) { return text }
        if let node = node(key) { report(.blockBadValue, "'\(text)' is no day of the form 2027-06-30", at: node) }
        return nil
    }

    /// A detection: Sigma searches.
    mutating func detection(_ key: String) -> Detection? {
        guard let node = node(key) else {
            diagnostics.append(StrategyFindingCode.blockMissingKey.diagnostic("\(what) has no '\(key)'", at: location))
            return nil
        }
        let reading = LocatedYAML.detection(node, file: file)
        diagnostics += reading.diagnostics
        return reading.result
    }

    mutating func logSource(_ key: String) -> RuleLogSource? {
        guard let node = node(key) else {
            diagnostics.append(StrategyFindingCode.blockMissingKey.diagnostic("\(what) has no '\(key)'", at: location))
            return nil
        }
        let reading = LocatedYAML.logSource(node, file: file)
        diagnostics += reading.diagnostics
        return reading.result
    }

    /// Reports the keys nobody asked for.
    mutating func finish() {
        for entry in entries where !asked.contains(entry.key.text) {
            let known = Set(asked).sorted().joined(separator: ", ")
            let hint = NearestName.hint(for: entry.key.text, among: asked)
            diagnostics.append(
                StrategyFindingCode.blockUnknownKey.diagnostic(
                    "'\(entry.key.text.prefix(80))' is no key of \(what)\(hint); there are: \(known)",
                    at: SourceLocation(file: file, line: entry.line, column: entry.column)))
        }
    }

    /// Keeps a finding about a node.
    mutating func report(_ code: StrategyFindingCode, _ message: String, at node: YAMLNode) {
        diagnostics.append(
            code.diagnostic(message, at: SourceLocation(file: file, line: node.line, column: node.column)))
    }
}

extension BlockMap {
    /// A node as a list of texts.
    static func texts(
        of node: YAMLNode, _ what: String, file: String, _ diagnostics: inout [Diagnostic]
    ) -> [String]? {
        if let text = node.text { return [text] }
        guard let elements = node.sequence else {
            diagnostics.append(
                StrategyFindingCode.blockWrongType.diagnostic(
                    "\(what) wants a list of texts, not \(node.kindName)",
                    at: SourceLocation(file: file, line: node.line, column: node.column)))
            return nil
        }
        return elements.compactMap { element in
            if let text = element.text { return text }
            diagnostics.append(
                StrategyFindingCode.blockWrongType.diagnostic(
                    "\(what) holds \(element.kindName) where it wants text",
                    at: SourceLocation(file: file, line: element.line, column: element.column)))
            return nil
        }
    }

    /// A node as a list of maps.
    static func maps<Element>(
        of node: YAMLNode, _ what: String, _ name: String, file: String, _ diagnostics: inout [Diagnostic],
        _ read: (inout BlockMap) -> Element?
    ) -> [Element] {
        guard let elements = node.sequence else {
            diagnostics.append(
                StrategyFindingCode.blockWrongType.diagnostic(
                    "\(what) wants a list, not \(node.kindName)",
                    at: SourceLocation(file: file, line: node.line, column: node.column)))
            return []
        }
        return elements.compactMap { element in
            guard var map = BlockMap(element, what: name, file: file, &diagnostics) else { return nil }
            let result = read(&map)
            map.finish()
            diagnostics += map.diagnostics
            return result
        }
    }
}
