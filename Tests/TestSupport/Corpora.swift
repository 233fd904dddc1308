// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Public material that tests use where it is present: `../shared/corpora` beside the checkout, or the folder named by
/// the environment variable `VEDETTE_CORPORA`.
public enum Corpora {
    /// The root folder, nil when absent.
    public static var root: String? {
        let named = ProcessInfo.processInfo.environment["VEDETTE_CORPORA"]
        let candidate = named ?? Checkout.root + "/../shared/corpora"
        return FileManager.default.fileExists(atPath: candidate) ? candidate : nil
    }

    /// Files below a folder of the corpora with a suffix, sorted; empty when the corpora are absent.
    public static func files(under folder: String, suffix: String) -> [String] {
        guard let root, let walker = FileManager.default.enumerator(atPath: root + "/" + folder) else { return [] }
        return walker.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted()
            .map { root + "/" + folder + "/" + $0 }
    }

    /// The lines of a file as bytes, without line ends; `String.split` does not cut at CR LF.
    public static func lines(of path: String) throws -> [[UInt8]] {
        try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n")).map { line in
            line.last == UInt8(ascii: "\r") ? Array(line.dropLast()) : Array(line)
        }
    }

    /// The reason tests give when they skip for want of the corpora.
    public static let absent = "the public corpora are not here (set VEDETTE_CORPORA to their folder)"
}

/// Where this checkout lies.
public enum Checkout {
    /// The package's root folder.
    public static let root = String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 })
}
