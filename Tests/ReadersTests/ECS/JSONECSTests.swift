// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONECSTests {
    @Test func `a Linux process event has Sigma's names beside its own`() throws {
        let event = try #require(
            JSONReading(
                #"{"@timestamp":"2022-05-13T08:54:05Z","ecs":{"version":"8.0"},"event":{"category":["process"],"type":["start"],"action":"exec"},"host":{"name":"h","os":{"type":"linux"}},"process":{"executable":"/bin/sh","args":["sh","-c","id"],"pid":7,"parent":{"executable":"/usr/bin/python3","command_line":"python3 x","pid":6}},"user":{"name":"root"}}"#
            ).events.first)
        #expect(event.source == "linux/process_creation/-")
        #expect(event["Image"] == "/bin/sh" && event["process.executable"] == "/bin/sh")
        #expect(event["CommandLine"] == "sh -c id" && event["ProcessId"] == "7")
        #expect(event["ParentImage"] == "/usr/bin/python3" && event["ParentCommandLine"] == "python3 x")
        #expect(event["User"] == "root" && event["Computer"] == "h")
        #expect(event.time.nanoseconds == 1_652_432_045_000_000_000)
    }

    @Test(arguments: [
        ("network", "start", "connection_attempted", "linux", "linux/network_connection/-"),
        ("file", "creation", "creation", "macos", "macos/file_event/-"),
        ("file", "deletion", "deletion", "linux", "linux/file_delete/-"),
        ("file", "change", "rename", "windows", "windows/file_rename/-"),
        ("process", "end", "end", "linux", "linux/process_termination/-"),
        ("registry", "change", "modification", "windows", "windows/registry_set/-"),
        ("library", "start", "load", "windows", "windows/image_load/-"),
        ("authentication", "start", "logged-in", "linux", "linux/-/-"),
    ])
    func `the categorisation fields give the category`(
        category: String, type: String, action: String, system: String, source: String
    ) throws {
        let event = try #require(
            JSONReading(
                #"{"ecs":{"version":"8"},"event":{"category":["\#(category)"],"type":"\#(type)","action":"\#(action)"},"host":{"os":{"type":"\#(system)"}}}"#
            ).events.first)
        #expect(event.source == source)
    }

    @Test func `keys with dots are ECS too`() throws {
        let event = try #require(
            JSONReading(
                #"{"ecs.version":"8","event.category":"process","event.type":"start","host.os.type":"windows","process.executable":"C:\\a.exe","user.name":"SYSTEM","user.domain":"NT AUTHORITY"}"#
            ).events.first)
        #expect(event.source == "windows/process_creation/-")
        #expect(event["Image"] == #"C:\a.exe"#)
        #expect(event["User"] == #"NT AUTHORITY\SYSTEM"#)
    }

    @Test func `event data wins over what was made of it`() throws {
        let event = try #require(
            JSONReading(
                #"{"process":{"pid":4,"executable":"C:\\x.exe"},"winlog":{"channel":"Security","provider_name":"Microsoft-Windows-Security-Auditing","event_id":"4688","event_data":{"NewProcessName":"C:\\x.exe","NewProcessId":"0x4","ProcessId":"0x2"}}}"#
            ).events.first)
        #expect(event.source == "windows/process_creation/security")
        #expect(event["ProcessId"] == "4" && event["ParentProcessId"] == "2")
        #expect(event["EventID"] == "4688" && event["winlog.event_id"] == "4688")
        #expect(event.fields["Image"].map(Set.init) == [#"C:\x.exe"#])
    }
}
