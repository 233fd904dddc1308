// SPDX-License-Identifier: Apache-2.0
import Strategies

/// Reads a document from text.
public func document(_ text: String, path: String = "strategy.md") -> StrategyDocument {
    StrategyDocument(parsing: Array(text.utf8), path: path)
}

/// A document with one section that holds one block.
public func document(block: String, in section: SectionKind) -> StrategyDocument {
    document("# Title\n\n## \(section.rawValue)\n\n```yaml vedette\n\(block)\n```\n")
}
