// SPDX-License-Identifier: Apache-2.0

/// What time it is for everyone on the path who waits for time to pass.
///
/// Live input brings two clocks along: the one on the wall, which says when records arrive, and the one in the records.
/// Who waits for records to come holds on to `watermark`; who waits for people to look holds on to `now`. Recorded input
/// brings neither: nothing passes until it ends.
public struct StreamTime: Hashable, Sendable {
    /// Nothing older than this is expected any more, in time of events; `.unknown` as long as that is not known.
    public var watermark: Timestamp
    /// When the latest input arrived, by the clock on the wall; `.unknown` for recorded input.
    public var now: Timestamp

    /// Names both.
    public init(watermark: Timestamp, now: Timestamp) {
        self.watermark = watermark
        self.now = now
    }

    /// Time stands still, as it does for recorded input until it ends.
    public static let recorded = StreamTime(watermark: .unknown, now: .unknown)
}
