// SPDX-License-Identifier: Apache-2.0
import Foundation
import Strategies

/// The files of a strategy before they are written.
public struct StrategyFiles: Sendable {
    /// The folder's name.
    public var name: String
    /// Contents by path within the folder.
    public var files: [String: [UInt8]] = [:]

    /// Names a strategy without files.
    public init(name: String) { self.name = name }

    /// Writes the files into a new folder below another, and gives its path; refuses when the folder exists.
    public func write(to parent: String) throws(StrategyError) -> String {
        let folder = (parent.hasSuffix("/") ? String(parent.dropLast()) : parent) + "/" + name
        let manager = FileManager.default
        if manager.fileExists(atPath: folder) {
            throw StrategyError(path: folder, message: "exists already; nothing was written")
        }
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let file = folder + "/" + path
            do {
                let parent = URL(fileURLWithPath: file).deletingLastPathComponent()
                try manager.createDirectory(at: parent, withIntermediateDirectories: true)
                try Data(bytes).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
            } catch {
                throw StrategyError(path: file, message: "cannot be written: \(error.localizedDescription)")
            }
        }
        return folder
    }

    /// A name for a folder: lower-case words joined by dashes, the words of the genre left out.
    static func slug(_ title: String, fallback: String) -> String {
        let genre: Set<String> = ["alerting", "detection", "strategy", "ads", "report", "the", "a", "and"]
        let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
        let kept = words.filter { !genre.contains($0) }.prefix(9)
        if !kept.isEmpty { return kept.joined(separator: "-") }
        let plain = fallback.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return plain.isEmpty ? "imported-strategy" : plain.joined(separator: "-")
    }
}

/// A foreign document as a strategy.
public struct ImportedStrategy: Sendable {
    /// What is to be written.
    public var files: StrategyFiles
    /// What was recognised, and what could not be.
    public var notes: [String]

    /// Writes the strategy into a new folder below another, and gives its path; refuses when the folder exists.
    public func write(to parent: String) throws(StrategyError) -> String { try files.write(to: parent) }
}
