// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

/// Records written after the sensors' documentation.
@Suite struct SensorTests {
    private static let falco =
        #"{"hostname":"n1","output":"x","output_fields":{"container.id":"3ad7b26ded6d","container.image.repository":"docker.io/library/alpine","container.image.tag":"3.19","container.name":"web","evt.time":1700000000123456789,"evt.type":"execve","k8s.ns.name":"prod","k8s.pod.name":null,"proc.cmdline":"sh -c id","proc.cwd":"/srv","proc.exepath":"/bin/sh","proc.name":"sh","proc.pcmdline":"nginx -g","proc.pexepath":"/usr/sbin/nginx","proc.pid":42,"proc.ppid":41,"proc.tty":34816,"user.name":"www-data","user.uid":33},"priority":"Notice","rule":"Terminal shell in container","source":"syscall","tags":["container"],"time":"2023-11-14T22:13:20.123456789Z"}"#

    private static let tetragon =
        #"{"process_exec":{"process":{"exec_id":"e2","pid":42,"uid":33,"cwd":"/srv","binary":"/bin/sh","arguments":"-c id","flags":"execve","start_time":"2023-11-14T22:13:20Z","auid":4294967295,"pod":{"namespace":"prod","name":"web-1","container":{"id":"containerd://3ad7b26ded6d","name":"web","image":{"id":"docker.io/library/alpine@sha256:aa","name":"docker.io/library/alpine:3.19"}}},"docker":"3ad7b26","parent_exec_id":"e1"},"parent":{"exec_id":"e1","pid":41,"binary":"/usr/sbin/nginx","arguments":"-g"},"ancestors":[{"binary":"/usr/bin/containerd-shim"},{"binary":"/sbin/init"}]},"node_name":"n1","time":"2023-11-14T22:13:20.123456789Z"}"#

    private static let kunai =
        #"{"data":{"ancestors":"/sbin/init|/usr/sbin/nginx","parent_command_line":"nginx -g","parent_exe":"/usr/sbin/nginx","command_line":"sh -c id","exe":{"path":"/bin/sh","md5":"m","sha1":"s","sha256":"t","size":1,"error":null}},"info":{"host":{"uuid":"u","name":"n1","container":{"name":"web","type":"docker"}},"event":{"source":"kunai","id":1,"name":"execve","uuid":"v","batch":1},"task":{"name":"sh","pid":42,"tgid":42,"guuid":"g2","uid":33,"user":"www-data"},"parent_task":{"name":"nginx","pid":41,"tgid":41,"guuid":"g1"},"utc_time":"2023-11-14T22:13:20.123456789Z"}}"#

    private static let common = [
        "Image": "/bin/sh", "ParentImage": "/usr/sbin/nginx", "ProcessId": "42", "ParentProcessId": "41",
        "host.name": "n1", "container.name": "web",
    ]

    @Test(
        arguments: [
            (
                falco, "falco",
                [
                    "CommandLine": "sh -c id", "ParentCommandLine": "nginx -g", "CurrentDirectory": "/srv",
                    "User": "www-data", "container.id": "3ad7b26ded6d", "process.tty": "34816",
                    "container.image.name": "docker.io/library/alpine:3.19", "orchestrator.namespace": "prod",
                ]
            ),
            (
                tetragon, "tetragon",
                [
                    "CommandLine": "/bin/sh -c id", "ParentCommandLine": "/usr/sbin/nginx -g",
                    "CurrentDirectory": "/srv",
                    "User": "33", "container.id": "3ad7b26ded6d", "container.runtime": "containerd",
                    "ProcessGuid": "e2",
                    "container.image.name": "docker.io/library/alpine:3.19", "container.image.tag": "3.19",
                    "orchestrator.namespace": "prod", "orchestrator.resource.name": "web-1",
                ]
            ),
            (
                kunai, "kunai",
                [
                    "CommandLine": "sh -c id", "ParentCommandLine": "nginx -g", "User": "www-data", "md5": "m",
                    "sha256": "t", "container.runtime": "docker", "ProcessGuid": "g2", "ParentProcessGuid": "g1",
                ]
            ),
        ] as [(String, String, [String: String])])
    func `a started program is a process creation`(text: String, service: String, own: [String: String]) throws {
        let wrapped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        for form in [
            text, #"{"log":"\#(wrapped)","container":{"id":"sensor"},"kubernetes":{"container_name":"sensor"}}"#,
        ] {
            let reading = JSONReading(form)
            #expect(reading.report.problems.isEmpty)
            let event = try #require(reading.events.first)
            #expect(reading.events.count == 1)
            #expect(event.source == "linux/process_creation/\(service)")
            #expect(event.time.nanoseconds == 1_700_000_000_123_456_789)
            for (name, value) in Self.common.merging(own, uniquingKeysWith: { a, _ in a }) {
                #expect(event.fields[name] == [value], "\(name)")
            }
        }
    }

    @Test func `ancestors stand nearest first`() throws {
        let tetragon = try #require(JSONReading(Self.tetragon).events.first)
        #expect(tetragon.fields["process.ancestors"] == ["/usr/bin/containerd-shim", "/sbin/init"])
        let kunai = try #require(JSONReading(Self.kunai).events.first)
        #expect(kunai.fields["process.ancestors"] == ["/usr/sbin/nginx", "/sbin/init"])
    }

    @Test func `a script's interpreter is the program`() throws {
        let text = Self.kunai.replacing(#""name":"execve""#, with: #""name":"execve_script""#).replacing(
            #""exe":{"path":"/bin/sh","#,
            with: #""interpreter":{"path":"/usr/bin/dash","md5":"i"},"exe":{"path":"/tmp/x.sh","#)
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == "linux/process_creation/kunai")
        #expect(event["Image"] == "/usr/bin/dash" && event["md5"] == "i" && event["data.exe.path"] == "/tmp/x.sh")
    }

    @Test(
        arguments: [
            (
                #"{"rule":"r","priority":"Notice","output_fields":{"evt.type":"execve","container.id":"host","container.name":"host","container.image.repository":"<NA>","proc.exepath":"<NA>","proc.cmdline":"id","user.name":null,"user.uid":0},"time":"2023-11-14T22:13:20Z"}"#,
                "linux/process_creation/falco", ["CommandLine": "id", "User": "0"],
                ["Image", "container.id", "container.name"]
            ),
            (
                #"{"rule":"r","priority":"Notice","output_fields":{"evt.type":"connect","proc.exepath":"/bin/nc","fd.name":"10.0.0.2:5->1.2.3.4:443","fd.sip":"1.2.3.4","fd.sport":443}}"#,
                "linux/network_connection/falco", ["DestinationIp": "1.2.3.4", "DestinationPort": "443"],
                ["TargetFilename"]
            ),
            (
                #"{"rule":"r","priority":"Notice","output_fields":{"evt.type":"openat","proc.exepath":"/bin/cat","fd.name":"/etc/shadow"}}"#,
                "linux/-/falco", ["TargetFilename": "/etc/shadow", "Image": "/bin/cat"], []
            ),
            (
                #"{"process_kprobe":{"process":{"binary":"/bin/nc","pid":3},"function_name":"tcp_connect","args":[{"sock_arg":{"family":"AF_INET","saddr":"10.0.0.2","daddr":"1.2.3.4","sport":5,"dport":443}}]},"node_name":"n1","time":"2023-11-14T22:13:20Z"}"#,
                "linux/network_connection/tetragon",
                ["DestinationIp": "1.2.3.4", "DestinationPort": "443", "Image": "/bin/nc"], []
            ),
            (
                #"{"process_kprobe":{"process":{"binary":"/bin/cat"},"function_name":"fd_install","args":[{"int_arg":3},{"file_arg":{"path":"/etc/shadow"}}]},"time":"2023-11-14T22:13:20Z"}"#,
                "linux/-/tetragon", ["Image": "/bin/cat", "event.action": "fd_install"], []
            ),
            (
                #"{"process_exit":{"process":{"binary":"/bin/cat","pid":9},"status":1},"time":"2023-11-14T22:13:20Z"}"#,
                "linux/process_termination/tetragon", ["ProcessId": "9", "process.exit_code": "1"], []
            ),
            (
                #"{"data":{"command_line":"curl x","exe":{"file":"/usr/bin/curl"},"dst":{"hostname":"x.example","ip":"1.2.3.4","port":443,"is_v6":false}},"info":{"event":{"source":"kunai","id":60,"name":"connect"},"utc_time":"2024-02-12T21:58:23Z"}}"#,
                "linux/network_connection/kunai",
                ["Image": "/usr/bin/curl", "DestinationHostname": "x.example", "DestinationIp": "1.2.3.4"], []
            ),
            (
                #"{"data":{"exe":{"path":"/usr/bin/mktemp"},"path":"/tmp/x"},"info":{"event":{"source":"kunai","name":"file_create"}}}"#,
                "linux/file_event/kunai", ["TargetFilename": "/tmp/x", "Image": "/usr/bin/mktemp"], []
            ),
            (
                #"{"data":{"exe":{"path":"/bin/x"},"path":"/etc/passwd"},"info":{"event":{"source":"kunai","name":"read_config"}}}"#,
                "linux/-/kunai", ["Image": "/bin/x"], []
            ),
            // The form of Kunai 0.1, without a source.
            (
                #"{"data":{"command_line":"ls","exe":{"file":"/bin/ls"}},"info":{"host":{"hostname":"h","container":"lxc"},"event":{"id":1,"name":"execve"},"task":{"tgid":4,"uid":1000},"utc_time":"2023-01-01T00:00:00Z"}}"#,
                "linux/process_creation/kunai", ["host.name": "h", "User": "1000", "ProcessId": "4"], []
            ),
        ] as [(String, String, [String: String], [String])])
    func `each kind of event has its log source and fields`(
        text: String, source: String, fields: [String: String], absent: [String]
    ) throws {
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == source)
        for (name, value) in fields { #expect(event.fields[name] == [value], "\(name)") }
        for name in absent { #expect(event.fields[name] == nil, "\(name)") }
    }

    @Test(arguments: [
        #"{"rule":"x","priority":1}"#, #"{"process_exec":"x"}"#, #"{"info":{"event":{"name":"execve"}}}"#,
        #"{"data":{"exe":{"path":"/bin/sh"},"command_line":"sh"}}"#,
    ])
    func `what only looks like a sensor's event is none`(text: String) throws {
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == "-/-/-")
        #expect(event.fields["Image"] == nil)
    }
}
