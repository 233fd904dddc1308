// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Readers
import Sigma
import Strategies

/// Replays a strategy's recorded telemetry through the whole path and holds the alerts against what its cases ask for.
public struct StrategyTester {
    /// How a strategy's alerts are changed before they are judged (priority, suppression); set by the caller.
    public typealias Setup = (Strategy, inout DetectionPipeline.Options) throws -> Void

    private let cache: RuleCache?
    private let setup: Setup

    /// Makes a tester.
    public init(cache: RuleCache? = nil, setup: @escaping Setup = { _, _ in }) {
        self.cache = cache
        self.setup = setup
    }

    /// Runs all cases of a strategy.
    public func run(_ strategy: Strategy) throws -> StrategyTestReport {
        let rules = RuleLoader(cache: cache).load(paths: [strategy.rulesPath])
        let cases = try TelemetryCases.read(strategy)
        var report = StrategyTestReport(strategy: strategy.id)
        report.refusedRules = rules.diagnostics.filter { $0.severity == .error }
        for one in cases { report.cases.append(try run(one, strategy, rules, &report)) }
        judge(rules, &report)
        return report
    }

    private func run(
        _ one: TelemetryCase, _ strategy: Strategy, _ rules: RuleSet, _ report: inout StrategyTestReport
    ) throws -> StrategyTestReport.CaseResult {
        let start = ContinuousClock.now
        let vocabulary = Vocabulary()
        var options = DetectionPipeline.Options()
        try setup(strategy, &options)
        var pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: options) { _ in
            StrategyReference(strategy)
        }
        if report.cases.isEmpty { report.refusedRules += pipeline.diagnostics }
        var result = StrategyTestReport.CaseResult(one)
        var alerts: [Alert] = []
        var batch = EventBatch()
        for file in one.files {
            let logSource = one.logSource.map {
                LogSource(product: $0.product, category: $0.category, service: $0.service)
            }
            var source = FileSource(path: file, vocabulary: vocabulary, logSource: logSource)
            while source.next(&batch) { alerts += pipeline.process(&batch) }
            result.events += source.report.events
            for problem in source.report.samples {
                result.failures.append("\(problem.path):\(problem.position): \(problem.message)")
            }
        }
        alerts += pipeline.finish()
        result.check(alerts)
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
