// SPDX-License-Identifier: Apache-2.0
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The reader of an input's records that must be seen one after the other.
enum OrderedReader {
    /// Which of them.
    enum Kind {
        case audit
        case text
        case wrapped
    }

    case audit(AuditReader)
    case text(SyslogReader)
    /// Those of lines that the input's records carry.
    case wrapped([any WrappedLineReader])
    /// Reads nothing: every record of the input stands for itself, or there are none.
    case none

    /// Makes the reader of an input; `logSource` is for formats that do not tell their own.
    init(_ content: InputContent, vocabulary: Vocabulary, logSource: LogSource?) {
        switch content.handling.ordered {
        case .audit: self = .audit(AuditReader(vocabulary: vocabulary))
        case .text:
            self = .text(
                SyslogReader(
                    vocabulary: vocabulary, newest: content.newest ?? Int64(time(nil)), logSource: logSource))
        case .wrapped: self = .wrapped(WrappedLines.standard(vocabulary))
        case nil: self = .none
        }
    }

    /// Reads what of a unit must be read in order.
    mutating func read(_ unit: inout InputUnit) {
        guard case .records(let records) = unit.cut else { return }
        // The enum gives its payload away while that is changed, so that the payload's arrays are not shared and copied.
        switch self {
        case .audit(let reader): reader.read(records, into: &unit.batch, report: &unit.reading)
        case .text(var reader):
            self = .none
            reader.keepUp(with: unit.arrived)
            reader.read(records, into: &unit.batch, report: &unit.reading)
            self = .text(reader)
        case .wrapped(var readers):
            guard !unit.handovers.isEmpty else { return }
            self = .none
            Self.readHandovers(&unit, &readers)
            self = .wrapped(readers)
        case .none: break
        }
    }

    /// The input has ended: gives what was kept back.
    mutating func finish(_ unit: inout InputUnit) {
        let ending = self
        self = .none
        switch ending {
        case .audit(let reader): reader.finish(into: &unit.batch, report: &unit.reading)
        case .text(var reader): reader.finish(into: &unit.batch, report: &unit.reading)
        case .wrapped(var readers):
            for index in readers.indices { readers[index].finish(into: &unit.batch, report: &unit.reading) }
        case .none: break
        }
    }

    /// Reads what was handed over, and puts events and problems where they would stand had it been read at once.
    private static func readHandovers(_ unit: inout InputUnit, _ readers: inout [any WrappedLineReader]) {
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
            readers[handover.reader].read(
                handover.line, evidence: handover.evidence, position: handover.position, host: handover.host,
                into: &unit.batch, report: &own)
            if !own.problems.isEmpty { unit.reading.merge(own) }
        }
        unit.batch.events.append(contentsOf: events[event...])
        unit.reading.addSamples(outer.samples[sample...])
        unit.reading.addProblemCounts(outer)
    }
}
