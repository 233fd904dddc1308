// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events

/// The formats alerts are written in.
public enum AlertFormat: String, Sendable, CaseIterable {
    /// For people at a terminal.
    case table
    /// One alert a line, as `docs/reference/alerts.md` describes it.
    case jsonl
    /// One OCSF Detection Finding a line.
    case ocsf

    /// A sink that writes this format to a descriptor.
    ///
    /// `now` stands in for the time of alerts without one, where the format demands a time. `isBrief` leaves the
    /// strategy's guidance out of the table; the other formats always carry it.
    public func sink(descriptor: Int32, version: String, now: Timestamp, isBrief: Bool = false) -> any AlertSink {
        let output = ByteOutput(descriptor: descriptor)
        var style = TableStyle(terminal: Terminal(descriptor: descriptor))
        style.isBrief = isBrief
        return switch self {
        case .table: TableSink(output, style: style)
        case .jsonl: JSONLinesSink(output)
        case .ocsf: OCSFSink(output, productVersion: version, now: now)
        }
    }
}
