// SPDX-License-Identifier: Apache-2.0

/// Kunai's names of fields and events (why.kunai.rocks, "Events").
enum KunaiFields: SensorFields {
    static let service = "kunai"

    static let names = [
        "data.command_line": "CommandLine",
        "data.parent_exe": "ParentImage",
        "data.parent_command_line": "ParentCommandLine",
        "data.path": "TargetFilename",
        "data.dst.ip": "DestinationIp",
        "data.dst.port": "DestinationPort",
        "data.dst.hostname": "DestinationHostname",
        "data.dst.is_v6": "DestinationIsIpv6",
        "data.src.ip": "SourceIp",
        "data.src.port": "SourcePort",
        "data.query": "QueryName",
        "data.response": "QueryResults",
        "info.event.name": "event.action",
        "info.host.name": "host.name",
        "info.host.hostname": "host.name",
        "info.host.container.name": "container.name",
        "info.host.container.type": "container.runtime",
        "info.task.tgid": "ProcessId",
        "info.task.guuid": "ProcessGuid",
        "info.task.user": "User",
        "info.parent_task.tgid": "ParentProcessId",
        "info.parent_task.guuid": "ParentProcessGuid",
        "info.parent_task.user": "ParentUser",
    ]

    /// Kunai's event name.
    static let categories: [(category: String, events: [String])] = [
        ("process_creation", ["execve", "execve_script"]), ("process_termination", ["exit_group"]),
        ("network_connection", ["connect"]), ("file_event", ["file_create"]),
        ("file_delete", ["file_unlink"]), ("file_rename", ["file_rename"]), ("dns_query", ["dns_query"]),
    ]
}
