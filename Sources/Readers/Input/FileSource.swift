// SPDX-License-Identifier: Apache-2.0
import Events

/// Events of one file or of standard input, read on one thread: stream, framer and reader put together.
public struct FileSource: EventSource {
    /// The input, as the user named it; `-` is standard input.
    public var path: String { cutter.path }
    /// What was read so far.
    public private(set) var report = ReadReport()
    /// What the input holds; nil until the first batch.
    public var format: Format? { cutter.content?.format }
    /// How far into the file reading has come, in bytes of the file: compressed ones where it is compressed.
    public var position: UInt64 { cutter.position }
    private let vocabulary: Vocabulary
    private let logSource: LogSource?
    private let readers: ReaderPool
    private var cutter: RecordCutter
    private var reader: FormatReader?
    private var records: [Record] = []
    private var log: EVTXReader?
    private var chunks: EVTXChunkList
    private var ended = false

    /// Names an input; it is opened with the first batch.
    ///
    /// `format` is taken as given when it is not nil. `logSource` is for formats that do not tell their own: plain text
    /// and JSON. With `readers` what one file's reader learnt serves the next one.
    public init(
        path: String, format: Format? = nil, limits: InputLimits = InputLimits(), vocabulary: Vocabulary,
        logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions(), readers: ReaderPool? = nil
    ) {
        cutter = RecordCutter(path: path, format: format, limits: limits, evtx: evtx)
        self.vocabulary = vocabulary
        self.logSource = logSource
        self.readers = readers ?? ReaderPool(vocabulary)
        chunks = self.readers.takeChunks()
    }

    /// Replaces the batch's content with the next events; false when there are none left.
    public mutating func next(_ batch: inout EventBatch) -> Bool {
        while !ended {
            let got = cutter.cut(&batch, &records, &chunks, report: &report)
            if reader == nil, let content = cutter.content {
                reader = FormatReader(content, vocabulary: vocabulary, logSource: logSource)
            }
            let before = report
            if !chunks.isEmpty {
                readChunks(&batch)
                if !batch.events.isEmpty { return true }
                continue
            }
            if got {
                reader?.read(records, into: &batch, report: &report)
            } else {
                end(&batch)
            }
            // Readers need not count what is counted here for all formats alike.
            report.records = before.records + UInt64(records.count)
            report.events = before.events + UInt64(batch.events.count)
            if !batch.events.isEmpty { return true }
        }
        batch.removeAll()
        return false
    }

    private mutating func readChunks(_ batch: inout EventBatch) {
        var reader = log.take() ?? readers.takeEVTX()
        reader.read(chunks, cutter.content?.evtx ?? EVTXOptions(), into: &batch, report: &report)
        log = reader
    }

    private mutating func end(_ batch: inout EventBatch) {
        ended = true
        reader?.finish(into: &batch, report: &report)
        if let log { readers.give(log) }
        log = nil
        readers.give(chunks)
        chunks = EVTXChunkList()
    }
}
