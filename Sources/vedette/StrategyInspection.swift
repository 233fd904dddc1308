// SPDX-License-Identifier: Apache-2.0
import Foundation
import Outputs
import Pipeline
import Sigma
import Strategies

/// A strategy looked at as a whole: its document, its rules, and what its recorded telemetry proves of them.
struct StrategyInspection {
    /// The strategy for coverage and catalogue.
    let entry: CatalogueEntry

    /// Checks a strategy and replays its telemetry; `date` is the time the result is stated for.
    init(_ strategy: Strategy, tester: StrategyTester, date: String) throws {
        let rules = RuleLoader().load(paths: [strategy.rulesPath])
        let cases = try TelemetryCases.read(strategy)
        let report = try tester.run(strategy)
        let lint = try LintRun(targets: LintTargets(paths: [strategy.path]), pipelines: []).findings
            .filter { $0.severity == .error }.map { "\($0.location): \($0.message)" }
        let tests = Self.obstacles(in: report)
        let isReplayed = report.passed && tests.isEmpty
        let level: ProofState.Level = !lint.isEmpty ? .prose : isReplayed ? .recorded : .lint
        // A level includes those below it, so no rule stands above a strategy that does not lint clean.
        let covered = CoveredStrategy.alerting(in: rules).map { metadata in
            CoveredStrategy.Rule(
                metadata,
                proof: lint.isEmpty
                    ? Self.proof(of: metadata.identifier, cases, report, date) : .init(.prose, date: date))
        }
        entry = CatalogueEntry(
            strategy: CoveredStrategy(
                id: strategy.id, title: strategy.title, categorization: strategy.document.blocks.categorization,
                rules: covered,
                proof: ProofState(level, date: date, obstacles: lint.isEmpty ? tests : lint)),
            document: strategy.document, rules: Self.written(rules),
            cases: cases.map { one in
                let result = report.cases.first { $0.name == one.name }
                return CatalogueEntry.Case(one, fired: result?.fired.sorted(), failures: result?.failures ?? [])
            })
    }

    /// What keeps the strategy from proof level 2.
    private static func obstacles(in report: StrategyTestReport) -> [String] {
        var obstacles = report.cases.isEmpty ? ["there is no recorded telemetry"] : []
        obstacles += report.refusedRules.map { "\($0.location): \($0.message)" }
        for one in report.cases { obstacles += one.failures.map { "case \(one.name): \($0)" } }
        for rule in report.rules where !rule.passed {
            let missing = rule.firing.isEmpty ? "in which it fires" : "in which it stays silent"
            obstacles.append("rule \(rule.title) has no case \(missing)")
        }
        for one in report.suppressions { obstacles += one.failures.map { "suppression \(one.id): \($0)" } }
        return obstacles
    }

    /// What the cases prove of a rule: those that expect it, and those in which it fired, must all be as asked for.
    private static func proof(
        of id: String, _ cases: [TelemetryCase], _ report: StrategyTestReport, _ date: String
    ) -> ProofState {
        let failed = report.cases.filter { result in
            let isExpected = cases.contains { $0.name == result.name && $0.fires.contains { $0.rule == id } }
            return !result.passed && (isExpected || result.fired.contains(id))
        }
        guard failed.isEmpty, report.rules.contains(where: { $0.id == id && $0.passed }) else {
            return ProofState(.lint, date: date, obstacles: failed.map { "case \($0.name)" })
        }
        return ProofState(.recorded, date: date)
    }

    /// The rules with the text of their logic.
    private static func written(_ rules: RuleSet) -> [CatalogueEntry.Rule] {
        var texts: [String: String] = [:]
        func logic(_ metadata: Metadata) -> String {
            let file = metadata.location.file
            let text =
                texts[file] ?? FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
                ?? ""
            texts[file] = text
            return CatalogueEntry.Rule.logic(in: text, documentLine: metadata.location.line)
        }
        return rules.rules.map { .init(metadata: $0.metadata, logsource: $0.logsource, logic: logic($0.metadata)) }
            + rules.correlations.map(\.correlation.metadata).map {
                .init(metadata: $0, logsource: nil, logic: logic($0))
            }
    }
}
