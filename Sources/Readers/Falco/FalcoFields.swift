// SPDX-License-Identifier: Apache-2.0

/// Falco's names of fields and events (rule alerts with `output_fields`; falco.org, "Supported fields").
enum FalcoFields: SensorFields {
    static let service = "falco"

    static let names = [
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

    /// Falco's `evt.type` is the system call, of which an alert tells only where its rule prints it.
    static let categories: [(category: String, events: [String])] = [
        ("process_creation", ["execve", "execveat"]), ("network_connection", ["connect"]),
        ("file_delete", ["unlink", "unlinkat"]),
    ]
}
