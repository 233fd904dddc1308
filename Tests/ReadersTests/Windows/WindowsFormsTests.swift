// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// One Windows event in every form it is exported in: what Sigma rules see must not depend on the form.
@Suite struct WindowsFormsTests {
    struct Event: Sendable {
        var channel: String
        var provider: String
        var id: Int
        var source: String
        var data: [(String, String)]
        /// Fields the readers derive.
        var derived: [String: String] = [:]
    }

    static let events: [Event] = [
        Event(
            channel: "Microsoft-Windows-Sysmon/Operational", provider: "Microsoft-Windows-Sysmon", id: 1,
            source: "windows/process_creation/sysmon",
            data: [
                ("UtcTime", "2022-05-13 08:54:05.123"), ("ProcessId", "77"), ("Image", #"C:\a b.exe"#),
                ("CommandLine", #"a "x" & <y>"#), ("Hashes", "SHA1=A,MD5=B,SHA256=C,IMPHASH=D"),
            ], derived: ["sha1": "A", "md5": "B", "sha256": "C", "Imphash": "D"]),
        Event(
            channel: "Microsoft-Windows-Sysmon/Operational", provider: "Microsoft-Windows-Sysmon", id: 12,
            source: "windows/registry_add/sysmon",
            data: [("EventType", "CreateKey"), ("TargetObject", #"HKLM\x"#)]),
        Event(
            channel: "Linux-Sysmon/Operational", provider: "Linux-Sysmon", id: 11, source: "linux/file_event/sysmon",
            data: [("TargetFilename", "/tmp/x")]),
        Event(
            channel: "Security", provider: "Microsoft-Windows-Security-Auditing", id: 4688,
            source: "windows/process_creation/security",
            data: [
                ("NewProcessName", #"C:\n.exe"#), ("NewProcessId", "0x1f4"), ("ProcessId", "0x10"),
                ("ParentProcessName", #"C:\p.exe"#), ("SubjectUserName", "u"), ("SubjectLogonId", "0x3e7"),
                ("CommandLine", "n"), ("MandatoryLabel", "S-1-16-12288"),
            ],
            derived: [
                "Image": #"C:\n.exe"#, "ParentImage": #"C:\p.exe"#, "User": "u", "ProcessId": "500",
                "ParentProcessId": "16", "IntegrityLevel": "High", "LogonId": "0x3e7",
            ]),
        Event(
            channel: "Security", provider: "Microsoft-Windows-Security-Auditing", id: 4657,
            source: "windows/registry_delete/security",
            data: [
                ("ObjectName", #"\REGISTRY\MACHINE\SOFTWARE\Run"#), ("ObjectValueName", "v"),
                ("OperationType", "%%1906"),
            ], derived: ["TargetObject": #"HKLM\SOFTWARE\Run\v"#]),
        Event(
            channel: "Security", provider: "Microsoft-Windows-Security-Auditing", id: 5156,
            source: "windows/network_connection/security",
            data: [("Application", #"\device\a.exe"#), ("DestAddress", "5.6.7.8"), ("Direction", "%%14593")],
            derived: ["DestinationIp": "5.6.7.8", "Initiated": "true", "Image": #"\device\a.exe"#]),
        Event(
            channel: "Microsoft-Windows-Windows Defender/Operational", provider: "Microsoft-Windows-Windows Defender",
            id: 1116, source: "windows/antivirus/windefend", data: [("Threat Name", "EICAR"), ("Path", "file:_C:\\x")],
            derived: ["ThreatName": "EICAR", "Signature": "EICAR", "TargetFilename": "file:_C:\\x"]),
        Event(
            channel: "Microsoft-Windows-PowerShell/Operational", provider: "Microsoft-Windows-PowerShell", id: 4104,
            source: "windows/ps_script/powershell", data: [("ScriptBlockText", "iex\nx")]),
        Event(
            channel: "System", provider: "Service Control Manager", id: 7045, source: "windows/-/system",
            data: [("ServiceName", "s"), ("ImagePath", "%COMSPEC% /c x")]),
        Event(channel: "Some/Other", provider: "P", id: 5, source: "windows/-/-", data: [("A", "b")]),
    ]

    private static let stamp = "2022-05-13T08:54:06.500Z"

    private static func json(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private static func members(_ event: Event) -> String {
        event.data.map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ",")
    }

    static func xml(_ event: Event) -> String {
        let data = event.data.map { "<Data Name='\($0.0)'>\(escaped($0.1))</Data>" }.joined()
        return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
            + "<Provider Name='\(event.provider)' Guid='{a}'/><EventID Qualifiers='0'>\(event.id)</EventID><Version>2</Version>"
            + "<Level>4</Level><Task>1</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>"
            + "<TimeCreated SystemTime='\(stamp)'/><EventRecordID>9</EventRecordID><Correlation/>"
            + "<Execution ProcessID='4' ThreadID='5'/><Channel>\(event.channel)</Channel><Computer>host1</Computer>"
            + "<Security UserID='S-1-5-18'/></System><EventData>\(data)</EventData></Event>"
    }

    /// The event as `evtx_dump` writes it.
    static func dumped(_ event: Event) -> String {
        ##"{"Event":{"#attributes":{"xmlns":"x"},"System":{"Provider":{"#attributes":{"Name":\##(json(event.provider)),"Guid":"{a}"}},"EventID":{"#attributes":{"Qualifiers":0},"#text":\##(event.id)},"Version":2,"Level":4,"Task":1,"Opcode":0,"Keywords":"0x8000000000000000","TimeCreated":{"#attributes":{"SystemTime":"\##(stamp)"}},"EventRecordID":9,"Correlation":null,"Execution":{"#attributes":{"ProcessID":4,"ThreadID":5}},"Channel":\##(json(event.channel)),"Computer":"host1","Security":{"#attributes":{"UserID":"S-1-5-18"}}},"EventData":{\##(members(event))}}}"##
    }

    static func flat(_ event: Event) -> String {
        #"{"EventID":\#(event.id),"Channel":\#(json(event.channel)),"Provider_Name":\#(json(event.provider)),"Computer":"host1","TimeCreated":"\#(stamp)",\#(members(event))}"#
    }

    static func winlogbeat(_ event: Event) -> String {
        #"{"@timestamp":"\#(stamp)","host":{"name":"host1"},"winlog":{"channel":\#(json(event.channel)),"provider_name":\#(json(event.provider)),"event_id":"\#(event.id)","computer_name":"host1","event_data":{\#(members(event))}}}"#
    }

    /// The event as a log of its own.
    static func log(_ event: Event) -> [UInt8] {
        var writer = EVTXWriter()
        // The stamp in ticks of 100 ns since 1601.
        writer.addEvent(
            channel: event.channel, provider: event.provider, id: UInt16(event.id), data: event.data,
            time: 132_969_056_465_000_000)
        return writer.finished()
    }

    private static func values(_ reading: Reading) throws -> (
        source: String, time: Int64, fields: [String: Set<String>]
    ) {
        #expect(reading.report.problems.isEmpty)
        let event = try #require(reading.events.first)
        #expect(reading.events.count == 1)
        var fields: [String: Set<String>] = [:]
        for field in event.fields where field.kind != .container && field.kind != .null {
            fields[field.name, default: []].insert(field.value)
        }
        return (event.source, event.time, fields)
    }

    @Test(arguments: events.indices)
    func `every form gives the same fields and log source`(index: Int) throws {
        let event = Self.events[index]
        var expected = ["EventID": "\(event.id)", "Channel": event.channel, "Provider_Name": event.provider]
        expected["Computer"] = "host1"
        expected["host.name"] = "host1"
        for (name, value) in event.data { expected[name.filter { $0 != " " }] = value }
        expected.merge(event.derived) { _, new in new }
        let forms = [Self.xml(event), Self.dumped(event), Self.flat(event), Self.winlogbeat(event)]
        let all = try forms.map { try Self.values(read($0 + "\n")) } + [Self.values(read(Self.log(event)))]
        for (form, seen) in zip(["xml", "dumped", "flat", "winlogbeat", "evtx"], all) {
            #expect(seen.source == event.source, "\(form)")
            #expect(seen.time == all[0].time, "\(form)")
            for (name, value) in expected { #expect(seen.fields[name] == [value], "\(form) \(name)") }
        }
        // XML and its dump have the same information: nothing may be left over on either side.
        var dumped = all[1].fields
        dumped["Event.#attributes.xmlns"] = nil
        #expect(dumped == all[0].fields)
        // A log writes the stamp with six digits.
        var log = all[4].fields
        log["TimeCreated_SystemTime"] = [Self.stamp]
        #expect(log == dumped)
    }

    @Test func `an export of wevtutil holds all its events`() throws {
        let text =
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>"
            + Self.events.map { Self.xml($0).replacing("><", with: ">\r\n<") }.joined(separator: "\r\n")
            + "</Events>\r\n"
        // As wevtutil's own redirection writes it: UTF-16 with a byte order mark.
        var utf16: [UInt8] = []
        for unit in text.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        for bytes in [Array(text.utf8), utf16] {
            let seen = try read(bytes)
            #expect(seen.format == .sysmonXML)
            #expect(seen.events.map(\.source) == Self.events.map(\.source))
            #expect(seen.report.problems.isEmpty)
        }
    }

    @Test func `user data has the names of its dumped form`() throws {
        let xml = Self.xml(Self.events[9]).replacing(
            "<EventData><Data Name='A'>b</Data></EventData>",
            with: "<UserData><Wrapped xmlns='x'><A>b</A><B><C>d</C></B></Wrapped></UserData>")
        let dumped = Self.dumped(Self.events[9]).replacing(
            #""EventData":{"A":"b"}"#, with: #""UserData":{"Wrapped":{"A":"b","B":{"C":"d"}}}"#)
        for text in [xml, dumped] {
            let fields = try Self.values(read(text + "\n")).fields
            #expect(fields["A"] == ["b"] && fields["B.C"] == ["d"])
        }
    }
}
