// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An alerting and detection strategy on disk: a folder with `strategy.md` and its rules.
public struct Strategy: Sendable, Hashable {
    /// Name of the folder, by which the strategy is known.
    public var id: String
    /// The folder.
    public var path: String
    /// The document.
    public var document: StrategyDocument

    /// The document's title; the id when it has none.
    public var title: String { document.title.isEmpty ? id : document.title }
    /// The folder of its rules.
    public var rulesPath: String { path + "/rules" }

    /// Reads the strategy in a folder; nil when there is no `strategy.md`.
    public init?(path: String) throws(StrategyError) {
        let file = path + "/strategy.md"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        self.path = path
        id = URL(fileURLWithPath: path).lastPathComponent
        document = try StrategyDocument(contentsOf: file)
    }
}

extension StrategyDocument {
    /// Reads a document's file.
    public init(contentsOf path: String) throws(StrategyError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StrategyError(path: path, message: "cannot be read; check its permissions")
        }
        self.init(parsing: [UInt8](data), path: path)
    }
}

/// Why a strategy cannot be used.
public struct StrategyError: Error, Sendable, CustomStringConvertible {
    /// The file or folder.
    public var path: String
    /// What is wrong and what to do.
    public var message: String

    /// `path: message`.
    public var description: String { "\(path): \(message)" }
}
