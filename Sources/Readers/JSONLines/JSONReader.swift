// SPDX-License-Identifier: Apache-2.0
import Events

/// Choices for reading JSON.
public struct JSONReaderOptions: Sendable {
    /// The log source of records whose shape does not tell it; nil to go by well-known keys.
    public var logSource: LogSource?
    /// Whether every record is read from simdjson's tape, never straight from its text.
    ///
    /// What comes out is the same, more slowly: the reference that the other way is held against.
    public var usesTapeAlone = false

    /// Makes options.
    public init(logSource: LogSource? = nil) { self.logSource = logSource }
}

/// Reads JSON records: finds out what each one is, gives its fields dotted names and those rules know them by.
///
/// What a record is follows from the record alone, never from its neighbours. See `JSONShape` for what is recognised.
/// Belongs to one thread at a time.
public final class JSONReader: RecordReader {
    private var reader: JSONRecordReader

    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: JSONReaderOptions) {
        reader = JSONRecordReader(vocabulary: vocabulary, options: options, wrapped: WrappedLines.standard(vocabulary))
    }

    /// Makes a reader for records that several readers share among them: of texts of other formats it reads only those
    /// that need not be read in order, and notes the others in `handovers`.
    init(handingOver options: JSONReaderOptions, vocabulary: Vocabulary) {
        reader = JSONRecordReader(vocabulary: vocabulary, options: options, wrapped: WrappedLines.standard(vocabulary))
        reader.defersHandovers = true
    }

    /// Makes a reader that hands texts of other formats to `wrapped`.
    package init(vocabulary: Vocabulary, options: JSONReaderOptions, wrapped: [any WrappedLineReader]) {
        reader = JSONRecordReader(vocabulary: vocabulary, options: options, wrapped: wrapped)
    }

    /// The texts noted.
    var handovers: [Handover] {
        get { reader.handovers }
        set { reader.handovers = newValue }
    }

    /// Reads records, each one JSON value; events are counted here, records by who cut them.
    public func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        // PERF: one access of the object for all records, where a call on each of its parts would check for others.
        reader.read(records, into: &batch, report: &report)
    }

    /// Gives what the readers of wrapped records kept back.
    public func finish(into batch: inout EventBatch, report: inout ReadReport) {
        reader.finish(into: &batch, report: &report)
    }
}
