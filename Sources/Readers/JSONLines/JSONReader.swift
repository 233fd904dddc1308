// SPDX-License-Identifier: Apache-2.0
import Events

/// How JSON records are read.
public struct JSONReaderOptions: Sendable {
    /// The log source of records that do not tell their own.
    public var logSource: LogSource?

    /// Names the options.
    public init(logSource: LogSource? = nil) { self.logSource = logSource }
}

/// Reads JSON documents.
public struct JSONReader: RecordReader {
    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: JSONReaderOptions) {}

    /// Reads complete records.
    public mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        for record in records {
            report.add(.unrecognised, path: batch.path, position: record.position, "JSON is not read")
        }
    }

    /// Gives what was kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {}
}
