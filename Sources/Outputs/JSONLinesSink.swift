// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Writes one alert a line, as JSON with its keys in the documented order.
public struct JSONLinesSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput

    /// Writes to an output.
    public init(_ output: ByteOutput) { self.output = output }

    /// Writes one line.
    public mutating func take(_ change: AlertChange) throws(OutputError) {
        try output.write { bytes in
            change.json.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    /// Writes what is still collected.
    public mutating func finish() throws(OutputError) { try output.flush() }
}
