// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Outputs
import Pipeline
import Proving
import Readers
import Sigma
import Strategies

/// One hunt, from the options to the summary.
struct HuntRun {
    private let options: Hunt
    private let catalog: StrategyCatalog
    private let rules: RuleSet
    private let policies: StrategyPolicies
    private let inputs: Inputs
    private let sinks: AlertSinks
    private let vocabulary = Vocabulary()

    /// What a hunt came to.
    struct Outcome {
        var summary: HuntSummary
        var highest: Level?
        var summaryText: String
        /// Whether a strategy's document holds what could not be used.
        var hasPolicyProblems = false
        var hasProblems: Bool { !summary.problems.isEmpty || summary.rulesRefused > 0 || hasPolicyProblems }
        /// Whether there was input and not one event came of it.
        var isBlind: Bool { summary.events == 0 && !summary.problems.isEmpty }

        /// Writes the summary as JSON, whole or not at all.
        func writeSummary(to path: String) throws {
            do {
                try Data((summary.json.text + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw Failure("\(path): the summary cannot be written (\(error.localizedDescription))")
            }
        }
    }

    /// Loads rules and finds inputs; throws when there is nothing to do.
    init(_ options: Hunt) throws {
        self.options = options
        for path in options.paths where path != "-" && !FileManager.default.fileExists(atPath: path) {
            throw Failure("\(path): no such file or folder")
        }
        inputs = Inputs(options.paths)
        if inputs.files.isEmpty && inputs.report.problems.isEmpty {
            throw Failure("nothing to read: \(options.paths.joined(separator: ", ")) holds no logs")
        }
        catalog = try options.ruleOptions.catalog()
        rules = try options.ruleOptions.load(catalog)
        if rules.rules.isEmpty {
            for diagnostic in rules.diagnostics.filter({ $0.severity == .error }).prefix(5) {
                Console.note("\(diagnostic.location): \(diagnostic.message)")
            }
            throw Failure("no rule could be loaded")
        }
        let cache = options.ruleOptions.cacheOptions.cache
        var memory = ReplayMemory(cache)
        policies = StrategyPolicies(catalog.strategies.map { LoadedStrategy($0, cache: cache) }, memory: &memory)
        for note in memory.notes { Console.note("note: \(note)") }
        // What cannot be written is told before hours of reading.
        sinks = try options.outputOptions.sinks(OutputSettings(version: Vedette.version, now: Self.now))
    }

    /// Reads everything and writes the alerts.
    func execute() throws -> Outcome {
        var pipelineOptions = DetectionPipeline.Options()
        pipelineOptions.minimumLevel = options.minimumLevel
        pipelineOptions.policies = policies.policies
        pipelineOptions.today = CalendarDay(Self.now)
        pipelineOptions.showsSuppressed = options.showSuppressed
        var pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary, options: pipelineOptions) { file in
            catalog.strategy(ofRuleFile: file).map { StrategyReference($0) }
        }
        let hasPolicyProblems = warn(of: pipeline)
        var summary = HuntSummary()
        summary.inputsSkipped = inputs.skipped.map { HuntSummary.SkippedInput(path: $0, reason: "no log") }
        summary.rulesRefused = rules.refused + pipeline.diagnostics.count
        summary.rulesLoaded = rules.rules.count + rules.correlations.count - pipeline.diagnostics.count
        // Loading rules is not part of how fast the input was read.
        let start = ContinuousClock.now
        let alerts = try read(into: &summary, &pipeline)
        summary.duration = (ContinuousClock.now - start) / .seconds(1)
        fill(&summary, pipeline)
        Forgotten.keep(pipeline)
        var outcome = try write(alerts.sorted(by: Alert.precedes), &summary)
        outcome.hasPolicyProblems = hasPolicyProblems
        return outcome
    }

    private static var now: Timestamp { Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9)) }

    /// Names what of the strategies' documents does not act; false when there is nothing.
    ///
    /// Said aloud even when quiet is asked for: it changes which alerts there are.
    private func warn(of pipeline: DetectionPipeline) -> Bool {
        var warnings = policies.problems
        warnings += pipeline.policy.diagnostics.map { "\($0.location): \($0.message)" }
        for record in pipeline.suppressions where record.state == .refused {
            warnings.append(
                "the suppression `\(record.suppression.id)` of \(record.strategy) is refused and silences nothing: "
                    + (record.refusal ?? "unknown"))
        }
        for warning in warnings { Console.note("warning: \(warning)") }
        return !warnings.isEmpty
    }

    private func read(into summary: inout HuntSummary, _ pipeline: inout DetectionPipeline) throws -> [Alert] {
        var progress = Outputs.Progress(
            ByteOutput(descriptor: 2), terminal: Terminal(descriptor: options.quiet ? -1 : 2))
        var report = inputs.report
        let list = DetectionPipeline.InputList(
            inputs.files, format: options.format, logSource: options.logSource?.source,
            evtx: EVTXOptions(verifiesChecksums: options.verifyChecksums))
        var alerts = try pipeline.process(list, threads: options.threadCount, report: &report) { standing in
            try progress.update(
                .init(
                    bytesDone: standing.bytes, bytesTotal: inputs.size, events: standing.events,
                    alerts: standing.alerts))
        }
        summary.inputsRead = inputs.files.count
        alerts += pipeline.finish()
        try progress.clear()
        summary.add(report)
        return alerts
    }

    private func write(_ alerts: [Alert], _ summary: inout HuntSummary) throws -> Outcome {
        for alert in alerts {
            summary.add(alert)
            try sinks.take(AlertChange(.closed, number: UInt64(alert.count) + 1, alert: alert))
        }
        try sinks.finish()
        return Outcome(
            summary: summary, highest: alerts.filter { $0.suppressed == nil }.map(\.level).max(),
            summaryText: summary.text(style: TableStyle(terminal: Terminal(descriptor: 2))))
    }

    private func fill(_ summary: inout HuntSummary, _ pipeline: DetectionPipeline) {
        for (source, count) in pipeline.eventsBySource {
            summary.eventsByLogsource[vocabulary.source(of: source).description] = count
        }
        let outcome = pipeline.outcome
        summary.foldedRepeats = outcome.folded
        summary.evictedAlerts = outcome.flushedAlerts
        summary.suppressions = pipeline.suppressions
        summary.losses = outcome.losses
        for mute in outcome.unreachable {
            let rule = rules.rules[mute.rule]
            switch mute.cause {
            case .noLogSource:
                let wanted = LogSource(rule.logsource)
                summary.muteRules.append(.init(rule.metadata, missingLogsource: wanted.description, missingFields: []))
            case .missingFields(let fields):
                summary.muteRules.append(.init(rule.metadata, missingLogsource: nil, missingFields: fields))
            }
        }
    }
}
