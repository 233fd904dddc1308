// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Adds to events what they do not say themselves: who started the process, in which container it runs, and what its
/// Python interpreter really executes.
///
/// It has state (the processes seen so far), so one enricher serves one stream of events, in about the order they
/// happened. It never changes a field an event came with, and never adds one that has a value already.
///
/// On Linux a process changes its program without changing its identity (`sudo python3` may become `python3`). Then
/// `ParentImage` stays the parent process's program, and the programs the process ran before come first in
/// `process.ancestors`, nearest first, so that wrappers remain visible there; the same holds for each ancestor.
/// Audit rules that record only executions never show a fork: a parent that forked without executing is unknown, and
/// its children have no ancestors. With records of `clone` and `fork` a child inherits from its parent.
public struct Enricher: Sendable {
    var processes: ProcessTable
    /// The current event's fields.
    var fields: FieldPicker
    /// What was made of command lines lately.
    var memo = PythonMemo()
    /// Programs a process ran, while they are put together.
    var history: [UInt8] = []
    private var classes: LogSourceClasses
    /// How far the current batch's added slots reach back.
    var firstAdded = 0
    let limits: EnrichmentLimits

    /// Makes an enricher for events of one vocabulary.
    public init(vocabulary: Vocabulary, limits: EnrichmentLimits = EnrichmentLimits()) {
        self.limits = limits
        processes = ProcessTable(limits: limits)
        fields = FieldPicker(vocabulary: vocabulary)
        classes = LogSourceClasses(vocabulary)
    }

    /// What was done so far, and which limits were reached.
    public var stats: EnrichmentStats { processes.stats }

    /// Goes through a batch's events in order and gives each the fields it lacks.
    public mutating func enrich(_ batch: inout EventBatch) {
        for index in batch.events.indices {
            let header = batch.events[index]
            let source = classes[header.source]
            let isWindows = source.system == .windows
            guard source.activity != .none, source.activity != .auditRecord || mayFork(batch, header) else { continue }
            fields.read(batch, header)
            firstAdded = batch.slots.count
            switch source.activity {
            case .creation: created(&batch, time: header.time.nanoseconds, isWindows: isWindows)
            case .termination: ended(&batch, time: header.time.nanoseconds)
            case .action: acted(&batch, time: header.time.nanoseconds, isWindows: isWindows)
            case .auditRecord: forked(batch, time: header.time.nanoseconds)
            case .none: break
            }
            guard batch.slots.count > firstAdded else { continue }
            processes.stats.enriched += 1
            processes.stats.fields += UInt64(batch.slots.count - firstAdded)
            // What an earlier stage added must stay in one run with it.
            for slot in header.added { batch.slots.append(batch.slots[slot]) }
            batch.events[index].added = firstAdded..<batch.slots.count
        }
    }

    /// Adds a value; nothing happens once a batch is larger than slots can point into.
    func add(_ field: FieldID, _ value: Span<UInt8>, to batch: inout EventBatch, kind: ValueKind = .string) {
        guard value.count > 0, batch.bytes.count + value.count <= Int(UInt32.max) else { return }
        batch.append(field, copying: value, kind: kind)
    }

    func add(_ field: FieldID, _ text: String, to batch: inout EventBatch) {
        let bytes = Array(text.utf8)
        add(field, bytes.span, to: &batch)
    }

    /// Adds a value remembered of a process, unless the event has the field.
    func add(
        _ field: FieldID, _ wanted: FieldPicker.Field, _ value: ProcessValue, of process: Int,
        to batch: inout EventBatch
    ) {
        guard !fields.has(wanted) else { return }
        let place = processes.place(value, of: process)
        let page = processes.arena.page(of: place)
        add(field, page.span.extracting(place.range), to: &batch)
    }
}
