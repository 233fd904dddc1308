// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Sigma

/// Reads one case of `telemetry/cases.yml`.
struct CaseReader {
    private let node: YAMLNode
    private let strategy: Strategy
    private let place: SourceLocation

    private static let keys: Set = ["name", "kind", "platform", "origin", "files", "log_source", "fires", "about"]
    private static let expectationKeys: Set = ["rule", "level", "fields"]

    init(_ node: YAMLNode, _ strategy: Strategy) {
        self.node = node
        self.strategy = strategy
        place = SourceLocation(file: strategy.casesPath, line: node.line)
    }

    /// The case; throws the first thing wrong with it, with its place.
    func read() throws(StrategyError) -> TelemetryCase {
        guard let entries = node.mapping else { throw fail("a case is a map with name, kind and files") }
        try check(entries, Self.keys, "a case")
        guard let name = node["name"]?.text, let kind = node["kind"]?.text.flatMap(CaseKind.init(rawValue:)) else {
            throw fail("a case needs a name and a kind (attack, benign or miss)")
        }
        let files = (node["files"]?.sequence ?? []).compactMap(\.text)
        guard !files.isEmpty, files.count == node["files"]?.sequence?.count else {
            throw fail("the case `\(name)` names no files")
        }
        try check([name] + files)
        for file in files { try check(file) }
        if let origin = node["origin"]?.text, !["recorded", "constructed"].contains(origin) {
            throw fail("the origin of `\(name)` is `\(origin)`; it is either recorded or constructed")
        }
        var fires: [TelemetryCase.Expectation] = []
        for entry in node["fires"]?.sequence ?? [] { fires.append(try expectation(entry)) }
        if kind == .attack && fires.isEmpty { throw fail("the attack `\(name)` must fire at least one rule") }
        if kind != .attack && !fires.isEmpty { throw fail("only an attack fires rules; `\(name)` is \(kind.rawValue)") }
        return TelemetryCase(
            name: name, kind: kind, platform: node["platform"]?.text ?? "linux",
            isRecorded: node["origin"]?.text != "constructed",
            files: files.map { strategy.path + "/telemetry/" + $0 }, logSource: logSource, fires: fires,
            about: node["about"]?.text ?? "", location: place)
    }

    private var logSource: RuleLogSource? {
        guard let source = node["log_source"], source.mapping != nil else { return nil }
        return RuleLogSource(
            category: source["category"]?.text, product: source["product"]?.text, service: source["service"]?.text)
    }

    private func fail(_ message: String) -> StrategyError { StrategyError(at: place, message) }

    private func check(_ entries: [YAMLEntry], _ keys: Set<String>, _ what: String) throws(StrategyError) {
        for entry in entries where !keys.contains(entry.key.text) {
            let hint = NearestName.hint(for: entry.key.text, among: keys)
            throw StrategyError(
                at: SourceLocation(file: place.file, line: entry.line),
                "`\(entry.key.text.prefix(80))` is no key of \(what)\(hint); there are: "
                    + keys.sorted().joined(separator: ", "))
        }
    }

    /// Names go to terminals and reports.
    private func check(_ names: [String]) throws(StrategyError) {
        for text in names
        where text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw fail("names of cases and files hold no control characters")
        }
    }

    private func check(_ file: String) throws(StrategyError) {
        if file.hasPrefix("/") || file.split(separator: "/").contains("..") {
            throw fail("`\(file)` must lie in the strategy's telemetry folder")
        }
        // A pipe or device would be waited for without end, and a link leads elsewhere.
        let attributes = try? FileManager.default.attributesOfItem(atPath: strategy.path + "/telemetry/" + file)
        if let type = attributes?[.type] as? FileAttributeType, type != .typeRegular {
            throw fail("`\(file)` is no regular file")
        }
    }

    private func expectation(_ node: YAMLNode) throws(StrategyError) -> TelemetryCase.Expectation {
        if let rule = node.text { return TelemetryCase.Expectation(rule: rule) }
        guard let entries = node.mapping, let rule = node["rule"]?.text else {
            throw fail("an entry of `fires` is the name or id of a rule, or a map with `rule`")
        }
        try check(entries, Self.expectationKeys, "an entry of `fires`")
        var expectation = TelemetryCase.Expectation(rule: rule)
        if let value = node["level"] {
            guard let level = value.text.flatMap(Level.init(rawValue:)) else {
                throw fail("`\(value.text ?? "?")` is no level")
            }
            expectation.level = level
        }
        if let fields = node["fields"] {
            guard let values = fields.mapping else {
                throw fail("`fields` of an entry of `fires` is a map of names and values")
            }
            for entry in values { expectation.fields[entry.key.text] = entry.value.scalar?.text ?? "" }
        }
        return expectation
    }
}
