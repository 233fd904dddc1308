// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Outputs
import Pipeline
import Readers
import Sigma
import Strategies

/// One hunt, from the options to the summary.
struct HuntRun {
    private let options: Hunt
    private let catalog: StrategyCatalog
    private let rules: RuleSet
    private let inputs: Inputs
    private let vocabulary = Vocabulary()

    /// What a hunt came to.
    struct Outcome {
        var summary: HuntSummary
        var highest: Level?
        var summaryText: String
        var hasProblems: Bool { !summary.problems.isEmpty || summary.rulesRefused > 0 }

        /// Writes the summary as JSON, whole or not at all.
        func writeSummary(to path: String) throws {
            try Data((summary.json.text + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }

    /// Loads rules and finds inputs; throws when there is nothing to do.
    init(_ options: Hunt) throws {
        self.options = options
        catalog = try options.ruleOptions.catalog()
        rules = try options.ruleOptions.load(catalog)
        inputs = Inputs(options.paths)
        if rules.rules.isEmpty {
            for diagnostic in rules.diagnostics.prefix(5) {
                Console.note("\(diagnostic.location): \(diagnostic.message)")
            }
            throw Failure("no rule could be loaded")
        }
        for path in options.paths where path != "-" && !FileManager.default.fileExists(atPath: path) {
            throw Failure("\(path): no such file or folder")
        }
    }

    /// Reads everything and writes the alerts.
    func execute() throws -> Outcome {
        let start = ContinuousClock.now
        var pipelineOptions = DetectionPipeline.Options()
        pipelineOptions.minimumLevel = options.minimumLevel
        var pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: pipelineOptions) { file in
            catalog.strategy(ofRuleFile: file).map { StrategyReference($0) }
        }
        var summary = HuntSummary()
        summary.inputsSkipped = inputs.skipped.map { HuntSummary.SkippedInput(path: $0, reason: "no log") }
        summary.rulesRefused = rules.refused + pipeline.diagnostics.count
        summary.rulesLoaded = rules.rules.count + rules.correlations.count - pipeline.diagnostics.count
        var progress = Outputs.Progress(
            ByteOutput(descriptor: 2), terminal: Terminal(descriptor: options.quiet ? -1 : 2))
        var alerts: [Alert] = []
        var batch = EventBatch()
        var report = inputs.report
        for input in inputs.files {
            var source = FileSource(
                path: input, format: options.format, vocabulary: vocabulary, logSource: options.logSource?.source)
            while source.next(&batch) {
                alerts += pipeline.process(&batch)
                try progress.update(
                    .init(
                        bytesDone: report.bytes + source.report.bytes, bytesTotal: nil,
                        events: report.events + source.report.events, alerts: alerts.count))
            }
            report.merge(source.report)
            summary.inputsRead += 1
        }
        alerts += pipeline.finish()
        try progress.clear()
        summary.add(report)
        fill(&summary, pipeline)
        summary.duration =
            Double((ContinuousClock.now - start).components.attoseconds) / 1e18
            + Double((ContinuousClock.now - start).components.seconds)
        return try write(alerts.sorted(by: Alert.precedes), &summary)
    }

    private func write(_ alerts: [Alert], _ summary: inout HuntSummary) throws -> Outcome {
        let now = Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
        var sink = options.output.sink(descriptor: 1, version: Vedette.version, now: now)
        for alert in alerts {
            summary.add(alert)
            try sink.write(alert)
        }
        try sink.finish(summary)
        return Outcome(
            summary: summary, highest: alerts.map(\.rule.level).max(),
            summaryText: summary.text(style: TableStyle(terminal: Terminal(descriptor: 2))))
    }

    private func fill(_ summary: inout HuntSummary, _ pipeline: DetectionPipeline) {
        for (source, count) in pipeline.eventsBySource {
            summary.eventsByLogsource[vocabulary.source(of: source).description] = count
        }
        let outcome = pipeline.outcome
        summary.foldedRepeats = outcome.folded
        summary.evictedAlerts = outcome.flushedAlerts
        for mute in outcome.unreachable {
            let rule = rules.rules[mute.rule]
            switch mute.cause {
            case .noLogSource:
                let wanted = LogSource(
                    product: rule.logsource.product, category: rule.logsource.category, service: rule.logsource.service)
                summary.muteRules.append(.init(rule.metadata, missingLogsource: wanted.description, missingFields: []))
            case .missingFields(let fields):
                summary.muteRules.append(.init(rule.metadata, missingLogsource: nil, missingFields: fields))
            }
        }
    }
}
