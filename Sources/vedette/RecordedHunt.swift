// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import Pipeline
import Readers
import Sigma

/// A hunt over what was recorded, from the options to the summary: alerts are sorted and written when all are known.
struct RecordedHunt {
    private let options: Hunt
    private let inputs: Inputs
    private let setup: HuntSetup
    private let sinks: AlertSinks
    private let vocabulary = Vocabulary()

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
        setup = try HuntSetup(options)
        // What cannot be written is told before hours of reading.
        sinks = try options.outputOptions.sinks(OutputSettings(version: Vedette.version, now: .now))
    }

    /// Reads everything and writes the alerts.
    func execute() throws -> HuntOutcome {
        let pipeline = setup.pipeline(vocabulary: vocabulary)
        let warnings = setup.warnings(of: pipeline)
        // Said aloud even when quiet is asked for: it changes which alerts there are.
        for warning in warnings { Console.note("warning: \(warning)") }
        var outcome = HuntOutcome(summary: HuntSummary(), hasPolicyProblems: !warnings.isEmpty)
        outcome.summary.inputsSkipped = inputs.skipped.map { HuntSummary.SkippedInput(path: $0, reason: "no log") }
        // Loading rules is not part of how fast the input was read.
        let start = ContinuousClock.now
        let alerts = SortedAlerts(sinks)
        let partial = try partial(pipeline)
        try read(pipeline, partial, into: alerts)
        outcome.summary.duration = (ContinuousClock.now - start) / .seconds(1)
        outcome.summary.inputsRead = inputs.files.count
        outcome.summary.add(inputs.report)
        outcome.summary.add(pipeline.report)
        outcome.summary.add(pipeline)
        // The process ends soon: giving back the memory of thousands of rules piece by piece would be its last work.
        Forgotten.keep(pipeline)
        Forgotten.keep(setup)
        outcome.highest = alerts.highest
        for (level, count) in alerts.counts { outcome.summary.alertsByLevel[level] = count }
        try alerts.finish()
        try partial?.commit()
        return outcome
    }

    /// A hunt that goes on where another stopped; nil where no state is kept.
    private func partial(_ pipeline: DetectionPipeline) throws -> PartialHunt? {
        guard let path = options.state else { return nil }
        let source = FollowedSource(
            paths: options.paths, format: options.format, vocabulary: vocabulary,
            logSource: options.logSource?.source, evtx: options.evtxOptions)
        return try PartialHunt(pipeline, source, statePath: path, carriesOver: options.carryOver)
    }

    private func read(_ pipeline: DetectionPipeline, _ partial: PartialHunt?, into alerts: SortedAlerts) throws {
        var progress = Outputs.Progress(
            ByteOutput(descriptor: 2), terminal: Terminal(descriptor: options.quiet ? -1 : 2))
        var run = DetectionPipeline.Run(threads: options.threadCount) { changes in
            for change in changes { try alerts.take(change) }
        }
        run.watch = { standing in
            try progress.update(
                .init(
                    bytesDone: standing.bytes, bytesTotal: inputs.size, events: standing.events,
                    alerts: standing.alerts))
        }
        let reader = options.unitReader(vocabulary)
        if let partial {
            try partial.execute(reader: reader, run) { Console.note("vedette: \($0)") }
        } else {
            var source = RecordedSource(
                paths: inputs.files, format: options.format, vocabulary: vocabulary,
                logSource: options.logSource?.source, evtx: options.evtxOptions)
            _ = try pipeline.run(&source, reader: reader, run)
            try run.emit(pipeline.finish())
        }
        try progress.clear()
    }
}
