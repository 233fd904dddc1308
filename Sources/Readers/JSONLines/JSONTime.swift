// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads the times JSON records carry.
enum JSONTime {
    /// A time as RFC 3339 and its neighbours (with or without ` UTC` behind), as `/Date(1652432045123)/` (.NET), or as
    /// a number of seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by magnitude: below
    /// 10^11 seconds (the year 5138), below 10^14 milliseconds, below 10^17 microseconds.
    static func parse(_ text: Span<UInt8>) -> Timestamp? {
        guard text.count > 0, text.count < 64 else { return nil }
        if let nanoseconds = RFC3339.nanoseconds(text) { return Timestamp(nanoseconds: nanoseconds) }
        if text.count > 4, equalBytes(text.extracting(text.count - 4..<text.count), " UTC") {
            return RFC3339.nanoseconds(text.extracting(0..<text.count - 4)).map { Timestamp(nanoseconds: $0) }
        }
        if startsWith(text, "/Date("), let close = firstIndex(of: UInt8(ascii: ")"), in: text) {
            return epoch(text.extracting(6..<close))
        }
        return epoch(text)
    }

    private static func epoch(_ text: Span<UInt8>) -> Timestamp? {
        let point = firstIndex(of: UInt8(ascii: "."), in: text) ?? text.count
        guard let whole = decimal(text.extracting(0..<point)), whole >= 0 else { return nil }
        let unit: Int64 =
            switch whole {
            case ..<100_000_000_000: 1_000_000_000
            case ..<100_000_000_000_000: 1_000_000
            case ..<100_000_000_000_000_000: 1_000
            default: 1
            }
        let (scaled, overflowed) = whole.multipliedReportingOverflow(by: unit)
        guard !overflowed else { return nil }
        var fraction: Int64 = 0
        var scale = unit
        var index = point + 1
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            scale /= 10
            fraction += Int64(digit) * scale
            index += 1
        }
        let (sum, carried) = scaled.addingReportingOverflow(fraction)
        return carried ? nil : Timestamp(nanoseconds: sum)
    }

    /// The fields that say when a Windows or Sysmon event happened, best first.
    static let windows: [KnownField] = [
        .shared(.utcTime), .shared(.timeCreated), .shared(.atTimestamp), .shared(.eventTime), .shared(.timeGenerated),
        .shared(.timestamp), .shared(.time),
    ]
    /// The fields of an ECS record.
    static let ecs: [KnownField] = [
        .shared(.atTimestamp), .shared(.timestamp), .shared(.timeCreated), .shared(.utcTime), .shared(.eventTime),
        .shared(.time),
    ]
    /// The fields of a Kubernetes audit event.
    static let kubernetes: [KnownField] = [
        .shared(.requestReceived), .shared(.stageTimestamp), .shared(.pEventTime), .shared(.atTimestamp),
        .shared(.timestamp), .shared(.time),
    ]
    /// The fields of another sensor's event.
    static let sensor: [KnownField] = [.shared(.time), .shared(.timestamp), .shared(.atTimestamp)]
    /// The fields of a Docker or Podman event.
    static let docker: [KnownField] = [.shared(.timeNano), .shared(.time), .shared(.timestamp), .shared(.atTimestamp)]
    /// The fields of a container's or image's description: when it started, else when it was made.
    static let inspect: [KnownField] = [.shared(.startedAt), .shared(.created)]
    /// The fields of a journal entry or syslog message.
    static let journal: [KnownField] = [
        .shared(.realtime), .shared(.atTimestamp), .shared(.eventTime), .shared(.timeGenerated), .shared(.timestamp),
        .shared(.time),
    ]
    /// The fields of any other record.
    static let other: [KnownField] = [
        .shared(.atTimestamp), .shared(.eventTime), .shared(.timestamp), .shared(.time), .shared(.timeGenerated),
        .shared(.ts), .shared(.published), .shared(.realtime), .shared(.utcTime), .shared(.timeCreated),
        .shared(.requestReceived), .shared(.stageTimestamp), .shared(.timeNano), .shared(.pEventTime),
        .shared(.created),
    ]
}
