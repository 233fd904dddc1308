// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of a test's own, removed with its last reference.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes an empty folder.
    public init() throws {
        // Resolved, because temporary folders lie behind a link on some systems.
        path =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "vedette-\(UUID().uuidString)").path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, making folders as needed; gives its path.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file.path(percentEncoded: false)
    }

    /// Makes a link.
    public func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }
}
