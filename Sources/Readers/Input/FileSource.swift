// SPDX-License-Identifier: Apache-2.0
import Events

/// Events of one file or of standard input: cutter and reader put together, on one thread.
public struct FileSource {
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
    private let evtx: EVTXOptions
    private let readers: ReaderPool?
    private var cutter: RecordCutter
    private var reader: FormatReader?
    private var records: [Record] = []
    private var chunk: EVTXChunk
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
        self.evtx = evtx
        self.readers = readers
        chunk = readers?.takeChunk() ?? EVTXChunk(index: -1, offset: 0, bytes: [])
    }

    /// Replaces the batch's content with the next events; false when there are none left.
    public mutating func next(_ batch: inout EventBatch) -> Bool {
        while !ended {
            let got = cutter.cut(&batch, &records, &chunk, report: &report)
            if reader == nil, let content = cutter.content {
                reader = FormatReader(
                    content, vocabulary: vocabulary, logSource: logSource, evtx: evtx, pool: readers)
            }
            let before = report
            if got {
                reader?.read(records, chunk, into: &batch, report: &report)
            } else {
                ended = true
                reader?.finish(into: &batch, report: &report, pool: readers)
                readers?.give(chunk)
            }
            // Readers need not count what is counted here for all formats alike; a log's records are found while reading.
            if format != .evtx { report.records = before.records + UInt64(records.count) }
            report.events = before.events + UInt64(batch.events.count)
            if !batch.events.isEmpty { return true }
        }
        batch.removeAll()
        return false
    }
}
