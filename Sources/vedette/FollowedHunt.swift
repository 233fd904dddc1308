// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import Pipeline
import Readers
import Sigma

/// A hunt that goes on reading what grows, and writes alerts as they happen.
struct FollowedHunt {
    private let options: Hunt
    private let setup: HuntSetup
    private let sinks: AlertSinks
    private let vocabulary = Vocabulary()

    /// Loads rules; throws when there is nothing to do.
    init(_ options: Hunt) throws {
        self.options = options
        setup = try HuntSetup(options)
        var settings = OutputSettings(version: Vedette.version, now: .now)
        settings.isFollowed = true
        sinks = try options.outputOptions.sinks(settings)
    }

    /// Counts alerts by level as they open.
    private final class Tally {
        var byLevel: [Level: Int] = [:]

        func add(_ change: AlertChange) {
            guard change.kind == .opened, change.alert.suppressed == nil else { return }
            byLevel[change.alert.level, default: 0] += 1
        }
    }

    /// Follows until it is told to stop, or nothing can come any more.
    func execute() throws -> HuntOutcome {
        let pipeline = setup.pipeline(vocabulary: vocabulary)
        let warnings = setup.warnings(of: pipeline)
        for warning in warnings { Console.note("warning: \(warning)") }
        let start = ContinuousClock.now
        let control = RunControl()
        let tally = Tally()
        var own = ContinuousHunt<FollowedSource>.Options()
        own.threads = options.threadCount
        own.statePath = options.state
        own.carriesOver = options.carryOver
        own.tell = { Console.note("vedette: \($0)") }
        own.emit = { changes in
            for change in changes {
                tally.add(change)
                try sinks.take(change)
            }
        }
        let source = FollowedSource(
            paths: options.paths, format: options.format, vocabulary: vocabulary,
            logSource: options.logSource?.source, evtx: options.evtxOptions,
            keepsPositions: options.state != nil)
        let hunt = try ContinuousHunt(
            pipeline, source, reader: options.unitReader(vocabulary), control: control, options: own)
        let signals = listen(hunt, control)
        try withExtendedLifetime(signals) { try hunt.run() }
        try sinks.finish()
        var outcome = HuntOutcome(summary: HuntSummary(), hasPolicyProblems: !warnings.isEmpty)
        outcome.summary.duration = (ContinuousClock.now - start) / .seconds(1)
        outcome.summary.inputsRead = options.paths.count
        outcome.summary.add(hunt.pipeline.report)
        outcome.summary.add(hunt.pipeline)
        outcome.summary.alertsByLevel = tally.byLevel
        outcome.highest = tally.byLevel.keys.max()
        return outcome
    }

    /// What is handed to the thread that hears signals.
    ///
    /// SAFETY: of the hunt only `reload` is called there, which may be called on any thread; the setup is a value.
    private struct Listening: @unchecked Sendable {
        let hunt: ContinuousHunt<FollowedSource>
        let options: Hunt
        let vocabulary: Vocabulary
    }

    private func listen(_ hunt: ContinuousHunt<FollowedSource>, _ control: RunControl) -> HuntSignals {
        let listening = Listening(hunt: hunt, options: options, vocabulary: vocabulary)
        return HuntSignals(stop: { control.ask(for: .stop) }) {
            do {
                let setup = try HuntSetup(listening.options)
                let pipeline = setup.pipeline(vocabulary: listening.vocabulary)
                for warning in setup.warnings(of: pipeline) { Console.note("warning: \(warning)") }
                listening.hunt.reload(pipeline)
            } catch {
                Console.note("vedette: the rules could not be loaded anew, and those there are stay in force: \(error)")
            }
        }
    }
}
