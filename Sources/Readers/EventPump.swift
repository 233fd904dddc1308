// SPDX-License-Identifier: Apache-2.0
import Events

/// The events of a source one batch after the other, on one thread: for replays and tools that keep to it.
public struct EventPump<Source: EventSource> {
    /// Where the events come from.
    public var source: Source
    /// What was read so far.
    public private(set) var report = ReadReport()
    /// What the input read last holds; nil until the first batch, and when it could not be opened.
    public private(set) var format: Format?
    /// How far reading has come, in bytes of the inputs: compressed ones where they are compressed.
    public private(set) var position: UInt64 = 0
    private var reader: UnitReader
    private var unit = InputUnit()

    /// Takes a source, and a reader for what it gives.
    public init(_ source: Source, reader: UnitReader) {
        self.source = source
        self.reader = reader
    }

    /// Replaces the batch's content with the next events; false when there are none left, or none now.
    public mutating func next(_ batch: inout EventBatch) -> Bool {
        // The caller's buffers are filled, so that none is copied.
        swap(&batch, &unit.batch)
        defer { swap(&batch, &unit.batch) }
        while source.next(&unit) == .unit {
            reader.read(&unit)
            unit.settle()
            report.merge(unit.report)
            format = unit.format
            position = unit.bytesDone
            if !unit.batch.events.isEmpty { return true }
        }
        unit.batch.removeAll()
        return false
    }
}

extension EventPump<RecordedSource> {
    /// Reads recorded inputs in order; parameters are those of `RecordedSource`.
    public init(
        paths: [String], format: Format? = nil, limits: InputLimits = InputLimits(), vocabulary: Vocabulary,
        logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()
    ) {
        self.init(
            RecordedSource(
                paths: paths, format: format, limits: limits, vocabulary: vocabulary, logSource: logSource, evtx: evtx),
            reader: UnitReader(vocabulary: vocabulary, logSource: logSource, evtx: evtx))
    }
}
