// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Readers

extension DetectionPipeline {
    /// Where a run stands.
    public struct Standing: Sendable {
        /// Bytes read of all inputs, compressed ones as they are.
        public var bytes: UInt64 = 0
        /// Events looked at.
        public var events: UInt64 = 0
        /// Alerts closed or open.
        public var alerts = 0
    }

    /// Why a run returned.
    public enum RunEnd: Sendable {
        /// The source has ended.
        case ended
        /// Something was asked for; all that was taken in is processed.
        case paused
    }

    /// What goes into a run and out of it besides events.
    public struct Run {
        /// How many threads work; what comes out does not depend on it.
        public var threads: Int
        /// Bytes of input that are worth a thread's way through the stages.
        public var unitSize = InputLimits().chunk
        /// Asks the run to pause; nil for a run to the end of its source.
        public var control: RunControl?
        /// Sees each unit before anything comes of it; when it throws, the run ends.
        public var note: (borrowing InputUnit) throws -> Void = { _ in }
        /// Takes the changes of alerts, in order; when it throws, the run ends.
        public var emit: ([AlertChange]) throws -> Void
        /// Is told where the run stands after each stretch of input, by one thread at a time; when it throws, the run ends.
        public var watch: (Standing) throws -> Void = { _ in }

        /// A run that gives its changes to `emit`.
        public init(threads: Int = 1, emit: @escaping ([AlertChange]) throws -> Void) {
            self.threads = threads
            self.emit = emit
        }
    }

    /// What one thread has for itself.
    private struct Tools {
        var reader: UnitReader
        var engine: Engine
    }

    /// For each thread, the loads in flight: one at work, and one that may wait for its turn so that the thread need not.
    private static let loadsPerThread = 2

    /// Takes in what a source gives, until it ends or a pause is asked for; `reader` reads it.
    ///
    /// May be called again to go on, with the same source or another. `finish` closes what is open at the end of all.
    public func run<Source: EventSource>(
        _ source: inout Source, reader: UnitReader, _ run: Run
    ) throws -> RunEnd {
        var own = source
        defer { source = own }
        var end = RunEnd.ended
        var waiter = Waiter(run.control)
        let conveyor = Conveyor<UnitBundle, Tools>(
            loads: (0..<run.threads * Self.loadsPerThread).map { _ in UnitBundle(unitSize: run.unitSize) },
            tools: (0..<run.threads).map { Tools(reader: reader, engine: $0 == 0 ? engine : engine.forked()) },
            source: { bundle in
                waiter.wait(for: own.descriptors)
                if run.control?.isPauseWanted ?? false {
                    end = .paused
                    return false
                }
                let answer = try bundle.fill(from: &own, run.note)
                if case .nothing(let moment) = answer { waiter.moment = moment }
                return !bundle.isEmpty
            },
            stages: [
                .anyOrder { bundle, tools in bundle.forEach { tools.reader.read(&$0.unit) } },
                .inOrder { bundle, _ in
                    bundle.forEach { load in
                        load.unit.settle()
                        load.time = self.clock.note(load.unit.batch)
                    }
                },
                .inOrder { bundle, _ in bundle.forEach { self.enricher.enrich(&$0.unit.batch) } },
                .anyOrder { bundle, tools in
                    bundle.forEach { $0.matches = tools.engine.matches(in: $0.unit.batch) }
                },
                .inOrder { bundle, tools in
                    try bundle.forEach { load in try self.conclude(load, &tools.engine, run) }
                },
            ])
        let tools = try conveyor.run()
        for other in tools.dropFirst() { engine.absorb(other.engine) }
        return end
    }

    /// Goes through recorded input from beginning to end; gives the alerts in the order of output.
    ///
    /// For replays, whose alerts are few.
    public func alerts(of source: RecordedSource, reader: UnitReader, threads: Int = 1) -> [Alert] {
        var source = source
        var alerts: [Alert] = []
        func take(_ changes: [AlertChange]) { alerts += changes.lazy.filter { $0.kind == .closed }.map(\.alert) }
        do {
            _ = try run(&source, reader: reader, Run(threads: threads) { take($0) })
        } catch {
            // Nothing here throws but what is handed in, and that does not.
            report.add(.unreadable, path: "", position: 0, "\(error)")
        }
        take(finish())
        return alerts.sorted(by: Alert.precedes)
    }

    /// The last stage.
    private func conclude(_ load: borrowing UnitBundle.Load, _ engine: inout Engine, _ run: Run) throws {
        let changes = conclusion.conclude(load.unit.batch, load.matches, load.time, &engine)
        if !changes.isEmpty { try run.emit(changes) }
        report.merge(load.unit.report)
        standing.bytes = max(standing.bytes, load.unit.bytesDone)
        standing.events += UInt64(load.unit.batch.events.count)
        standing.alerts += changes.count { $0.kind == .closed }
        var now = standing
        now.alerts += openAlerts
        try run.watch(now)
    }
}

/// Waits for a source that has nothing, at most for so long that who waits for time to pass is not kept.
private struct Waiter {
    /// When to ask again at the latest; nil when there may be more at once.
    var moment: Timestamp?
    private let control: RunControl

    /// The longest wait, in milliseconds.
    private static let longest: Int64 = 250

    init(_ control: RunControl?) { self.control = control ?? RunControl() }

    mutating func wait(for descriptors: [Int32]) {
        guard let moment = moment.take() else { return }
        let (left, overflow) = moment.nanoseconds.subtractingReportingOverflow(Timestamp.now.nanoseconds)
        let milliseconds = overflow ? Self.longest : min(Self.longest, max(0, left / 1_000_000))
        control.wait(for: descriptors, atMost: Int32(milliseconds))
    }
}
