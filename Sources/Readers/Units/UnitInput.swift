// SPDX-License-Identifier: Apache-2.0
import Events

/// One input of a run, shared by its units: what it holds, and the readers that must see its records in order.
///
/// SAFETY: what changes is only touched by `settle`, which runs for one unit at a time; whoever moves units between
/// threads orders one call before the next.
final class UnitInput: @unchecked Sendable {
    /// What the input turned out to be; nil when it could not be opened.
    let content: RecordCutter.Content?
    /// Reads the records of formats whose records hang together.
    private var reader = FormatReader.none
    /// Read the records that others carry as text.
    private var wrapped: [any WrappedLineReader] = []

    init(_ content: RecordCutter.Content?, vocabulary: Vocabulary, logSource: LogSource?) {
        self.content = content
        guard let content else { return }
        if content.isJSON {
            wrapped = WrappedLines.standard(vocabulary)
        } else if !content.isReadAnywhere {
            reader = FormatReader(content, vocabulary: vocabulary, logSource: logSource)
        }
    }

    /// Does what must be done in order.
    func settle(_ unit: inout InputUnit) {
        guard let content else { return }
        if content.isJSON {
            if !unit.handovers.isEmpty { readHandovers(&unit) }
            if unit.isEnd {
                for index in wrapped.indices { wrapped[index].finish(into: &unit.batch, report: &unit.reading) }
            }
        } else if !content.isReadAnywhere {
            if unit.isEnd {
                reader.finish(into: &unit.batch, report: &unit.reading)
            } else {
                reader.read(unit.records, unit.chunk, into: &unit.batch, report: &unit.reading)
            }
        }
    }

    /// Reads what was handed over, and puts events and problems where they would stand had it been read at once.
    private func readHandovers(_ unit: inout InputUnit) {
        let events = unit.batch.events
        unit.batch.events = []
        unit.batch.events.reserveCapacity(events.count + unit.handovers.count)
        let outer = unit.reading
        unit.reading = ReadReport()
        var (event, sample) = (0, 0)
        for handover in unit.handovers {
            unit.batch.events.append(contentsOf: events[event..<handover.event])
            unit.reading.addSamples(outer.samples[sample..<handover.sample])
            (event, sample) = (handover.event, handover.sample)
            var own = ReadReport()
            wrapped[handover.reader].read(
                handover.line, evidence: handover.evidence, position: handover.position, host: handover.host,
                into: &unit.batch, report: &own)
            if !own.problems.isEmpty { unit.reading.merge(own) }
        }
        unit.batch.events.append(contentsOf: events[event...])
        unit.reading.addSamples(outer.samples[sample...])
        unit.reading.addProblemCounts(outer)
    }
}

extension RecordCutter.Content {
    /// Whether the records are JSON, of which each is read for itself but may carry lines that hang together.
    var isJSON: Bool { format == .jsonLines || format == .json }

    /// Whether each record is understood without its neighbours.
    var isReadAnywhere: Bool { isJSON || format == .evtx || (format == .sysmonXML && isBareXML) }
}
