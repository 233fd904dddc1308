// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation
import Sigma
import Strategies

/// What replays of recorded telemetry came to, remembered between runs.
///
/// A result is found by hashes of all it depends on: the document, the rules, the cases and emulations as they were
/// loaded, the content of every recording, and the build of the program. So it is the one a replay would give, or it is
/// not found. Where and how it is kept is told in `docs/explanation/rule-cache.md`.
public struct ReplayMemory {
    /// What kind of result it is; part of its name.
    enum Kind: String {
        case suppressions, verdicts
    }

    private let results: KeptResults?
    private let hash: SipHash?
    private var report = RuleCacheReport()

    /// Opens the memory beside a cache of rules; without one nothing is remembered.
    public init(_ cache: RuleCache? = nil) {
        results = cache?.results(&report)
        hash = cache?.contentHash
    }

    /// What was wrong with the memory, a line each, for people; every one of it ended in replaying anew.
    public var notes: [String] { report.notes(about: "what earlier replays found") }

    /// A result that is remembered, or else is made and remembered.
    ///
    /// - Parameters:
    ///   - kind: What is asked for.
    ///   - strategy: What it is asked of.
    ///   - anew: Whether to make it in any case.
    ///   - make: Makes it; what it throws is not remembered.
    mutating func result<Value: Codable>(
        _ kind: Kind, of strategy: LoadedStrategy, anew: Bool = false, make: (inout ReplayMemory) -> Value
    ) -> Value {
        guard let results, let name = name(of: kind, strategy) else { return make(&self) }
        if !anew, let bytes = results.read(name, &report) {
            do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch { report.note(.damaged) }
        }
        let value = make(&self)
        // A recording that changed while it was replayed proves nothing about either of its contents.
        if name == self.name(of: kind, strategy), let data = try? JSONEncoder().encode(value) {
            results.keep([UInt8](data), as: name, &report)
        }
        return value
    }

    private func name(of kind: Kind, _ strategy: LoadedStrategy) -> String? {
        guard let results, let hash, let loaded = strategy.digest else { return nil }
        let recordings = strategy.cases.flatMap(\.files).map { Self.digest(of: $0, hash) }
        return results.name(of: kind.rawValue, from: [loaded] + recordings)
    }

    /// Bytes of a recording that are hashed at a time.
    private static let chunk = 1 << 20

    /// Stands for a recording's content; one that cannot be read is told from every one that can.
    private static func digest(of file: String, _ hash: SipHash) -> SipHash.Digest {
        guard let handle = FileHandle(forReadingAtPath: file) else { return hash.digest(of: [0]) }
        defer { try? handle.close() }
        var digests: [UInt8] = [1]
        do {
            while let data = try handle.read(upToCount: chunk), !data.isEmpty {
                digests += hash.digest(of: [UInt8](data)).bytes
            }
        } catch { digests.append(0) }
        return hash.digest(of: digests)
    }
}
