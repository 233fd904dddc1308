// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events

/// Writes one page for a browser: the overview and the alerts that matter most.
public final class ReportSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let version: String
    private let now: Timestamp
    private var overview = Overview()
    private var urgent: UrgentAlerts

    /// The most alerts a page carries.
    public static let mostAlerts = 200

    /// Writes to an output; `now` is the time the page is dated.
    public init(_ output: ByteOutput, version: String, now: Timestamp, mostAlerts: Int = ReportSink.mostAlerts) {
        self.output = output
        self.version = version
        self.now = now
        urgent = UrgentAlerts(most: mostAlerts)
    }

    /// Final alerts only.
    public var interest: SinkInterest { .finalAlerts }

    /// Counts an alert and keeps it if it may be among the most urgent.
    public func take(_ change: AlertChange) {
        overview.add(change.alert)
        urgent.add(change.alert)
    }

    /// Writes the page.
    public func finish() throws(OutputError) {
        try output.write(ReportPage(overview, urgent.chosen, version: version, now: now).page)
        try output.flush()
    }
}
