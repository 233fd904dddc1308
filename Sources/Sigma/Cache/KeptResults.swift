// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation

/// Results that are kept between runs, each found by what it was made from.
///
/// A result lies in a file of its own in the cache's folder. Its name is a keyed hash of everything the result depends
/// on and of the program's build, so a result is either right or not found. The file ends in a keyed hash of name and
/// content; one that was torn, changed or brought from elsewhere is left aside.
package struct KeptResults: Sendable {
    /// Largest result that is read or written, in bytes.
    static let maximumBytes = 4 << 20
    /// Most results that are kept; the longest unused go first.
    static let maximumResults = 128
    private static let prefix = "result-"

    private let folder: PrivateFolder
    private let names: SipHash
    private let seal: SipHash
    private let builder: SipHash.Digest

    init(_ folder: PrivateFolder, key: SipHash, builder: SipHash.Digest) {
        self.folder = folder
        self.builder = builder
        names = key.derived(for: "name of a result")
        seal = key.derived(for: "seal of a result")
    }

    /// The name of a result.
    ///
    /// - Parameters:
    ///   - kind: What kind of result it is.
    ///   - digests: What it depends on.
    package func name(of kind: String, from digests: [SipHash.Digest]) -> String {
        let parts = Array(kind.utf8) + [0] + builder.bytes + digests.flatMap(\.bytes)
        return Self.prefix + kind + "-" + names.digest(of: parts).hexadecimal
    }

    /// A kept result; nil when there is none, or it cannot be used, which is noted.
    package func read(_ name: String, _ report: inout RuleCacheReport) -> [UInt8]? {
        do throws(PrivateFolder.Failure) {
            let bytes = try folder.read(name, limit: Self.maximumBytes)
            let end = bytes.count - SipHash.byteCount
            guard end >= 0, sealed(bytes[..<end], name) == Array(bytes[end...]) else {
                report.note(.damaged)
                return nil
            }
            folder.touch(name)
            return Array(bytes[..<end])
        } catch {
            switch error {
            case .missing: break
            case .unsafe: report.note(.unsafe)
            case .system: report.note(.unreadable)
            }
            return nil
        }
    }

    /// Keeps a result: readers see the whole of it or nothing.
    package func keep(_ bytes: [UInt8], as name: String, _ report: inout RuleCacheReport) {
        guard bytes.count + SipHash.byteCount <= Self.maximumBytes else { return }
        do throws(PrivateFolder.Failure) {
            try folder.write(bytes + sealed(bytes[...], name), to: name)
            evict(except: name)
        } catch { report.note(.unwritable) }
    }

    private func sealed(_ bytes: ArraySlice<UInt8>, _ name: String) -> [UInt8] {
        seal.digest(of: Array(name.utf8) + [0] + bytes).bytes
    }

    private func evict(except name: String) {
        let results = folder.entries().filter { $0.name.hasPrefix(Self.prefix) && $0.name != name }
            .sorted { $0.changed > $1.changed }
        for entry in results.dropFirst(Self.maximumResults - 1) { folder.remove(entry.name) }
    }
}
