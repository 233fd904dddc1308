// SPDX-License-Identifier: Apache-2.0

/// Fields of Windows events, flat or under `Event.System` and `Event.EventData`, and those of other exporters.
enum WindowsField: UInt8, KnownFieldSet {
    case eventID, channel, provider, eventType, eventDataText, eventSystem, hashes, processGuid, parentImage
    case parentCommandLine, parentUser, newProcessName, newProcessId, parentProcessName, subjectUserName
    case subjectLogonId, mandatoryLabel, processId, objectName, objectValueName, newValue, operationType
    case application, sourceAddress, destAddress, destPort, direction, networkProtocol, capitalProcessID
    case threatName, path, dataName, dataText

    static let group = KnownFieldGroup.windows

    var names: [String] {
        switch self {
        case .eventID: ["EventID", "EventId", "event_id"]
        case .channel: ["Channel", "channel", "LogName"]
        case .provider: ["Provider_Name", "SourceName", "Provider", "ProviderName", "source_name"]
        case .eventType: ["EventType"]
        case .eventDataText: ["EventData"]
        case .eventSystem: ["Event.System"]
        case .hashes: ["Hashes", "Hash"]
        case .processGuid: ["ProcessGuid"]
        case .parentImage: ["ParentImage"]
        case .parentCommandLine: ["ParentCommandLine"]
        case .parentUser: ["ParentUser"]
        case .newProcessName: ["NewProcessName"]
        case .newProcessId: ["NewProcessId"]
        case .parentProcessName: ["ParentProcessName"]
        case .subjectUserName: ["SubjectUserName"]
        case .subjectLogonId: ["SubjectLogonId"]
        case .mandatoryLabel: ["MandatoryLabel"]
        case .processId: ["ProcessId"]
        case .objectName: ["ObjectName"]
        case .objectValueName: ["ObjectValueName"]
        case .newValue: ["NewValue"]
        case .operationType: ["OperationType"]
        case .application: ["Application"]
        case .sourceAddress: ["SourceAddress"]
        case .destAddress: ["DestAddress"]
        case .destPort: ["DestPort"]
        case .direction: ["Direction"]
        case .networkProtocol: ["Protocol"]
        case .capitalProcessID: ["ProcessID"]
        case .threatName: ["ThreatName"]
        case .path: ["Path"]
        case .dataName:
            [
                "Event.EventData.Data.@Name", "Event.EventData.Data.#attributes.Name", "Event.EventData.Data.Name",
                "EventData.Data.@Name", "EventData.Data.#attributes.Name", "EventData.Data.Name",
            ]
        case .dataText:
            [
                "Event.EventData.Data.#text", "Event.EventData.Data.$t", "Event.EventData.Data.content",
                "EventData.Data.#text", "EventData.Data.content",
            ]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func windows(_ field: WindowsField) -> KnownField { KnownField(field) }
}
