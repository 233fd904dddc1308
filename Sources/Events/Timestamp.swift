// SPDX-License-Identifier: Apache-2.0

/// A point in time: nanoseconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Nanoseconds since the epoch; reaches from 1677 to 2262.
    public var nanoseconds: Int64

    /// Wraps nanoseconds since the epoch.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The event does not say when it happened.
    public static let unknown = Timestamp(nanoseconds: .min)

    /// Orders by time; `unknown` comes first.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }
}
