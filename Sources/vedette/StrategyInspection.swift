// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Foundation
import Outputs
import Pipeline
import Sigma
import Strategies

/// A strategy looked at as a whole: its document, its rules, and what its recorded telemetry proves of them.
struct StrategyInspection {
    /// The strategy for coverage and catalogue.
    let entry: CatalogueEntry

    /// Reads a strategy and replays its telemetry; `date` is the time the result is stated for.
    init(_ strategy: Strategy, date: String) throws {
        let path = strategy.path + "/strategy.md"
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure("\(path): cannot be read") }
        let document = StrategyDocument(parsing: [UInt8](data), path: path)
        let rules = RuleLoader().load(paths: [strategy.rulesPath])
        let report = try StrategyTester().run(strategy)
        let lint = Self.lint(document, rules)
        let covered = CoveredStrategy.alerting(in: rules).map { metadata in
            CoveredStrategy.Rule(metadata, proof: Self.proof(of: metadata, rules, report, date))
        }
        let tests = Self.obstacles(in: report)
        let level: ProofState.Level = lint.isEmpty ? (tests.isEmpty && report.passed ? .recorded : .lint) : .prose
        let cases = try TelemetryCases.read(strategy).map { one in
            let result = report.cases.first { $0.name == one.name }
            return CatalogueEntry.Case(one, fired: result?.fired.sorted(), failures: result?.failures ?? [])
        }
        entry = CatalogueEntry(
            strategy: CoveredStrategy(
                id: strategy.id, title: document.title.isEmpty ? strategy.title : document.title,
                categorization: document.blocks.categorization, rules: covered,
                proof: ProofState(level, date: date, obstacles: level == .recorded ? [] : lint.isEmpty ? tests : lint)),
            document: document, rules: Self.written(rules), cases: cases)
    }

    /// What keeps the strategy from proof level 1: errors in its document and rules, warnings left aside.
    private static func lint(_ document: StrategyDocument, _ rules: RuleSet) -> [String] {
        let findings =
            document.diagnostics + rules.diagnostics + RuleLint.check(rules)
            + Engine(rules: rules, vocabulary: Vocabulary()).diagnostics
        return findings.filter { $0.severity == .error }.map { "\($0.location): \($0.message)" }
    }

    /// What keeps the strategy from proof level 2.
    private static func obstacles(in report: StrategyTestReport) -> [String] {
        var obstacles = report.cases.isEmpty ? ["there is no recorded telemetry"] : []
        for one in report.cases { obstacles += one.failures.map { "case \(one.name): \($0)" } }
        for rule in report.rules where !rule.passed {
            let missing = rule.firing.isEmpty ? "in which it fires" : "in which it stays silent"
            obstacles.append("rule \(rule.title) has no case \(missing)")
        }
        return obstacles
    }

    /// A rule is proved by the cases that concern it: those that expect it, and those in which it fired.
    private static func proof(
        of metadata: Metadata, _ rules: RuleSet, _ report: StrategyTestReport, _ date: String
    ) -> ProofState {
        let id = metadata.identifier
        let own = report.rules.first { $0.id == id }
        let failures = report.cases.filter { one in one.failures.contains { $0.hasPrefix(id) } }.map(\.name)
        guard let own, own.passed, failures.isEmpty else {
            return ProofState(.lint, date: date, obstacles: failures.map { "case \($0)" })
        }
        return ProofState(.recorded, date: date)
    }

    /// The rules with the text of their logic.
    private static func written(_ rules: RuleSet) -> [CatalogueEntry.Rule] {
        var texts: [String: String] = [:]
        func logic(_ metadata: Metadata) -> String {
            let file = metadata.location.file
            if texts[file] == nil {
                texts[file] =
                    FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
            }
            return CatalogueEntry.Rule.logic(in: texts[file] ?? "", documentLine: metadata.location.line)
        }
        return rules.rules.map { .init(metadata: $0.metadata, logsource: $0.logsource, logic: logic($0.metadata)) }
            + rules.correlations.map {
                .init(
                    metadata: $0.correlation.metadata, logsource: nil, logic: logic($0.correlation.metadata))
            }
    }
}
