// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma

/// Reads `telemetry/cases.yml`.
enum TelemetryCases {
    /// Largest file, in bytes.
    static let maximumBytes = 4 << 20

    /// The bytes of a strategy's cases; none when it has no such file.
    static func text(of strategy: Strategy) throws(StrategyError) -> [UInt8] {
        let path = strategy.casesPath
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: maximumBytes + 1) ?? Data()
        else { throw StrategyError(path: path, message: "cannot be read; check its permissions") }
        guard data.count <= maximumBytes else {
            throw StrategyError(path: path, message: "is over \(maximumBytes >> 20) MiB; split the strategy")
        }
        return [UInt8](data)
    }

    /// The cases in the text of a strategy's file; the first thing wrong ends it.
    static func read(_ text: [UInt8], of strategy: Strategy) throws(StrategyError) -> [TelemetryCase] {
        guard !text.isEmpty else { return [] }
        let path = strategy.casesPath
        let root = LocatedYAML.root(of: String(decoding: text, as: UTF8.self), file: path)
        if let problem = root.diagnostics.first { throw StrategyError(at: problem.location, problem.message) }
        guard let list = root.result?["cases"]?.sequence else {
            throw StrategyError(path: path, message: "must have a list `cases`")
        }
        var cases: [TelemetryCase] = []
        for node in list { cases.append(try CaseReader(node, strategy).read()) }
        var names: Set<String> = []
        for one in cases where !names.insert(one.name).inserted {
            throw StrategyError(at: one.location, "the case name `\(one.name)` is used twice")
        }
        return cases
    }
}
