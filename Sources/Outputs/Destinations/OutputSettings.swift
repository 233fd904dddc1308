// SPDX-License-Identifier: Apache-2.0
import Events

/// What all outputs of a run share.
public struct OutputSettings: Sendable, Hashable {
    /// The program's version, for formats that name it.
    public var version: String
    /// Stands in for the time of alerts without one, where the format demands a time.
    public var now: Timestamp
    /// Leaves what strategies say out of the table; the other formats always carry it.
    public var isBrief = false
    /// Whether changes are written as they happen, rather than every alert once when all are known.
    ///
    /// Then files are appended to.
    public var isFollowed = false
    /// Whether the table begins with an overview and shows the most urgent alerts only; nil for on a terminal.
    public var hasOverview: Bool?
    /// Whether every alert is shown behind the overview.
    public var showsAll = false

    /// The settings of a hunt over recorded telemetry.
    public init(version: String, now: Timestamp) {
        self.version = version
        self.now = now
    }
}
