// SPDX-License-Identifier: Apache-2.0

/// Fields that tell what a record is, when it happened, or that a shape derives something of.
///
/// The first slot of each is noted while a record is flattened, so that no shape has to search.
enum KnownField: UInt8, CaseIterable {
    // Times.
    case utcTime, atTimestamp, timeCreated, timeGenerated, timestamp, time, requestReceived, stageTimestamp, timeNano
    case eventTime, startedAt, created, ts, published, realtime, pEventTime
    // Windows, flat or under Event.System.
    case eventID, channel, provider, computer, hostName, eventType, eventDataText, eventSystem, hashes, processGuid,
        image
    case commandLine, parentImage, parentCommandLine, parentUser, userDomain
    // Windows Security fields that Sigma has other names for.
    case newProcessName, newProcessId, parentProcessName, subjectUserName, subjectLogonId, mandatoryLabel
    case processName, processId, objectName, objectValueName, newValue, operationType, application, sourceAddress
    case destAddress, destPort, direction, networkProtocol, capitalProcessID, threatName, path
    // Named pairs in event data.
    case dataElement, dataName, dataText
    // Elastic Common Schema.
    case ecsVersion, winlog, eventCategory, eventKind, eventAction, ecsEventType, osType, osPlatform, osFamily
    case agentType, processArgs, processCommandLine, userName, winlogChannel, winlogProvider, winlogEventID, winlogType
    case eventCode, dnsQuestion, ecsProcess, networkDirection
    // Kubernetes audit, plain and below `event`.
    case kind, apiVersion, verb, objectRef, requestURI, auditID, involvedObject, items, event
    case wrappedAPIVersion, wrappedVerb, wrappedObjectRef, wrappedRequestURI, wrappedAuditID, stage
    // Docker and Podman.
    case dockerType, dockerAction, dockerActor, oldStatus, oldID, oldFrom, podmanStatus, podmanID, podmanName
    case inspectID, inspectConfig, inspectHostConfig, repoTags, rootFS
    // Texts that hold another record.
    case syslogMessage, message, journalMessage, log, msg, logEvents, shippedHost
    // Falco.
    case falcoFields, falcoRule, falcoPriority, falcoType, falcoContainer, falcoImage, falcoTag, falcoServer, falcoPort
    case falcoFile
    // Tetragon.
    case tetragonExec, tetragonExit, tetragonOther, tetragonBinary, tetragonArguments, tetragonParent
    case tetragonParentArguments, tetragonContainer, tetragonDocker, tetragonImage, tetragonNode, tetragonFunction
    // Kunai.
    case kunaiSource, kunaiEvent, kunaiTask, kunaiTime, kunaiProgram, kunaiMD5, kunaiSHA1, kunaiSHA256, kunaiInterpreter
    case kunaiInterpreterMD5, kunaiInterpreterSHA1, kunaiInterpreterSHA256, kunaiAncestors
    // The user's number, where a sensor knows no name.
    case sensorUser
    // Auditbeat.
    case auditbeatData, auditbeatType, auditbeatSyscall, auditbeatResult, auditbeatExit
    // journald.
    case journalCursor, journalHost, syslogIdentifier, journalUnit

    /// The fields that carry it.
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
        case .eventID: ["EventID", "EventId", "event_id"]
        case .channel: ["Channel", "channel", "LogName"]
        case .provider: ["Provider_Name", "SourceName", "Provider", "ProviderName", "source_name"]
        case .computer: ["Computer", "Hostname", "ComputerName", "MachineName", "computer_name"]
        case .hostName: ["host.name"]
        case .eventType: ["EventType"]
        case .eventDataText: ["EventData"]
        case .eventSystem: ["Event.System"]
        case .hashes: ["Hashes", "Hash"]
        case .processGuid: ["ProcessGuid"]
        case .image: ["Image"]
        case .commandLine: ["CommandLine"]
        case .parentImage: ["ParentImage"]
        case .parentCommandLine: ["ParentCommandLine"]
        case .parentUser: ["ParentUser"]
        case .userDomain: ["user.domain"]
        case .newProcessName: ["NewProcessName"]
        case .newProcessId: ["NewProcessId"]
        case .parentProcessName: ["ParentProcessName"]
        case .subjectUserName: ["SubjectUserName"]
        case .subjectLogonId: ["SubjectLogonId"]
        case .mandatoryLabel: ["MandatoryLabel"]
        case .processName: ["ProcessName"]
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
        case .dataElement: ["Event.EventData.Data", "EventData.Data"]
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
        case .ecsVersion: ["ecs.version"]
        case .winlog: ["winlog"]
        case .eventCategory: ["event.category"]
        case .eventKind: ["event.kind"]
        case .eventAction: ["event.action"]
        case .ecsEventType: ["event.type"]
        case .osType: ["host.os.type"]
        case .osPlatform: ["host.os.platform"]
        case .osFamily: ["host.os.family"]
        case .agentType: ["agent.type"]
        case .processArgs: ["process.args"]
        case .processCommandLine: ["process.command_line"]
        case .userName: ["user.name"]
        case .winlogChannel: ["winlog.channel"]
        case .winlogProvider: ["winlog.provider_name"]
        case .winlogEventID: ["winlog.event_id"]
        case .winlogType: ["winlog.event_data.EventType"]
        case .eventCode: ["event.code"]
        case .dnsQuestion: ["dns.question.name"]
        case .ecsProcess: ["process.executable", "process.name", "process.pid"]
        case .networkDirection: ["network.direction"]
        case .kind: ["kind"]
        case .apiVersion: ["apiVersion"]
        case .verb: ["verb"]
        case .objectRef: ["objectRef"]
        case .requestURI: ["requestURI"]
        case .auditID: ["auditID"]
        case .involvedObject: ["involvedObject"]
        case .items: ["items"]
        case .event: ["event", "kubernetes.audit"]
        case .wrappedAPIVersion: ["event.apiVersion", "kubernetes.audit.apiVersion"]
        case .wrappedVerb: ["event.verb", "kubernetes.audit.verb"]
        case .wrappedObjectRef: ["event.objectRef", "kubernetes.audit.objectRef"]
        case .wrappedRequestURI: ["event.requestURI", "kubernetes.audit.requestURI"]
        case .wrappedAuditID: ["event.auditID", "kubernetes.audit.auditID"]
        case .stage: ["stage", "event.stage"]
        case .dockerType: ["Type"]
        case .dockerAction: ["Action"]
        case .dockerActor: ["Actor"]
        case .oldStatus: ["status"]
        case .oldID: ["id"]
        case .oldFrom: ["from"]
        case .podmanStatus: ["Status"]
        case .podmanID: ["ID"]
        case .podmanName: ["Name"]
        case .inspectID: ["Id"]
        case .inspectConfig: ["Config"]
        case .inspectHostConfig: ["HostConfig"]
        case .repoTags: ["RepoTags"]
        case .rootFS: ["RootFS"]
        case .syslogMessage: ["SyslogMessage"]
        case .message: ["message", "Message"]
        case .journalMessage: ["MESSAGE"]
        case .log: ["log"]
        case .msg: ["msg"]
        case .logEvents: ["logEvents"]
        case .shippedHost:
            ["HostName", "hostname", "host", "host.hostname", "kubernetes.host", "kubernetes.node.name"]
        case .falcoFields: ["output_fields"]
        case .falcoRule: ["rule"]
        case .falcoPriority: ["priority"]
        case .falcoType: ["output_fields.evt.type"]
        case .falcoContainer: ["output_fields.container.id"]
        case .falcoImage: ["output_fields.container.image.repository"]
        case .falcoTag: ["output_fields.container.image.tag"]
        case .falcoServer: ["output_fields.fd.sip"]
        case .falcoPort: ["output_fields.fd.sport"]
        case .falcoFile: ["output_fields.fs.path.name", "output_fields.fd.name"]
        case .tetragonExec: ["process_exec.process"]
        case .tetragonExit: ["process_exit.process"]
        case .tetragonOther: Self.tetragon("process").filter { !$0.hasPrefix("process_ex") }
        case .tetragonBinary: Self.tetragon("process.binary")
        case .tetragonArguments: Self.tetragon("process.arguments")
        case .tetragonParent: Self.tetragon("parent.binary")
        case .tetragonParentArguments: Self.tetragon("parent.arguments")
        case .tetragonContainer: Self.tetragon("process.pod.container.id")
        case .tetragonDocker: Self.tetragon("process.docker")
        case .tetragonImage: Self.tetragon("process.pod.container.image.name")
        case .tetragonNode: ["node_name"]
        case .tetragonFunction: Self.tetragon("function_name")
        case .kunaiSource: ["info.event.source"]
        case .kunaiEvent: ["info.event.name"]
        case .kunaiTask: ["info.task"]
        case .kunaiTime: ["info.utc_time"]
        case .kunaiProgram: ["data.exe.path", "data.exe.file"]
        case .kunaiMD5: ["data.exe.md5"]
        case .kunaiSHA1: ["data.exe.sha1"]
        case .kunaiSHA256: ["data.exe.sha256"]
        case .kunaiInterpreter: ["data.interpreter.path", "data.interpreter.file"]
        case .kunaiInterpreterMD5: ["data.interpreter.md5"]
        case .kunaiInterpreterSHA1: ["data.interpreter.sha1"]
        case .kunaiInterpreterSHA256: ["data.interpreter.sha256"]
        case .kunaiAncestors: ["data.ancestors"]
        case .sensorUser: ["info.task.uid", "output_fields.user.uid"] + Self.tetragon("process.uid")
        case .auditbeatData: ["auditd.data", "auditd.message_type"]
        case .auditbeatType: ["auditd.message_type"]
        case .auditbeatSyscall: ["auditd.data.syscall"]
        case .auditbeatResult: ["auditd.result"]
        case .auditbeatExit: ["auditd.data.exit"]
        case .journalCursor: ["__CURSOR", "_TRANSPORT"]
        case .journalHost: ["_HOSTNAME"]
        case .syslogIdentifier: ["SYSLOG_IDENTIFIER"]
        case .journalUnit: ["_SYSTEMD_UNIT"]
        }
    }

    /// A field of the process in every kind of Tetragon event.
    private static func tetragon(_ name: String) -> [String] { SensorFields.tetragonEvents.map { "\($0).\(name)" } }

    /// Which known field each name stands for; asked once for each field name of a run.
    static let byName: [String: KnownField] = {
        var table: [String: KnownField] = [:]
        for field in allCases {
            for name in field.names { table[name] = field }
        }
        return table
    }()
}
