// SPDX-License-Identifier: Apache-2.0
import Events

/// Reads the records of units as far as each is understood without its neighbours; each thread has one of its own.
///
/// What a record is follows from the record alone, so it does not matter which thread reads it, nor what that thread
/// read before.
public struct UnitReader {
    private let vocabulary: Vocabulary
    private let logSource: LogSource?
    private var json: JSONReader?
    private let evtx: EVTXOptions
    private var xml: SysmonXMLReader?
    private var log: EVTXReader?

    /// Makes a reader; `logSource` is for formats that do not tell their own.
    public init(vocabulary: Vocabulary, logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()) {
        self.evtx = evtx
        self.vocabulary = vocabulary
        self.logSource = logSource
    }

    /// Makes the events that need no order; `InputUnit.settle` makes the others.
    public mutating func read(_ unit: inout InputUnit) {
        guard let content = unit.input?.content, !unit.isEnd else { return }
        if content.format == .evtx {
            var reader = log.take() ?? EVTXReader(vocabulary: vocabulary, options: evtx)
            reader.read(unit.chunk, into: &unit.batch, report: &unit.reading)
            log = reader
            return
        }
        guard !unit.records.isEmpty else { return }
        if content.isJSON {
            let reader =
                json.take() ?? JSONReader(handingOver: JSONReaderOptions(logSource: logSource), vocabulary: vocabulary)
            swap(&reader.handovers, &unit.handovers)
            reader.read(unit.records, into: &unit.batch, report: &unit.reading)
            swap(&reader.handovers, &unit.handovers)
            json = reader
        } else if content.isReadAnywhere {
            var reader = xml.take() ?? SysmonXMLReader(vocabulary: vocabulary)
            reader.read(unit.records, into: &unit.batch, report: &unit.reading)
            xml = reader
        }
    }
}
