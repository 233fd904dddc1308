// SPDX-License-Identifier: Apache-2.0
import Files
import Foundation
import Sigma
import Strategies

/// Finds what there is to check below paths: strategies, documents, rule files.
public struct LintTargets: Sendable {
    /// Strategies: folders with a `strategy.md`.
    public private(set) var strategies: [Strategy] = []
    /// Documents that stand alone.
    public private(set) var documents: [StrategyDocument] = []
    /// Rule files outside strategies.
    public private(set) var ruleFiles: [String] = []

    private static let maximumDepth = 32
    /// Sections a file must have to be taken for a strategy when nobody named it.
    private static let minimumSections = 3
    private static let textSuffixes = [".md", ".markdown", ".txt"]
    private var seen: Set<String> = []

    /// Looks through paths.
    ///
    /// A file that is named is taken for rules when it ends with `.yml` or `.yaml`, else for a document. In folders,
    /// Markdown and text files count as documents when they have headings of a strategy.
    public init(paths: [String]) throws(StrategyError) {
        var walker = FolderWalker(links: .all, deepest: Self.maximumDepth - 1)
        for path in paths {
            let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            try visit(trimmed, &walker)
        }
    }

    private mutating func visit(_ named: String, _ walker: inout FolderWalker) throws(StrategyError) {
        try walker.walk(named) { (finding) throws(StrategyError) -> Bool in
            switch finding {
            case .folder(let entry):
                guard let strategy = try Strategy(path: entry.path) else { return true }
                strategies.append(strategy)
            case .file(let entry):
                if seen.insert(entry.real).inserted { try visitFile(entry.path, isNamed: entry.depth == 0) }
            case .hidden: break
            case .trouble(let path, .missing), .trouble(let path, .link):
                if path == named { throw StrategyError(path: path, message: "no such file or folder") }
            case .trouble(let path, .unreadable):
                throw StrategyError(path: path, message: "the folder cannot be read; check its permissions")
            case .trouble(let path, .tooDeep):
                throw StrategyError(path: path, message: "folders nest over \(Self.maximumDepth) levels here")
            }
            return false
        }
    }

    private mutating func visitFile(_ path: String, isNamed: Bool) throws(StrategyError) {
        if path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
            ruleFiles.append(path)
        } else if isNamed && path.hasSuffix("/strategy.md"),
            let strategy = try Strategy(path: String(path.dropLast(12)))
        {
            strategies.append(strategy)
        } else if isNamed || Self.textSuffixes.contains(where: path.hasSuffix) {
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
            guard isNamed || size <= MarkdownReader.maximumBytes else { return }
            let document = try StrategyDocument(contentsOf: path)
            let known = Set(document.sections.compactMap(\.kind)).count
            if isNamed || known >= Self.minimumSections { documents.append(document) }
        }
    }
}
