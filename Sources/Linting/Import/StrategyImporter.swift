// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies

/// Makes strategies of documents written elsewhere.
public enum StrategyImporter {
    /// The version of ATT&CK that recognised ids are taken to belong to.
    static let attackVersion = "18.1"

    /// Reads a document, or a rule file whose rule carries a strategy.
    public static func read(_ path: String) throws(StrategyError) -> ImportedStrategy {
        let base = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        guard path.hasSuffix(".yml") || path.hasSuffix(".yaml") else {
            return try importing(try StrategyDocument(contentsOf: path), fallback: base)
        }
        let rules = RuleLoader().load(paths: [path])
        let found = rules.rules.compactMap { rule in RuleDocument(rule) }
        guard let one = found.first else {
            throw StrategyError(path: path, message: "no rule of this file carries rsigma.ads attributes")
        }
        var result = try importing(one.document, fallback: base)
        if let data = FileManager.default.contents(atPath: path) {
            result.files.files["rules/\(base).yml"] = [UInt8](data)
        }
        if found.count > 1 { result.notes.append("the file holds \(found.count) strategies; the first was taken") }
        return result
    }

    /// Makes a strategy of a document.
    static func importing(_ document: StrategyDocument, fallback: String) throws(StrategyError) -> ImportedStrategy {
        guard document.sections.contains(where: { $0.kind != nil }) else {
            throw StrategyError(
                path: document.path,
                message: "holds no heading of an alerting and detection strategy; nothing to import")
        }
        var notes: [String] = []
        var files = StrategyFiles(name: StrategyFiles.slug(document.title, fallback: fallback))
        files.files["strategy.md"] = text(of: document, name: files.name, &notes)
        let drafts = EmulationDrafts(document)
        if let yaml = drafts.yaml {
            files.files["emulations/\(drafts.fileName)"] = Array(yaml.utf8)
            notes.append(
                "\(drafts.count.counted("validation step")) became \(drafts.count == 1 ? "a draft" : "drafts") in"
                    + " emulations/\(drafts.fileName); each needs an oracle")
        } else {
            notes.append("the validation holds no commands to make emulations of")
        }
        for kind in SectionKind.allCases where document.section(kind) == nil {
            notes.append("the section '\(kind.rawValue)' is missing")
        }
        notes.append("rules/ and telemetry/ are missing: the document holds none")
        return ImportedStrategy(files: files, notes: notes)
    }

    /// The document under our headings, the sections' bytes as they are.
    private static func text(of document: StrategyDocument, name: String, _ notes: inout [String]) -> [UInt8] {
        var out = Array("# \(document.title.isEmpty ? name : document.title)\n".utf8)
        out += preamble(document)
        var seen: Set<SectionKind> = []
        for section in document.sections {
            if out.last != UInt8(ascii: "\n") { out.append(UInt8(ascii: "\n")) }
            var heading = section.heading
            // A heading that says more than its name, and the second of a kind, stay as they are.
            if let kind = section.kind, seen.insert(kind).inserted, !heading.contains(":") { heading = kind.rawValue }
            out += Array("\(String(repeating: "#", count: section.level)) \(heading)\n".utf8)
            out += document.bytes[section.body]
            if section.kind == .categorization, let block = categorization(of: document, &notes) {
                if out.last != UInt8(ascii: "\n") { out.append(UInt8(ascii: "\n")) }
                out += Array("\n\(block)\n".utf8)
            }
        }
        if document.section(.categorization) == nil, let block = categorization(of: document, &notes) {
            out += Array("\n## Categorization\n\n\(block)".utf8)
        }
        return out
    }

    /// What stands between the title and the first section.
    private static func preamble(_ document: StrategyDocument) -> [UInt8] {
        guard let first = document.sections.first, !document.title.isEmpty else { return Array("\n".utf8) }
        let lines = Lines(document.bytes)
        let end = lines.start(of: first.location.line)
        var line = 1
        // The title's own line, and the underline of the other form of headings.
        while line < first.location.line {
            let text = String(
                decoding: document.bytes[lines.start(of: line)..<lines.start(of: line + 1)], as: UTF8.self)
            line += 1
            if SectionKind.normalized(text) == SectionKind.normalized(document.title) || text.hasPrefix("# ") { break }
        }
        let start = lines.start(of: line)
        return start < end ? Array(document.bytes[start..<end]) : Array("\n".utf8)
    }

    private static func categorization(of document: StrategyDocument, _ notes: inout [String]) -> String? {
        guard document.blocks.categorization == nil else { return nil }
        let claims = CategorizationClaims(document)
        var techniques = claims.techniques.map(\.id)
        var elsewhere: [String] = []
        for section in document.sections where section.kind != .categorization {
            for id in CategorizationClaims.techniqueIDs(in: section.prose)
            where !techniques.contains(id) && !elsewhere.contains(id) {
                elsewhere.append(id)
            }
        }
        if techniques.isEmpty { swap(&techniques, &elsewhere) }
        if !elsewhere.isEmpty {
            notes.append("also named outside Categorization: \(elsewhere.joined(separator: ", "))")
        }
        guard !techniques.isEmpty else {
            notes.append("no technique was recognised")
            return nil
        }
        notes.append("recognised \(techniques.joined(separator: ", ")), taken to be of ATT&CK \(attackVersion)")
        let platforms = claims.platforms.map(\.name).filter { $0.allSatisfy { $0.isLetter || $0.isNumber } }
        return """
            ```yaml vedette
            categorization:
              attack: "\(attackVersion)"
              techniques: [\(techniques.joined(separator: ", "))]
              tactics: [\(claims.tactics.map(\.name).joined(separator: ", "))]
              platforms: [\(platforms.joined(separator: ", "))]
            ```

            """
    }
}
