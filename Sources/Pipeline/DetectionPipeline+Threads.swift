// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Enrichment
import Events
import Readers

extension DetectionPipeline {
    /// Where a run over inputs stands.
    public struct Standing: Sendable {
        /// Bytes read of all inputs, compressed ones as they are.
        public var bytes: UInt64 = 0
        /// Events looked at.
        public var events: UInt64 = 0
        /// Alerts given out or open.
        public var alerts = 0
    }

    /// Inputs to go through.
    public struct InputList: Sendable {
        /// Files in order; `-` is standard input.
        public var paths: [String]
        /// What every input is; nil to find out.
        public var format: Format?
        /// The log source of formats that do not tell their own.
        public var logSource: LogSource?
        /// How Windows event logs are read.
        public var evtx = EVTXOptions()
        /// Bounds of reading.
        public var limits = InputLimits()

        /// Names inputs.
        public init(
            _ paths: [String], format: Format? = nil, logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()
        ) {
            self.evtx = evtx
            self.paths = paths
            self.format = format
            self.logSource = logSource
        }
    }

    /// Goes through inputs on as many threads as are wished for; what comes out does not depend on their number.
    ///
    /// Gives the alerts that were finished on the way; `finish` gives the others. `report` takes what reading saw.
    /// `watch` is told where the run stands after each stretch of input, on whatever thread did the last of it but never
    /// by two at once; when it throws, the run ends.
    public mutating func process(
        _ inputs: InputList, threads: Int, report: inout ReadReport, watch: (Standing) throws -> Void = { _ in }
    ) throws -> [Alert] {
        var standing = Standing()
        if threads > 1 { return try processSharing(inputs, threads, &report, &standing, watch) }
        var alerts: [Alert] = []
        var batch = EventBatch()
        var source = EventPump(
            paths: inputs.paths, format: inputs.format, limits: inputs.limits, vocabulary: vocabulary,
            logSource: inputs.logSource, evtx: inputs.evtx)
        while source.next(&batch) {
            alerts += process(&batch)
            standing.bytes = source.position
            standing.events += UInt64(batch.events.count)
            standing.alerts = alerts.count + openAlerts
            try watch(standing)
        }
        report.merge(source.report)
        return alerts
    }

    /// What one thread has for itself.
    private struct Tools {
        var reader: UnitReader
        var engine: Engine
    }

    /// For each thread, the loads in flight: one at work, and one that may wait for its turn so that the thread need not.
    private static let loadsPerThread = 2

    private mutating func processSharing(
        _ inputs: InputList, _ threads: Int, _ report: inout ReadReport, _ standing: inout Standing,
        _ watch: (Standing) throws -> Void
    ) throws -> [Alert] {
        try withoutActuallyEscaping(watch) { watch in
            // Each is changed by one stage alone.
            var source = RecordedSource(
                paths: inputs.paths, format: inputs.format, limits: inputs.limits, vocabulary: vocabulary,
                logSource: inputs.logSource, evtx: inputs.evtx)
            var alerts: [Alert] = []
            var enricher = enricher
            var conclusion = conclusion
            var seen = report
            var reached = standing
            let reader = UnitReader(vocabulary: vocabulary, logSource: inputs.logSource, evtx: inputs.evtx)
            let conveyor = Conveyor<UnitBundle, Tools>(
                loads: (0..<threads * Self.loadsPerThread).map { _ in
                    UnitBundle(unitSize: inputs.limits.chunk)
                },
                tools: (0..<threads).map {
                    Tools(reader: reader, engine: $0 == 0 ? engine : engine.forked())
                },
                source: { $0.fill(from: &source) },
                stages: [
                    .anyOrder { bundle, tools in bundle.forEach { tools.reader.read(&$0.unit) } },
                    .inOrder { bundle, _ in bundle.forEach { $0.unit.settle() } },
                    .inOrder { bundle, _ in bundle.forEach { enricher.enrich(&$0.unit.batch) } },
                    .anyOrder { bundle, tools in
                        bundle.forEach { $0.matches = tools.engine.matches(in: $0.unit.batch) }
                    },
                    .inOrder { bundle, tools in
                        try bundle.forEach { load in
                            alerts += conclusion.conclude(load.unit.batch, load.matches, &tools.engine)
                            seen.merge(load.unit.report)
                            reached.bytes = load.unit.bytesDone
                            reached.events += UInt64(load.unit.batch.events.count)
                            reached.alerts = alerts.count + conclusion.folder.openCount
                            try watch(reached)
                        }
                    },
                ])
            let tools = try conveyor.run()
            for other in tools.dropFirst() { engine.absorb(other.engine) }
            (self.enricher, self.conclusion, report, standing) = (enricher, conclusion, seen, reached)
            return alerts
        }
    }
}
