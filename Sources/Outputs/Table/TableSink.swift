// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Writes alerts for people: a block of a few lines each.
public struct TableSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let style: TableStyle
    private var isFirst = true

    /// Writes to an output in a style.
    public init(_ output: ByteOutput, style: TableStyle = TableStyle()) {
        self.output = output
        self.style = style
    }

    /// Writes one block.
    public mutating func take(_ change: AlertChange) throws(OutputError) {
        let lines = AlertBlock(change.alert, style: style).lines
        try output.write((isFirst ? "" : "\n") + lines.map { $0 + "\n" }.joined())
        isFirst = false
        // Someone is watching: an alert is shown when it is raised, not when a buffer is full.
        try output.flush()
    }

    /// Writes what is still collected.
    public mutating func finish() throws(OutputError) { try output.flush() }
}
