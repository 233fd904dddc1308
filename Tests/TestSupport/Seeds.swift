// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The documents the project started from, which are not part of it.
public enum Seeds {
    /// The folder: `VEDETTE_SEEDS`, else `../shared/seeds` beside the checkout; nil when absent.
    public static var root: String? {
        let named = ProcessInfo.processInfo.environment["VEDETTE_SEEDS"]
        let candidate = named ?? Checkout.root + "/../shared/seeds"
        return FileManager.default.fileExists(atPath: candidate) ? candidate : nil
    }

    /// The document about Python.
    public static let python = "000_cb3f9cdbf0d97b89.txt"
    /// The document about containers.
    public static let containers = "001_fadf041f43a71730.txt"

    /// The bytes of one.
    public static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: (root ?? "") + "/" + name)))
    }

    /// The reason tests give when they skip for want of them.
    public static let absent = "the documents are not here (set VEDETTE_SEEDS to their folder)"
}
