// SPDX-License-Identifier: Apache-2.0
import Alerts
import Bytes
import Events
import Readers
import Sigma
import Synchronization

/// A hunt without an end of its own: it goes on until its source ends or it is told to stop, takes other rules on the way,
/// and keeps its state where asked to.
public final class ContinuousHunt<Source: ResumableSource> {
    /// What a hunt needs besides its rules and its source.
    public struct Options {
        /// How many threads work.
        public var threads = 1
        /// Where state is kept; nil keeps none.
        public var statePath: String?
        /// Whether state of other rules is taken up as far as it fits.
        public var carriesOver = false
        /// Takes the changes of alerts, in order; once it returns they have left the program.
        public var emit: ([AlertChange]) throws -> Void = { _ in }
        /// Is told where the run stands, by one thread at a time.
        public var watch: (DetectionPipeline.Standing) throws -> Void = { _ in }
        /// Takes sentences for people, from any thread.
        public var tell: @Sendable (String) -> Void = { _ in }

        /// The defaults.
        public init() {}
    }

    /// What is in force; another one after a reload.
    public private(set) var pipeline: DetectionPipeline
    /// Where events come from.
    public private(set) var source: Source
    private let reader: UnitReader
    private let options: Options
    private let control: RunControl
    private let keeper: StateKeeper?
    private let folder: StateFolder?
    private let reloaded = Mutex<Reloaded?>(nil)

    /// A pipeline that was made beside the hunt, on its way into it.
    ///
    /// SAFETY: whoever made it does not touch it any more.
    private struct Reloaded: @unchecked Sendable {
        var pipeline: DetectionPipeline
    }

    /// Prepares a hunt; with a folder for state, takes it up: throws when it cannot be, and then nothing was changed.
    public init(
        _ pipeline: DetectionPipeline, _ source: Source, reader: UnitReader, control: RunControl, options: Options
    ) throws {
        self.pipeline = pipeline
        self.source = source
        self.reader = reader
        self.options = options
        self.control = control
        guard let path = options.statePath else {
            (folder, keeper) = (nil, nil)
            return
        }
        let folder = try StateFolder(path, digest: pipeline.rules.stateDigest)
        self.folder = folder
        keeper = StateKeeper(folder, vocabulary: pipeline.vocabulary, tell: options.tell)
    }

    /// Puts a pipeline of other rules in the place of the one in force, as soon as nothing is under way; any thread.
    ///
    /// Whoever calls must not touch the pipeline any more.
    public func reload(_ pipeline: sending DetectionPipeline) {
        let new = Reloaded(pipeline: pipeline)
        reloaded.withLock { $0 = new }
        control.ask(for: .reload)
    }

    /// Hunts until the source ends or `control` is asked to stop.
    ///
    /// At the end alerts are closed; with a folder for state they stay open in it, for the hunt only rests.
    public func run() throws {
        if let folder { try takeUp(try folder.load(carriesOver: options.carriesOver)) }
        checkpoint()
        while true {
            let end = try pipeline.run(&source, reader: reader, currentRun(isStoppable: true))
            let asked = control.take()
            if asked.contains(.reload) { try takeOver() }
            if asked.contains(.stop), keeper == nil, end == .paused {
                // What is there is read; with a folder for state the next run does that.
                source.finishAll()
                _ = try pipeline.run(&source, reader: reader, currentRun(isStoppable: false))
                break
            }
            if end == .ended || asked.contains(.stop) { break }
            if keeper?.isDue ?? false { checkpoint() }
        }
        try rest()
    }

    private func currentRun(isStoppable: Bool) -> DetectionPipeline.Run {
        var run = DetectionPipeline.Run(threads: options.threads, emit: options.emit)
        run.control = isStoppable ? control : nil
        run.watch = options.watch
        if let keeper {
            run.note = { [control] unit in
                keeper.note(unit)
                if isStoppable, keeper.isDue { control.ask(for: .checkpoint) }
            }
        }
        return run
    }

    /// Goes on where another process stopped: with what it saved, then with what it had taken in since.
    private func takeUp(_ content: StateFolder.Content) throws {
        if let bytes = content.checkpoint {
            let rest = try Checkpoint.restore(bytes, into: pipeline, carriesOver: options.carriesOver)
            rest.dropped.forEach(options.tell)
            var state = StateReader(rest.standing, vocabulary: pipeline.vocabulary)
            try source.restore(from: &state)
            try options.emit(rest.changes)
        }
        guard !content.units.isEmpty else { return }
        var replayed = ReplayedSource(source, units: content.units, vocabulary: pipeline.vocabulary)
        var run = currentRun(isStoppable: false)
        run.note = { _ in }
        _ = try pipeline.run(&replayed, reader: reader, run)
        if let failure = replayed.failure { throw failure }
        source = replayed.source
    }

    /// Takes the rules that were loaded meanwhile.
    private func takeOver() throws {
        guard let new = reloaded.withLock({ $0.take() })?.pipeline else { return }
        let difference = RuleSetDifference(from: pipeline.rules, to: new.rules)
        let (dropped, changes) = try new.takeOver(from: pipeline)
        pipeline = new
        try options.emit(changes)
        for sentence in Self.sentences(difference) + dropped { options.tell(sentence) }
        keeper?.use(new.rules.stateDigest)
        checkpoint()
    }

    private static func sentences(_ difference: RuleSetDifference) -> [String] {
        func list(_ titles: [String], _ what: String) -> [String] {
            guard !titles.isEmpty else { return [] }
            let shown = titles.prefix(10).joined(separator: "; ")
            return ["\(titles.count) \(what): \(shown)\(titles.count > 10 ? "; …" : "")"]
        }
        let all =
            list(difference.added, "new") + list(difference.changed, "changed") + list(difference.removed, "gone")
        return ["rules were loaded anew" + (all.isEmpty ? "; none changed" : " (" + all.joined(separator: " · ") + ")")]
    }

    private func checkpoint(isLast: Bool = false) {
        keeper?.checkpoint(pipeline.holders, rules: pipeline.rules, source: source, isLast: isLast)
    }

    /// Comes to an end, or, where state is kept, to rest.
    private func rest() throws {
        if keeper != nil {
            try options.emit(pipeline.tellHeld())
            checkpoint(isLast: true)
            keeper?.finish()
            return
        }
        try options.emit(pipeline.finish())
    }
}
