// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events

/// Writes one OCSF 1.8 Detection Finding a line (https://schema.ocsf.io/1.8.0/classes/detection_finding).
public struct OCSFSink: AlertSink {
    /// Where it writes.
    public private(set) var output: ByteOutput
    private let productVersion: String
    private let now: Timestamp
    private let isFollowed: Bool

    /// Writes to an output.
    ///
    /// `now` is the time of alerts whose events have none: OCSF demands one. In a followed hunt findings are created,
    /// updated and closed as it happens; else each is created once.
    public init(_ output: ByteOutput, productVersion: String, now: Timestamp, isFollowed: Bool = false) {
        self.output = output
        self.productVersion = productVersion
        self.now = now
        self.isFollowed = isFollowed
    }

    /// Writes one line.
    public mutating func take(_ change: AlertChange) throws(OutputError) {
        let finding = OCSFFinding(
            change, activity: isFollowed ? .init(change.kind) : .create, productVersion: productVersion, now: now)
        try output.write { bytes in
            finding.json.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        if isFollowed { try output.flush() }
    }

    /// Writes what is still collected.
    public mutating func finish() throws(OutputError) { try output.flush() }
}
