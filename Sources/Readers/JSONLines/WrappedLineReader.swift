// SPDX-License-Identifier: Apache-2.0
import Events

/// Reads a record of another format that a JSON record carries as text: an audit line in a syslog message.
package protocol WrappedLineReader {
    /// Where the reader's record lies in a text; nil when there is none.
    func find(_ text: Span<UInt8>) -> Range<Int>?
    /// Reads the record in `line`, unescaped in the batch's bytes; `evidence` is the whole JSON record.
    mutating func read(
        _ line: Range<Int>, evidence: Range<Int>, position: UInt64, into batch: inout EventBatch,
        report: inout ReadReport)
    /// Gives what was kept back for an unfinished event.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport)
}

/// The readers of wrapped records.
enum WrappedLines {
    /// Those used where the caller names none.
    static func standard(_ vocabulary: Vocabulary) -> [any WrappedLineReader] { [] }
}
