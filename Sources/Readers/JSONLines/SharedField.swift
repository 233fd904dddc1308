// SPDX-License-Identifier: Apache-2.0

/// Fields that several shapes go by: times, the host, the program.
enum SharedField: UInt8, KnownFieldSet {
    case utcTime, atTimestamp, timeCreated, timeGenerated, timestamp, time, requestReceived, stageTimestamp
    case timeNano, eventTime, startedAt, created, ts, published, realtime, pEventTime, computer, hostName
    case image, commandLine, processName, eventKind

    static let group = KnownFieldGroup.shared

    var names: [String] {
        switch self {
        case .utcTime: ["UtcTime"]
        case .atTimestamp: ["@timestamp"]
        case .timeCreated: ["TimeCreated_SystemTime", "TimeCreated", "SystemTime"]
        case .timeGenerated: ["TimeGenerated"]
        case .timestamp: ["timestamp", "Timestamp"]
        case .time: ["time", "Time"]
        case .requestReceived: ["requestReceivedTimestamp", "event.requestReceivedTimestamp"]
        case .stageTimestamp: ["stageTimestamp", "event.stageTimestamp"]
        case .timeNano: ["timeNano"]
        case .eventTime: ["eventTime", "EventTime"]
        case .startedAt: ["State.StartedAt"]
        case .created: ["Created", "created_at"]
        case .ts: ["ts"]
        case .published: ["published"]
        case .realtime: ["__REALTIME_TIMESTAMP"]
        case .pEventTime: ["p_event_time"]
        case .computer: ["Computer", "Hostname", "ComputerName", "MachineName", "computer_name"]
        case .hostName: ["host.name"]
        case .image: ["Image"]
        case .commandLine: ["CommandLine"]
        case .processName: ["ProcessName"]
        case .eventKind: ["event.kind"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func shared(_ field: SharedField) -> KnownField { KnownField(field) }
}
