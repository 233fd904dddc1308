// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import TestSupport

/// A strategy's folder with two attacks and a benign case, gone when the test is over.
final class StrategyFolder: Sendable {
    private let folder: TemporaryFolder

    /// The strategy's folder.
    var path: String { folder.path + "/scene" }
    /// Where results are kept.
    var results: String { folder.path + "/cache" }
    /// A cache of this scene alone.
    var cache: RuleCache { RuleCache(folder: results, keyFolder: folder.path + "/state") }

    init(cases: String? = nil, document: String? = nil) throws {
        folder = try TemporaryFolder()
        try write("strategy.md", document ?? "# Scene\n")
        try write("rules/rules.yml", Self.rulesText)
        try write("telemetry/cases.yml", cases ?? Self.casesText)
        for (user, image) in [("root", "tool"), ("runner", "other"), ("backup", "tool")] {
            try write(
                "telemetry/\(user).jsonl",
                "{\"Image\": \"/bin/\(image)\", \"User\": \"\(user)\", \"UtcTime\": \"2026-11-21 20:24:05.000\"}\n")
        }
    }

    /// Writes a file of the strategy.
    func write(_ name: String, _ text: String) throws { try folder.write(text.utf8, "scene/" + name) }

    /// Loads the strategy.
    func load(cache: RuleCache? = nil) throws -> LoadedStrategy {
        guard let strategy = try Strategy(path: path) else { throw CocoaError(.fileNoSuchFile) }
        return LoadedStrategy(strategy, cache: cache)
    }

    /// The files of kept results.
    func keptFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: results).filter { $0.hasPrefix("result-") }.sorted()
            .map { results + "/" + $0 }
    }

    private static let casesText = """
        cases:
          - {name: by-root, kind: attack, files: [root.jsonl], fires: [tool_run],
             log_source: {product: linux, category: process_creation}}
          - {name: by-runner, kind: attack, files: [runner.jsonl], fires: [22222222-0000-4000-8000-000000000000],
             log_source: {product: linux, category: process_creation}}
          - {name: by-backup, kind: benign, files: [backup.jsonl],
             log_source: {product: linux, category: process_creation}}
        """

    private static let rulesText = """
        title: Tool run
        id: 11111111-0000-4000-8000-000000000000
        name: tool_run
        level: medium
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /tool}
          condition: selection
        ---
        title: Other run
        id: 22222222-0000-4000-8000-000000000000
        name: other_run
        level: low
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /other}
          condition: selection
        ---
        title: Many tools
        id: 33333333-0000-4000-8000-000000000000
        name: many_tools
        level: low
        status: test
        correlation:
          type: event_count
          rules: [tool_run]
          group-by: [host.name]
          timespan: 1m
          generate: true
          condition: {gte: 6}
        """
}
