// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

@testable import Strategies

/// Reads a document from text.
func document(_ text: String, path: String = "strategy.md") -> StrategyDocument {
    StrategyDocument(parsing: Array(text.utf8), path: path)
}

/// A document with one section that holds one block.
func document(block: String, in section: SectionKind) -> StrategyDocument {
    document("# Title\n\n## \(section.rawValue)\n\n```yaml vedette\n\(block)\n```\n")
}

/// The documents the project started from, which are not part of it.
enum Seeds {
    /// The folder: `VEDETTE_SEEDS`, else `../shared/seeds` beside the checkout; nil when absent.
    static var root: String? {
        let named = ProcessInfo.processInfo.environment["VEDETTE_SEEDS"]
        let candidate = named ?? Checkout.root + "/../shared/seeds"
        return FileManager.default.fileExists(atPath: candidate) ? candidate : nil
    }

    /// The document about Python.
    static let python = "000_cb3f9cdbf0d97b89.txt"
    /// The document about containers.
    static let containers = "001_fadf041f43a71730.txt"

    /// The bytes of one.
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: (root ?? "") + "/" + name)))
    }

    /// The reason tests give when they skip for want of them.
    static let absent = "the documents are not here (set VEDETTE_SEEDS to their folder)"
}
