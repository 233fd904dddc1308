// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies

/// The strategy a Sigma rule carries in itself, in the custom attributes `rsigma.ads.*`.
///
/// Goal, categorisation, false positives and references stand in the rule's own keys (`description`, `tags`,
/// `falsepositives`, `references`), the rest in `rsigma.ads.{strategy, technical_context, blind_spots, validation,
/// priority, response}`: as keys of the rule, under `custom_attributes`, or as nested maps.
public struct RuleDocument: Sendable {
    /// The strategy as a document; its bytes are the Markdown it is written out as, its places those of the rule's file.
    public var document: StrategyDocument
    /// Whether the rule says that it needs no strategy (`rsigma.ads.exempt`).
    public var isExempt: Bool

    /// The strategy of a rule; nil when it carries none of the attributes.
    public init?(_ rule: Rule) {
        let attributes = Attributes(rule.metadata.custom)
        guard !attributes.values.isEmpty else { return nil }
        let exempt = attributes.values["exempt"]
        isExempt = exempt != nil && exempt != .text("false")
        let markdown = Self.markdown(rule, attributes)
        document = StrategyDocument(parsing: Array(markdown.utf8), path: rule.metadata.location.file)
        relocate(rule)
    }

    /// The attributes and the sections they make.
    private static let sections: [(key: String, kind: SectionKind)] = [
        ("strategy", .strategyAbstract), ("technical_context", .technicalContext), ("blind_spots", .blindSpots),
        ("priority", .priority), ("validation", .validation), ("response", .response),
    ]

    private static func markdown(_ rule: Rule, _ attributes: Attributes) -> String {
        let metadata = rule.metadata
        var text = "# \(metadata.title.excerpt(256))\n"
        func add(_ kind: SectionKind, _ body: String) {
            if !body.isEmpty { text += "\n## \(kind.rawValue)\n\n\(body)\n" }
        }
        func list(_ items: [String]) -> String {
            items.map { "- " + $0.replacing("\n", with: "\n  ") }.joined(separator: "\n")
        }
        add(.goal, metadata.description ?? "")
        var categorization: [String] = []
        for tag in metadata.tags where tag.hasPrefix("attack.") {
            let name = tag.dropFirst(7)
            let isTechnique = name.hasPrefix("t") && name.dropFirst().first?.isNumber == true
            categorization.append(isTechnique ? "Technique: \(name.uppercased())" : "Tactic: \(name)")
        }
        if let product = rule.logsource.product { categorization.append("Platforms: \(product)") }
        add(.categorization, list(categorization))
        for (key, kind) in sections {
            switch attributes.values[key] {
            case .text(let value)?: add(kind, value)
            case .list(let values)?: add(kind, list(values))
            case nil: break
            }
            if kind == .blindSpots { add(.falsePositives, list(metadata.falsePositives)) }
        }
        add(.additionalResources, list(metadata.references.map { $0.contains("://") ? "<\($0)>" : $0 }))
        return text
    }

    /// Gives all places those of the keys in the rule's file.
    private mutating func relocate(_ rule: Rule) {
        let file = rule.metadata.location.file
        let start = max(1, rule.metadata.location.line)
        let lines = (FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? "")
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        func line(_ key: String) -> Int {
            guard start <= lines.count else { return start }
            let index = lines[(start - 1)...].firstIndex { line in
                let text = line.trimming { $0.isWhitespace || $0 == "'" || $0 == "\"" }
                return text.hasPrefix(key + ":") || text.hasPrefix("rsigma.ads.\(key)")
            }
            return index.map { $0 + 1 } ?? start
        }
        let keys: [SectionKind: String] = [
            .goal: "description", .categorization: "tags", .falsePositives: "falsepositives",
            .additionalResources: "references",
        ].merging(Self.sections.map { ($0.kind, $0.key) }) { first, _ in first }
        for index in document.sections.indices {
            let section = document.sections[index]
            let place = SourceLocation(file: file, line: section.kind.flatMap { keys[$0] }.map(line) ?? start)
            document.sections[index].location = place
            for passage in section.passages.indices {
                document.sections[index].passages[passage].location = place
                for code in section.passages[passage].code.indices {
                    document.sections[index].passages[passage].code[code].location = place
                }
            }
            for code in section.code.indices { document.sections[index].code[code].location = place }
        }
        for index in document.diagnostics.indices {
            document.diagnostics[index].location = SourceLocation(file: file, line: start)
        }
    }

    /// The attributes under `rsigma.ads`, however they are nested.
    private struct Attributes {
        enum Value: Equatable {
            case text(String)
            case list([String])
        }

        var values: [String: Value] = [:]

        init(_ custom: [String: String]) {
            for (key, value) in custom {
                if key.hasPrefix("rsigma.ads.") {
                    values[String(key.dropFirst(11))] = Self.value(value)
                } else if ["custom_attributes", "rsigma", "rsigma.ads"].contains(key),
                    let object = try? JSONSerialization.jsonObject(with: Data(value.utf8))
                {
                    collect(object, path: key == "custom_attributes" ? "" : key, depth: 0)
                }
            }
        }

        private mutating func collect(_ object: Any, path: String, depth: Int) {
            if path.hasPrefix("rsigma.ads.") {
                let key = String(path.dropFirst(11))
                if let list = object as? [Any] {
                    values[key] = .list(list.map { $0 as? String ?? "\($0)" })
                } else {
                    values[key] = .text(object as? String ?? "\(object)")
                }
            } else if let map = object as? [String: Any], depth < 4 {
                for (key, value) in map {
                    collect(value, path: path.isEmpty ? key : path + "." + key, depth: depth + 1)
                }
            }
        }

        private static func value(_ text: String) -> Value {
            if text.hasPrefix("["), let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) {
                return .list(list)
            }
            return .text(text)
        }
    }
}
