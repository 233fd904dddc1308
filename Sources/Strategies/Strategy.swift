// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An alerting and detection strategy on disk: a folder with `strategy.md` and its rules.
public struct Strategy: Sendable, Hashable {
    /// Name of the folder, by which the strategy is known.
    public var id: String
    /// The document's first heading.
    public var title: String
    /// The folder.
    public var path: String
    /// The folder of its rules.
    public var rulesPath: String { path + "/rules" }

    /// Reads the strategy in a folder; nil when there is no `strategy.md`.
    public init?(path: String) throws(StrategyError) {
        let document = path + "/strategy.md"
        guard FileManager.default.fileExists(atPath: document) else { return nil }
        guard let data = FileManager.default.contents(atPath: document) else {
            throw StrategyError(path: document, message: "cannot be read; check its permissions")
        }
        self.path = path
        id = URL(fileURLWithPath: path).lastPathComponent
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        let heading = lines.first { $0.hasPrefix("# ") }
        title = heading.map { $0.dropFirst(2).trimmingCharacters(in: .whitespaces) } ?? id
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
