// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import Yams

/// One recording of a strategy and what must fire on it, from `telemetry/cases.yml`.
struct StrategyCase: Sendable, CustomTestStringConvertible {
    /// What the recording shows.
    enum Kind: String, Sendable, Decodable { case attack, miss, benign }

    var strategy: String
    var name: String
    var kind: Kind
    /// Full paths.
    var files: [String]
    /// Ids of the rules.
    var fires: Set<String>

    var testDescription: String { "\(strategy)/\(name)" }

    /// Folders of the shipped strategies.
    static let strategies = ["container-evasion", "python-execution"]

    /// The folder of a strategy.
    static func folder(_ strategy: String) -> String { Checkout.root + "/Strategies/" + strategy }

    /// Every case of every strategy.
    static let all: [StrategyCase] = strategies.flatMap { (try? read($0)) ?? [] }

    private struct Document: Decodable {
        struct Entry: Decodable {
            var name: String
            var kind: Kind
            var files: [String]
            var fires: [String]
            var about: String
        }
        var cases: [Entry]
    }

    static func read(_ strategy: String) throws -> [StrategyCase] {
        let telemetry = folder(strategy) + "/telemetry/"
        let text = try String(contentsOfFile: telemetry + "cases.yml", encoding: .utf8)
        return try YAMLDecoder().decode(Document.self, from: text).cases.map { entry in
            StrategyCase(
                strategy: strategy, name: entry.name, kind: entry.kind, files: entry.files.map { telemetry + $0 },
                fires: Set(entry.fires))
        }
    }
}
