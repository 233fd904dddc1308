// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

/// What a wrapper says of the host, and of the container that printed the record.
@Suite struct JSONHostTests {
    private static let execve =
        #"type=EXECVE msg=audit(1.000:7): argc=1 a0=\"id\""#
    private static let syscall =
        #"type=SYSCALL msg=audit(1.000:7): arch=c000003e syscall=59 success=yes exit=0 pid=2 ppid=1 exe=\"/bin/id\""#
    private static let xml =
        #"<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><Channel>Linux-Sysmon/Operational</Channel></System><EventData><Data Name=\"Image\">/bin/id</Data></EventData></Event>"#

    @Test(arguments: [
        #""HostName":"h1","SyslogMessage":"#, #""Computer":"h1","SyslogMessage":"#, #""_HOSTNAME":"h1","MESSAGE":"#,
        #""host":{"name":"h1"},"message":"#, #""host":{"hostname":"h1"},"message":"#, #""host":"h1","message":"#,
        #""kubernetes":{"host":"h1"},"log":"#, #""kubernetes":{"node":{"name":"h1"}},"message":"#,
    ])
    func `the wrapper's host is the event's`(start: String) throws {
        let audit = JSONReading("{\(start)\"\(Self.syscall)\"}", "{\(start)\"\(Self.execve)\"}")
        #expect(audit.events.map(\.source) == ["linux/-/auditd", "linux/-/auditd", "linux/process_creation/-"])
        #expect(audit.events.map { $0["host.name"] } == ["h1", "h1", "h1"])
        #expect(JSONReading("{\(start)\"\(Self.xml)\"}").events.map { $0["host.name"] } == ["h1"])
        let json = #"{\"kind\":\"Event\",\"verb\":\"get\"}"#
        #expect(JSONReading("{\(start)\"\(json)\"}").events.map { $0["host.name"] } == ["h1"])
    }

    @Test func `the record's own host wins`() throws {
        let audit = JSONReading(#"{"host":"h1","message":"node=h2 \#(Self.syscall)"}"#)
        #expect(audit.events.map { $0["host.name"] } == [nil, "h2"])
        let xml = Self.xml.replacing("</System>", with: "<Computer>h2</Computer></System>")
        #expect(JSONReading(#"{"host":"h1","message":"\#(xml)"}"#).events.map { $0["host.name"] } == ["h2"])
        let inner = #"{\"EventID\":1,\"Channel\":\"Security\",\"Computer\":\"h2\"}"#
        #expect(
            JSONReading(#"{"host":{"name":"h1"},"message":"\#(inner)"}"#).events.map { $0.fields["host.name"] } == [
                ["h2"]
            ])
    }

    @Test func `events of two hosts with one number are not joined`() throws {
        let seen = JSONReading(
            #"{"host":"h1","message":"\#(Self.syscall)"}"#, #"{"host":"h2","message":"\#(Self.execve)"}"#)
        let process = try #require(seen.events.last)
        #expect(process.source == "linux/process_creation/-")
        #expect(process["host.name"] == "h1" && process.fields["CommandLine"] == nil)
    }

    @Test func `the container that printed a record is not the one the record is about`() throws {
        let inner = #"{\"kind\":\"Event\",\"verb\":\"get\",\"objectRef\":{\"namespace\":\"prod\"}}"#
        let event = try #require(
            JSONReading(
                #"{"container":{"id":"agent"},"orchestrator":{"namespace":"kube-system"},"message":"\#(inner)"}"#
            )
            .events.first)
        #expect(event.fields["container.id"] == nil)
        #expect(event.fields["orchestrator.namespace"] == ["prod"])
    }

    @Test(
        arguments: [
            ("Nov 21 20:24:05 web-1 audispd: ", "web-1"), ("2022-05-13T08:54:05+02:00 web-1 audisp-syslog: ", "web-1"),
            ("<13>1 2022-05-13T08:54:05Z web-1 auditd - - - ", "web-1"), ("[   12.3] audit: ", nil), ("", nil),
        ] as [(String, String?)])
    func `a syslog header's host is the record's`(header: String, host: String?) throws {
        let log = header + Self.syscall.replacing("\\", with: "") + "\n"
        let seen = try read(log)
        #expect(seen.events.map { $0["host.name"] } == [host, host])
    }

    @Test func `the agent's container is the event's`() throws {
        let text =
            #"{"HostName":"h","SyslogMessage":"type=AUOMS_EXECVE audit(1.0:1): syscall=execve success=yes exit=0 ppid=1 pid=2 user=u uid=1 exe=\"/bin/id\" cmdline=id redactors= containerid=abc123"}"#
        let events = JSONReading(text).events
        #expect(events.map(\.source) == ["linux/-/auditd", "linux/process_creation/-"])
        #expect(events[1]["container.id"] == "abc123" && events[1]["host.name"] == "h")
    }
}
