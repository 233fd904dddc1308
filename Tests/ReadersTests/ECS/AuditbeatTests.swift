// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct AuditbeatTests {
    static func event(
        _ call: String, result: String = "success", exit: String = "0", data: String = #""a0":"10812c8""#,
        paths: String = "", more: String = ""
    ) -> String {
        #"{"@timestamp":"2017-10-12T08:05:34.853Z","ecs":{"version":"8.0"},"host":{"name":"h"},"event":{"module":"auditd","kind":"event","action":"x","outcome":"\#(result)","category":["process"],"type":["start"]},"auditd":{"message_type":"syscall","result":"\#(result)","sequence":8972,"session":"11","data":{\#(data),"arch":"x86_64","exit":"\#(exit)","syscall":"\#(call)","tty":"pts0"},"summary":{"actor":{"primary":"m","secondary":"root"},"how":"/bin/uname"},"paths":[\#(paths)]},"process":{"executable":"/bin/uname","name":"uname","pid":7,"working_directory":"/home/m","parent":{"pid":6},"args":["uname","-a"]},"user":{"id":"0","name":"root","audit":{"id":"1001"},"effective":{"id":"0"}},"tags":["k1","k2"]\#(more)}"#
    }

    @Test func `an execve is a process creation and the records auditd would have written`() throws {
        let text = Self.event(
            "execve",
            paths:
                #"{"item":"0","name":"/bin/uname","nametype":"NORMAL","mode":"0100755"},{"item":"1","name":"/lib64/ld.so","nametype":"NORMAL"}"#
        )
        let reading = JSONReading(text)
        #expect(reading.report.problems.isEmpty && reading.report.events == 5)
        #expect(
            reading.events.map(\.source) == ["linux/process_creation/-"] + Array(repeating: "linux/-/auditd", count: 4))
        #expect(
            reading.events.allSatisfy {
                $0["host.name"] == "h" && $0.time == reading.events[0].time && $0.record == text
            })
        let process = reading.events[0]
        #expect(process["Image"] == "/bin/uname" && process["CommandLine"] == "uname -a" && process["User"] == "root")
        #expect(process["CurrentDirectory"] == "/home/m" && process["ParentProcessId"] == "6")
        let call = reading.events[1]
        let expected = [
            "type": "SYSCALL", "SYSCALL": "execve", "a0": "10812c8", "exe": "/bin/uname", "comm": "uname", "pid": "7",
            "ppid": "6", "uid": "0", "euid": "0", "auid": "1001", "ses": "11", "success": "yes", "tty": "pts0",
        ]
        for (name, value) in expected { #expect(call[name] == value, "\(name)") }
        #expect(call.fields["key"] == ["k1", "k2"])
        let arguments = reading.events[2]
        #expect(arguments["type"] == "EXECVE" && arguments["a0"] == "uname" && arguments["a1"] == "-a")
        #expect(arguments["argc"] == "2")
        #expect(reading.events[3]["type"] == "PATH" && reading.events[3]["name"] == "/bin/uname")
        #expect(reading.events[4]["nametype"] == "NORMAL" && reading.events[4]["name"] == "/lib64/ld.so")
    }

    @Test(
        arguments: [
            ("execve", "fail", "ENOENT", "", "", "linux/-/-", nil),
            (
                "connect", "success", "0", "", #","destination":{"ip":"1.2.3.4","port":443}"#,
                "linux/network_connection/-", nil
            ),
            (
                "connect", "fail", "EINPROGRESS", "", #","destination":{"ip":"1.2.3.4"}"#, "linux/network_connection/-",
                nil
            ),
            (
                "connect", "fail", "ECONNREFUSED", "", #","destination":{"ip":"1.2.3.4"}"#,
                "linux/network_connection/-", nil
            ),
            ("connect", "fail", "EACCES", "", #","destination":{"ip":"1.2.3.4"}"#, "linux/-/-", nil),
            ("connect", "success", "0", "", #","destination":{"path":"/run/x"}"#, "linux/-/-", nil),
            ("openat", "success", "3", "CREATE x", "", "linux/file_event/-", "/home/m/x"),
            ("openat", "success", "3", "CREATE /tmp/../etc/x", "", "linux/file_event/-", "/etc/x"),
            ("openat", "success", "3", "NORMAL /etc/x", "", "linux/-/-", nil),
            ("mkdirat", "success", "3", "CREATE x", "", "linux/file_event/-", "/home/m/x"),
            ("unlink", "success", "0", "DELETE /tmp/x", "", "linux/file_delete/-", "/tmp/x"),
            ("openat", "fail", "ETIMEDOUT", "CREATE /tmp/x", "", "linux/-/-", nil),
            ("unlink", "fail", "EACCES", "DELETE /tmp/x", "", "linux/-/-", nil),
            ("exit_group", "success", "0", "", "", "linux/process_termination/-", nil),
        ] as [(String, String, String, String, String, String, String?)])
    func `the system call says what happened`(
        call: String, result: String, exit: String, path: String, more: String, source: String, file: String?
    ) throws {
        let parts = path.split(separator: " ")
        let paths = parts.isEmpty ? "" : #"{"name":"\#(parts[1])","nametype":"\#(parts[0])"}"#
        let text = Self.event(call, result: result, exit: exit, data: #""a0":"ffffff9c""#, paths: paths, more: more)
        let reading = JSONReading(text)
        #expect(reading.events.first?.source == source)
        #expect(reading.events.first?["TargetFilename"] == file)
        #expect(reading.events[1]["success"] == (result == "success" ? "yes" : "no"))
    }

    @Test(arguments: [("241", "linux/file_event/-"), ("441", "linux/-/-"), ("0", "linux/-/-")])
    func `a file that is emptied counts as created`(flags: String, source: String) {
        let text = Self.event(
            "openat", data: #""a0":"ffffff9c","a2":"\#(flags)""#, paths: #"{"name":"/etc/motd","nametype":"NORMAL"}"#)
        #expect(JSONReading(text).events.first?.source == source)
    }

    @Test func `a name below a descriptor stays as it was`() throws {
        let text = Self.event("openat", data: #""a0":"5""#, paths: #"{"name":"x","nametype":"CREATE"}"#)
        #expect(JSONReading(text).events.first?["TargetFilename"] == "x")
    }

    @Test func `a record of user space is one of auditd's`() throws {
        let reading = JSONReading(
            #"{"@timestamp":"2017-10-12T08:05:34.853Z","ecs":{"version":"8"},"event":{"module":"auditd","action":"stopped-service","category":["process"],"type":["stop"],"outcome":"success"},"auditd":{"message_type":"service_stop","result":"success","data":{"unit":"firewalld"}}}"#
        )
        #expect(reading.events.map(\.source) == ["linux/-/-", "linux/-/auditd"])
        #expect(reading.events[1]["type"] == "SERVICE_STOP" && reading.events[1]["unit"] == "firewalld")
    }

    @Test(arguments: [("fork", "linux/-/-"), ("exec", "linux/process_creation/-")])
    func `a fork of Elastic's endpoint starts no program`(action: String, source: String) {
        let reading = JSONReading(
            #"{"ecs":{"version":"8"},"event":{"category":["process"],"type":["start"],"action":"\#(action)"},"host":{"os":{"type":"linux"}},"process":{"executable":"/bin/sh"}}"#
        )
        #expect(reading.events.map(\.source) == [source])
    }

    @Test(arguments: [
        (#""action":"connection_attempted""#, "", "true"), (#""action":"connection_accepted""#, "", "false"),
        (#""action":"x","type":["connection"]"#, #","network":{"direction":"egress"}"#, "true"),
        (#""action":"x","type":["connection"]"#, #","network":{"direction":"ingress"}"#, "false"),
    ])
    func `who began a connection is told`(event: String, more: String, initiated: String) {
        let reading = JSONReading(
            #"{"ecs":{"version":"8"},"event":{"category":["network"],\#(event)},"host":{"os":{"type":"linux"}}\#(more)}"#
        )
        #expect(reading.events.first?.source == "linux/network_connection/-")
        #expect(reading.events.first?["Initiated"] == initiated)
    }
}
