// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file that a test writes and that goes when the test is done with it.
public final class ScratchFile: Sendable {
    /// Where it lies.
    public let path: String

    /// Makes an empty file.
    public init(named suffix: String = "") throws {
        path = FileManager.default.temporaryDirectory.path + "/vedette-\(UUID().uuidString)\(suffix)"
        try Data().write(to: URL(fileURLWithPath: path))
    }

    /// Makes a file with content.
    public convenience init(_ bytes: some Collection<UInt8>) throws {
        try self.init()
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Appends bytes, as often as wanted.
    public func append(_ bytes: some Collection<UInt8>, times: Int = 1) throws {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.seekToEnd()
        let data = Data(bytes)
        for _ in 0..<times { try handle.write(contentsOf: data) }
        try handle.close()
    }
}
