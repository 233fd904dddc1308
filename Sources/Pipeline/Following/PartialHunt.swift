// SPDX-License-Identifier: Apache-2.0
import Alerts
import Bytes
import Events
import Readers
import Sigma

/// A hunt over what there is now of logs that grow, which goes on where the one before stopped.
///
/// Hunts over the parts of a log, one after the other, give the alerts of one hunt over the whole. At its end each hunt tells
/// every alert that is open as if it were over, unless it was told so already; what is saved is the state before that end, in
/// which alerts are still open, half an event still waits for its rest, and matches still wait for older ones.
public final class PartialHunt {
    private let pipeline: DetectionPipeline
    private var source: FollowedSource
    private let folder: StateFolder
    private let carriesOver: Bool
    private var told: [String: UInt64] = [:]
    private var result: Checkpoint?

    /// Opens the folder in which state is kept; throws when another hunt uses it.
    public init(
        _ pipeline: DetectionPipeline, _ source: FollowedSource, statePath: String, carriesOver: Bool
    ) throws(StateError) {
        self.pipeline = pipeline
        self.source = source
        self.carriesOver = carriesOver
        folder = try StateFolder(statePath, digest: pipeline.rules.stateDigest)
    }

    /// Goes through what is there; gives the changes of alerts to `run.emit`, and sentences for people to `tell`.
    public func execute(reader: UnitReader, _ run: DetectionPipeline.Run, tell: (String) -> Void) throws {
        var run = run
        let emit = run.emit
        run.emit = { [self] changes in try emit(changes.filter(isNews)) }
        try takeUp(reader, run, tell)
        var present = PresentSource(source)
        _ = try pipeline.run(&present, reader: reader, run)
        source = present.source
        let number = try folder.beginJournal()
        var standing = StateWriter(vocabulary: pipeline.vocabulary)
        source.save(to: &standing)
        let holders = pipeline.holders
        source.finishAll()
        _ = try pipeline.run(&source, reader: reader, run)
        try run.emit(pipeline.finish())
        result = Checkpoint(holders: holders, rules: pipeline.rules, standing: standing.bytes, told: told)
        self.number = number
    }

    private var number: UInt64 = 0

    /// Keeps what the next hunt needs, once the alerts have been written; without it the next hunt tells them again.
    public func commit() throws(StateError) {
        guard let result else { return }
        try folder.commit(result.bytes(vocabulary: pipeline.vocabulary), as: number, digest: folder.digest)
    }

    private func takeUp(_ reader: UnitReader, _ run: DetectionPipeline.Run, _ tell: (String) -> Void) throws {
        let content = try folder.load(carriesOver: carriesOver)
        if let bytes = content.checkpoint {
            let rest = try Checkpoint.restore(bytes, into: pipeline, carriesOver: carriesOver)
            told = rest.told
            rest.dropped.forEach(tell)
            var state = StateReader(rest.standing, vocabulary: pipeline.vocabulary)
            try source.restore(from: &state)
            try run.emit(rest.changes)
        }
        guard !content.units.isEmpty else { return }
        // A followed hunt that was killed left these.
        var replayed = ReplayedSource(source, units: content.units, vocabulary: pipeline.vocabulary)
        _ = try pipeline.run(&replayed, reader: reader, run)
        if let failure = replayed.failure { throw failure }
        source = replayed.source
    }

    /// Whether a change says something that no earlier hunt said.
    private func isNews(_ change: AlertChange) -> Bool {
        defer { told[change.alert.id] = change.number }
        return told[change.alert.id] != change.number
    }
}

/// A followed source that ends when everything has been read that is there now.
private struct PresentSource: EventSource {
    var source: FollowedSource

    init(_ source: FollowedSource) { self.source = source }

    var descriptors: [Int32] { source.descriptors }

    mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        let answer = source.next(&unit)
        // Time must not pass for who waits, or the next hunt would find them gone.
        if case .nothing = answer, source.isCaughtUp { return .ended }
        return answer
    }
}
