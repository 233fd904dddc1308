// SPDX-License-Identifier: Apache-2.0
import Events

extension SyslogReader {
    /// Notes when records arrive: dates without a year lie before that.
    mutating func keepUp(with arrived: Timestamp) {
        guard arrived != .unknown, clock.isBehind(arrived.nanoseconds) else { return }
        clock = SyslogClock(newest: arrived.nanoseconds / 1_000_000_000)
    }

    /// Gives the audit events among the lines no record of which has arrived for a while.
    public mutating func advance(to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport) {
        audit.advance(to: time, into: &batch, report: &report)
    }
}
