// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events

/// Writes a timeline as comma-separated values: one row for each event kept as evidence, in order of time.
///
/// Alerts come in another order, so rows wait until all are known: in memory while they are few, then sorted in
/// temporary files.
public final class TimelineSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let isSorted: Bool
    private var needsHeader: Bool
    private var rows: SpillingSorter

    /// Writes to an output.
    ///
    /// - Parameters:
    ///   - output: Where it writes.
    ///   - isSorted: Whether rows are written in order of time in the end, rather than with their alert.
    ///   - hasHeader: Whether the first row names the columns.
    ///   - sortingBytes: About how much memory waiting rows take before they go to temporary files.
    public init(_ output: ByteOutput, isSorted: Bool = true, hasHeader: Bool = true, sortingBytes: Int = 32 << 20) {
        self.output = output
        self.isSorted = isSorted
        needsHeader = hasHeader
        rows = SpillingSorter(memory: sortingBytes)
    }

    /// Final alerts only: what an alert's evidence is, is known when it closes.
    public var interest: SinkInterest { .finalAlerts }

    /// Takes the rows of an alert.
    public func take(_ change: AlertChange) throws(OutputError) {
        for event in change.alert.events {
            let row = CSV.row(TimelineRow(event, of: change.alert).cells)
            if isSorted {
                // Rows without a time come last.
                try rows.add(row, key: event.time?.nanoseconds ?? .max)
            } else {
                try writeHeader()
                try output.write { $0.append(contentsOf: row) }
            }
        }
        if !isSorted { try output.flush() }
    }

    /// Writes the rows that waited.
    public func finish() throws(OutputError) {
        try writeHeader()
        try rows.drain { (row) throws(OutputError) in try output.write { $0.append(contentsOf: row) } }
        try output.flush()
    }

    private func writeHeader() throws(OutputError) {
        guard needsHeader else { return }
        needsHeader = false
        try output.write { $0.append(contentsOf: CSV.row(TimelineRow.columns)) }
    }
}
