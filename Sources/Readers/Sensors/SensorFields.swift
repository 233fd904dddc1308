// SPDX-License-Identifier: Apache-2.0

/// Names rules know the fields of other Linux sensors by: Falco (rule alerts with `output_fields`, falco.org, "Supported
/// fields"), Tetragon (`tetragon.GetEventsResponse` as JSON, tetragon.io, "gRPC API") and Kunai (why.kunai.rocks,
/// "Events").
///
/// Where several native fields give one, the first in a record counts.
enum SensorFields {
    /// Sigma's (or ECS's) name by native name.
    ///
    /// The tables share no native name: each has a root of its own.
    static let sigmaName: [String: String] = {
        var names = falco.merging(kunai) { first, _ in first }
        for event in tetragonEvents {
            for (native, sigma) in tetragon { names["\(event).\(native)"] = sigma }
        }
        return names
    }()

    private static let falco = [
        "hostname": "host.name",
        "output_fields.proc.exepath": "Image",
        "output_fields.proc.cmdline": "CommandLine",
        "output_fields.proc.cwd": "CurrentDirectory",
        "output_fields.proc.pid": "ProcessId",
        "output_fields.proc.tty": "process.tty",
        "output_fields.proc.pexepath": "ParentImage",
        "output_fields.proc.pcmdline": "ParentCommandLine",
        "output_fields.proc.ppid": "ParentProcessId",
        "output_fields.user.name": "User",
        "output_fields.user.loginuid": "auid",
        "output_fields.container.name": "container.name",
        "output_fields.container.image.tag": "container.image.tag",
        "output_fields.container.image.digest": "container.image.hash",
        "output_fields.k8s.ns.name": "orchestrator.namespace",
        "output_fields.k8s.pod.name": "orchestrator.resource.name",
        "output_fields.evt.type": "event.action",
    ]

    /// The kinds of Tetragon events; each has its process below its own name.
    static let tetragonEvents = [
        "process_exec", "process_exit", "process_kprobe", "process_tracepoint", "process_uprobe", "process_lsm",
        "process_loader",
    ]

    private static let tetragon = [
        "process.binary": "Image",
        "process.cwd": "CurrentDirectory",
        "process.pid": "ProcessId",
        "process.exec_id": "ProcessGuid",
        "process.auid": "auid",
        "process.user.name": "User",
        "process.process_credentials.euid": "euid",
        "process.pod.namespace": "orchestrator.namespace",
        "process.pod.name": "orchestrator.resource.name",
        "process.pod.container.name": "container.name",
        "parent.binary": "ParentImage",
        "parent.pid": "ParentProcessId",
        "parent.exec_id": "ParentProcessGuid",
        "parent.user.name": "ParentUser",
        "ancestors.binary": "process.ancestors",
        "status": "process.exit_code",
        "args.sock_arg.daddr": "DestinationIp",
        "args.sock_arg.dport": "DestinationPort",
        "args.sock_arg.saddr": "SourceIp",
        "args.sock_arg.sport": "SourcePort",
        "function_name": "event.action",
    ]

    private static let kunai = [
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
}
