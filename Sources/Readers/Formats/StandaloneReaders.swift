// SPDX-License-Identifier: Apache-2.0
import Events

/// The readers of what is understood without its neighbours; each is made when it is first needed, and kept.
///
/// What a record is follows from the record alone, so it does not matter which thread reads it, nor what that thread
/// read before.
struct StandaloneReaders {
    /// Which of them.
    enum Kind {
        case json
        case eventXML
        case chunks
    }

    let vocabulary: Vocabulary
    let logSource: LogSource?
    let evtx: EVTXOptions
    private var json: JSONReader?
    private var xml: SysmonXMLReader?
    private var log: EVTXReader?

    /// Makes none as yet; `logSource` is for formats that do not tell their own.
    init(vocabulary: Vocabulary, logSource: LogSource?, evtx: EVTXOptions) {
        self.vocabulary = vocabulary
        self.logSource = logSource
        self.evtx = evtx
    }

    /// Makes the events that need no order; texts that do are noted in the unit.
    mutating func read(_ unit: inout InputUnit, as kind: Kind) {
        switch (kind, unit.cut) {
        case (.json, .records(let records)):
            let reader =
                json ?? JSONReader(handingOver: JSONReaderOptions(logSource: logSource), vocabulary: vocabulary)
            swap(&reader.handovers, &unit.handovers)
            reader.read(records, into: &unit.batch, report: &unit.reading)
            swap(&reader.handovers, &unit.handovers)
            json = reader
        case (.eventXML, .records(let records)):
            var reader = xml.take() ?? SysmonXMLReader(vocabulary: vocabulary)
            reader.read(records, into: &unit.batch, report: &unit.reading)
            xml = reader
        case (.chunks, .chunk(let chunk)):
            var reader = log.take() ?? EVTXReader(vocabulary: vocabulary, options: evtx)
            reader.read(chunk, into: &unit.batch, report: &unit.reading)
            log = reader
        case (.json, .chunk), (.eventXML, .chunk), (.chunks, .records): break
        }
    }
}
