// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Pipeline
import Readers
import Sigma
import Strategies

/// Replays a strategy's recorded telemetry through the whole path and holds the alerts against what its cases ask for.
///
/// Alerts are judged as an analyst would see them: with the document's priorities and suppressions. Suppressions are
/// looked at whatever their date, so that a result does not change with the day.
public struct StrategyTester {
    /// Makes a tester.
    public init() {}

    /// Runs all cases of a strategy; throws when they cannot be read.
    ///
    /// - Parameters:
    ///   - strategy: The strategy.
    ///   - memory: What earlier runs found, to which this one's result is added.
    ///   - anew: Whether to replay also what is remembered.
    public func run(
        _ strategy: LoadedStrategy, memory: inout ReplayMemory, anew: Bool = false
    ) throws(StrategyError) -> StrategyTestReport {
        if let failure = strategy.casesFailure { throw failure }
        return memory.result(.verdicts, of: strategy, anew: anew) { _ in replay(strategy) }
    }

    private func replay(_ strategy: LoadedStrategy) -> StrategyTestReport {
        let rules = strategy.rules
        var report = StrategyTestReport(strategy: strategy.id)
        report.refusedRules = rules.diagnostics.filter { $0.severity == .error }
        let reference = StrategyReference(strategy.strategy)
        let declared = StrategyPolicy(strategy.document, of: reference)
        let check = SuppressionCheck(declared, cases: strategy.cases, rules: rules)
        report.suppressions = declared.blocks.suppressions.map { suppression in
            .init(id: suppression.id, conflicts: check.conflicts.filter { $0.suppression == suppression.id })
        }
        var options = DetectionPipeline.Options()
        options.policies = [check.refusing(in: declared)]
        for one in strategy.cases { report.cases.append(run(one, reference, rules, options, &report)) }
        judge(rules, &report)
        return report
    }

    private func run(
        _ one: TelemetryCase, _ strategy: StrategyReference, _ rules: RuleSet, _ options: DetectionPipeline.Options,
        _ report: inout StrategyTestReport
    ) -> StrategyTestReport.CaseResult {
        let start = ContinuousClock.now
        let vocabulary = Vocabulary()
        let pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options) { _ in strategy }
        if report.cases.isEmpty { report.refusedRules += pipeline.diagnostics }
        var result = StrategyTestReport.CaseResult(one)
        let alerts = pipeline.replay(one)
        result.events = pipeline.report.events
        for problem in pipeline.report.samples {
            result.failures.append("\(problem.path):\(problem.position): \(problem.message)")
        }
        result.check(alerts, against: one.fires)
        result.duration = ContinuousClock.now - start
        return result
    }

    /// A rule needs a case in which it fires and one that tries it and in which it stays silent.
    private func judge(_ rules: RuleSet, _ report: inout StrategyTestReport) {
        let alerting =
            rules.rules.indices.filter { !rules.silentRules.contains($0) }
            .map { (rules.rules[$0].metadata, Self.product(rules.rules[$0].logsource)) }
            + rules.correlations.filter { !$0.isSilent }.map { ($0.correlation.metadata, nil) }
        for (metadata, product) in alerting {
            var result = StrategyTestReport.RuleResult(id: metadata.identifier, title: metadata.title)
            for one in report.cases {
                let fires = one.fired.contains(metadata.identifier)
                if fires && one.kind == .attack { result.firing.append(one.name) }
                // A recording of another system says nothing about a rule.
                if !fires && one.kind == .benign && (product == nil || one.platforms.contains(product ?? "")) {
                    result.silent.append(one.name)
                }
            }
            report.rules.append(result)
        }
    }

    private static func product(_ logsource: RuleLogSource) -> String? {
        switch logsource.product {
        case "docker": "linux"
        case let product: product
        }
    }
}
