// SPDX-License-Identifier: Apache-2.0

/// Tetragon's names of fields and events (`tetragon.GetEventsResponse` as JSON; tetragon.io, "gRPC API").
enum TetragonFields: SensorFields {
    static let service = "tetragon"

    /// The kinds of events; each has its process below its own name.
    static let events = [
        "process_exec", "process_exit", "process_kprobe", "process_tracepoint", "process_uprobe", "process_lsm",
        "process_loader",
    ]

    static let names: [String: String] = {
        var names: [String: String] = [:]
        for event in events {
            for (native, sigma) in ofProcess { names["\(event).\(native)"] = sigma }
        }
        return names
    }()

    private static let ofProcess = [
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

    /// Tetragon's kind of event, or the kernel function of a kprobe.
    static let categories: [(category: String, events: [String])] = [
        ("process_creation", ["process_exec"]), ("process_termination", ["process_exit"]),
        ("network_connection", ["tcp_connect"]),
    ]
}
