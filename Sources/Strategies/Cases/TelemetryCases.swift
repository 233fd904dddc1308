// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Yams

/// Reads `telemetry/cases.yml`.
public enum TelemetryCases {
    /// The cases of a strategy; empty when it has none.
    public static func read(_ strategy: Strategy) throws(StrategyError) -> [TelemetryCase] {
        let path = strategy.path + "/telemetry/cases.yml"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let data = FileManager.default.contents(atPath: path), data.count < 4 << 20 else {
            throw StrategyError(path: path, message: "cannot be read, or is larger than 4 MiB")
        }
        let text = String(decoding: data, as: UTF8.self)
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch {
            throw StrategyError(path: path, message: "no YAML: \(error)")
        }
        guard let list = root?.mapping?["cases"]?.sequence else {
            throw StrategyError(path: path, message: "must have a list `cases`")
        }
        var cases: [TelemetryCase] = []
        for node in list { cases.append(try read(node, path, strategy)) }
        for (index, one) in cases.enumerated() where cases[..<index].contains(where: { $0.name == one.name }) {
            throw StrategyError(path: "\(one.location)", message: "the case name `\(one.name)` is used twice")
        }
        return cases
    }

    private static let keys: Set = ["name", "kind", "platform", "origin", "files", "log_source", "fires", "about"]

    private static func read(
        _ node: Node, _ path: String, _ strategy: Strategy
    ) throws(StrategyError) -> TelemetryCase {
        let place = SourceLocation(file: path, line: node.mark?.line ?? 0)
        func fail(_ message: String) -> StrategyError { StrategyError(path: "\(place)", message: message) }
        guard let map = node.mapping else { throw fail("a case is a map with name, kind and files") }
        for key in map.keys where !keys.contains(key.string ?? "") {
            throw fail(
                "`\(key.string ?? "?")` is no key of a case; there are: \(keys.sorted().joined(separator: ", "))")
        }
        guard let name = map["name"]?.string, let kind = map["kind"]?.string.flatMap(CaseKind.init(rawValue:)) else {
            throw fail("a case needs a name and a kind (attack, benign or miss)")
        }
        guard let files = map["files"]?.array(of: String.self), !files.isEmpty else {
            throw fail("the case `\(name)` names no files")
        }
        // Names go to terminals and reports.
        for text in [name] + files
        where text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw fail("names of cases and files hold no control characters")
        }
        for file in files {
            if file.hasPrefix("/") || file.split(separator: "/").contains("..") {
                throw fail("`\(file)` must lie in the strategy's telemetry folder")
            }
            // A pipe or device would be waited for without end, and a link leads elsewhere.
            let attributes = try? FileManager.default.attributesOfItem(atPath: strategy.path + "/telemetry/" + file)
            if let type = attributes?[.type] as? FileAttributeType, type != .typeRegular {
                throw fail("`\(file)` is no regular file")
            }
        }
        if let origin = map["origin"]?.string, !["recorded", "constructed"].contains(origin) {
            throw fail("the origin of `\(name)` is `\(origin)`; it is either recorded or constructed")
        }
        var logSource: RuleLogSource?
        if let source = map["log_source"]?.mapping {
            logSource = RuleLogSource(
                category: source["category"]?.string, product: source["product"]?.string,
                service: source["service"]?.string)
        }
        var fires: [TelemetryCase.Expectation] = []
        for entry in map["fires"]?.sequence ?? [] { fires.append(try expectation(entry, fail)) }
        if kind == .attack && fires.isEmpty { throw fail("the attack `\(name)` must fire at least one rule") }
        if kind != .attack && !fires.isEmpty { throw fail("only an attack fires rules; `\(name)` is \(kind.rawValue)") }
        return TelemetryCase(
            name: name, kind: kind, platform: map["platform"]?.string ?? "linux",
            isRecorded: map["origin"]?.string != "constructed",
            files: files.map { strategy.path + "/telemetry/" + $0 }, logSource: logSource, fires: fires,
            about: map["about"]?.string ?? "", location: place)
    }

    private static func expectation(
        _ node: Node, _ fail: (String) -> StrategyError
    ) throws(StrategyError) -> TelemetryCase.Expectation {
        if let id = node.string { return TelemetryCase.Expectation(rule: id) }
        guard let map = node.mapping, let rule = map["rule"]?.string else {
            throw fail("an entry of `fires` is a rule id, or a map with `rule`")
        }
        for (key, _) in map where !["rule", "level", "fields"].contains(key.string ?? "") {
            throw fail("`\(key.string ?? "?")` is no key of an entry of `fires`; there are: fields, level, rule")
        }
        var expectation = TelemetryCase.Expectation(rule: rule)
        if let node = map["level"] {
            guard let level = node.string.flatMap(Level.init(rawValue:)) else {
                throw fail("`\(node.string ?? "?")` is no level")
            }
            expectation.level = level
        }
        if let fields = map["fields"], fields.mapping == nil {
            throw fail("`fields` of an entry of `fires` is a map of names and values")
        }
        for (key, value) in map["fields"]?.mapping ?? [:] {
            expectation.fields[key.string ?? ""] = value.string ?? value.scalar?.string ?? ""
        }
        return expectation
    }
}
