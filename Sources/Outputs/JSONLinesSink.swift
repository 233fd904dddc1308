// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Writes one change of an alert a line, as JSON with its keys in the documented order.
public struct JSONLinesSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let isFollowed: Bool

    /// Writes to an output.
    ///
    /// In a followed hunt each line leaves the program at once.
    public init(_ output: ByteOutput, isFollowed: Bool = false) {
        self.output = output
        self.isFollowed = isFollowed
    }

    /// Writes one line.
    public mutating func take(_ change: AlertChange) throws(OutputError) {
        try output.write { bytes in
            change.appendJSON(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        if isFollowed { try output.flush() }
    }

    /// Writes what is still collected.
    public mutating func finish() throws(OutputError) { try output.flush() }
}
