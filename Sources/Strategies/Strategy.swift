// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma

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
    /// The file of the document.
    public var documentPath: String { path + "/strategy.md" }
    /// The folder of its rules.
    public var rulesPath: String { path + "/rules" }
    /// The file that says what its recordings hold.
    public var casesPath: String { path + "/telemetry/cases.yml" }
    /// The folder of its emulations.
    public var emulationsPath: String { path + "/emulations" }

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
    ///
    /// Of a file that is too large no more is read than shows it; parsing then says so.
    public init(contentsOf path: String) throws(StrategyError) {
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: MarkdownReader.maximumBytes + 1) ?? Data()
        else { throw StrategyError(path: path, message: "cannot be read; check its permissions") }
        self.init(parsing: [UInt8](data), path: path)
    }
}
