// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

@Suite struct SysmonXMLTests {
    static func event(_ id: Int = 1, provider: String = "Linux-Sysmon", data: String, more: String = "") -> String {
        "<Event><System><Provider Name=\"\(provider)\" Guid=\"{ff03}\"/><EventID>\(id)</EventID><Version>5</Version><Level>4</Level>"
            + "<Task>\(id)</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>"
            + "<TimeCreated SystemTime=\"2022-05-11T18:10:20.399931000Z\"/><EventRecordID>245753</EventRecordID><Correlation/>"
            + "<Execution ProcessID=\"1590\" ThreadID=\"1591\"/><Channel>\(provider)/Operational</Channel><Computer>UBUNTU5</Computer>"
            + "<Security UserId=\"0\"/></System><EventData>\(data)</EventData>\(more)</Event>"
    }

    static func data(_ name: String, _ value: String) -> String { "<Data Name=\"\(name)\">\(value)</Data>" }

    @Test func `an event in a syslog line gives its fields`() throws {
        let xml = Self.event(
            data: Self.data("Image", "/usr/bin/bash") + Self.data("CommandLine", "bash -c &quot;a &amp;&amp; b&quot;"))
        let seen = try read("Nov 21 20:24:05 ubuntu5 sysmon[812]: \(xml)\n")
        #expect(seen.format == .sysmonXML)
        #expect(seen.events.count == 1)
        #expect(seen.report.problems.isEmpty)
        let event = try #require(seen.events.first)
        #expect(event.source == "linux/process_creation/sysmon")
        #expect(event.time == 1_652_292_620_399_931_000)
        let expected = [
            "Provider_Name": "Linux-Sysmon", "Provider_Guid": "{ff03}", "EventID": "1",
            "Channel": "Linux-Sysmon/Operational",
            "Computer": "UBUNTU5", "Execution_ProcessID": "1590",
            "TimeCreated_SystemTime": "2022-05-11T18:10:20.399931000Z",
            "Security_UserId": "0", "Image": "/usr/bin/bash", "CommandLine": "bash -c \"a && b\"",
            "EventRecordID": "245753",
        ]
        for (name, value) in expected { #expect(event[name] == value, "\(name)") }
        #expect(event["Correlation"] == nil)
        #expect(event.fields.first { $0.name == "EventID" }?.kind == .integer)
        #expect(event.record.hasPrefix("Nov 21") == true)
    }

    @Test func `bare documents over several lines are read`() throws {
        let one = Self.event(data: Self.data("CommandLine", "a\nb")).replacingOccurrences(of: "><", with: ">\r\n  <")
        let two = Self.event(3, provider: "Microsoft-Windows-Sysmon", data: "<Data>x</Data><Data>y</Data>")
        for text in [one + "\n" + two, "<?xml version=\"1.0\"?>\n<Events>\n\(one)\(two)</Events>\n"] {
            let seen = try read(text)
            #expect(seen.format == .sysmonXML)
            #expect(
                seen.events.map(\.source) == ["linux/process_creation/sysmon", "windows/network_connection/sysmon"])
            #expect(seen.events.first?["CommandLine"] == "a\nb")
            #expect(seen.events.last?.values("Data") == ["x", "y"])
            #expect(seen.report.problems.isEmpty)
        }
    }

    @Test(arguments: [
        ("a&lt;b&gt;&apos;", "a<b>'"), ("&#65;&#x1F600;&#10;", "A😀\n"), ("<![CDATA[<a>&amp;]]>", "<a>&amp;"),
        ("x<![CDATA[y]]>z", "xyz"),
        ("&lt unknown process&gt ", "<unknown process>"), ("&quot SELECT&quot  | x", "\"SELECT\" | x"),
        ("a & b &", "a & b &"), ("a<!-- no -->b", "ab"), ("&unknown; &#xD800; &;", "&unknown; &#xD800; &;"),
        ("", ""),
        ("&#x110000000000;", "&#x110000000000;"), ("100&", "100&"),
    ])
    func `text is decoded`(xml: String, expected: String) throws {
        let seen = try read(Self.event(data: Self.data("X", xml)))
        #expect(seen.events.first?["X"] == expected)
    }

    @Test(arguments: [
        (1, "process_creation"), (2, "file_change"), (3, "network_connection"), (5, "process_termination"),
        (9, "raw_access_thread"),
        (11, "file_event"), (16, "sysmon_status"), (22, "dns_query"), (23, "file_delete"),
        (27, "file_block_executable"), (99, "-"), (0, "-"), (-1, "-"),
    ])
    func `the event id gives the category`(id: Int, category: String) throws {
        #expect(try read(Self.event(id, data: "")).events.first?.source == "linux/\(category)/sysmon")
    }

    @Test func `a parent that was not seen is no program`() throws {
        let data = Self.data("Image", "/bin/id") + Self.data("ParentImage", "-") + Self.data("ParentCommandLine", "-")
        let linux = try #require(try read(Self.event(data: data)).events.first)
        for name in ["ParentImage", "ParentCommandLine"] {
            #expect(linux.fields.filter { $0.name == name }.map(\.kind) == [.null])
        }
        let windows = try #require(try read(Self.event(provider: "Microsoft-Windows-Sysmon", data: data)).events.first)
        #expect(windows["ParentImage"] == "-" && windows.fields.first { $0.name == "ParentImage" }?.kind == .string)
    }

    @Test func `user data and messages are read`() throws {
        let event = Self.event(
            provider: "Other", data: "",
            more:
                "<UserData><EventXML xmlns='x'><Subject>s</Subject><Deep><Deeper>d</Deeper></Deep></EventXML></UserData>"
                + "<RenderingInfo Culture='en-US'><Message>Hello</Message><Level>Info</Level></RenderingInfo>")
        let seen = try read(event)
        #expect(seen.events.first?["Subject"] == "s")
        #expect(seen.events.first?["Deep.Deeper"] == "d")
        #expect(seen.events.first?["message"] == "Hello")
        #expect(seen.events.first?["Level"] == "4")
        #expect(seen.events.first?.source == "windows/-/-")
    }

    @Test(
        arguments: [
            ("<Event><System></Wrong></System></Event>", ReadProblemKind.malformed),
            ("<Event <System></System></Event>", .malformed),
            ("<Event>" + String(repeating: "<a>", count: 1000) + "</Event>", .malformed),
            ("<Event><!DOCTYPE x [<!ENTITY a \"b\">]></Event>", .malformed), ("<Event><System>", .truncated),
        ] as [(String, ReadProblemKind)])
    func `what is no event is counted`(xml: String, kind: ReadProblemKind) throws {
        let seen = try read(xml, format: .sysmonXML)
        #expect(seen.events.isEmpty)
        #expect(seen.report.problems[kind] == 1)
        #expect(seen.report.records == 1)
    }

    @Test(arguments: ["</CommandLine", "<", "</Data", "</Data>", "</Data><Data Name='X", "</Data></EventDa", ""])
    func `what is left of an event that syslog cut is read`(end: String) throws {
        let whole = Self.event(data: Self.data("Image", "/bin/sh") + "<Data Name=\"CommandLine\">sh -c id")
        let cut = try #require(whole.range(of: "</EventData>"))
        let line = "Nov 21 20:24:05 h sysmon: " + whole[..<cut.lowerBound] + end
        for text in [line + "\n", "{\"message\":\"\(line.replacingOccurrences(of: "\"", with: "\\\""))\"}"] {
            let seen = try read(text)
            #expect(seen.report.problems == [.truncated: 1])
            let event = try #require(seen.events.first)
            #expect(event.source == "linux/process_creation/sysmon")
            #expect(event["Image"] == "/bin/sh" && event["CommandLine"] == "sh -c id")
        }
    }

    @Test func `an event cut or changed at any byte is accounted for`() {
        let xml = Self.event(
            data: Self.data("A", "x&amp;<![CDATA[y]]>") + "<Data>z</Data>", more: "<UserData><a b='c'>d</a></UserData>")
        let bytes = Array(xml.utf8)
        let vocabulary = Vocabulary()
        var reader = SysmonXMLReader(vocabulary: vocabulary)
        func check(_ bytes: [UInt8]) {
            var batch = EventBatch()
            var report = ReadReport()
            batch.bytes = bytes
            reader.read([Record(range: 0..<bytes.count, position: 1)], into: &batch, report: &report)
            // What is left of a cut event is an event and a problem.
            let cut = report.problems[.truncated, default: 0]
            let others = report.problems.values.reduce(0, +) - cut
            #expect(batch.events.count <= 1)
            #expect(cut + others + (cut == 0 ? UInt64(batch.events.count) : 0) == 1)
            for slot in batch.slots { #expect(slot.range.upperBound <= batch.bytes.count) }
        }
        for end in bytes.indices { check(Array(bytes[..<end])) }
        for index in bytes.indices {
            for byte in [0, 0x22, 0x26, 0x2F, 0x3C, 0x3E, 0x3D, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[index] = byte
                check(damaged)
            }
        }
    }

    @Test(.enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)))
    func `wrapped events of the public samples are read`() throws {
        let root = try #require(Corpora.root)
        let path = root + "/linux/syslog_sysmon_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json"
        let vocabulary = Vocabulary()
        var reader = SysmonXMLReader(vocabulary: vocabulary)
        var reading = Reading()
        for line in try Corpora.lines(of: path) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            guard let message = object["SyslogMessage"] as? String, message.contains("<Event>") else { continue }
            var batch = EventBatch()
            batch.bytes = Array(message.utf8)
            reader.read(
                line: 0..<batch.bytes.count, evidence: 0..<batch.bytes.count, position: 1, into: &batch,
                report: &reading.report)
            reading.add(batch, vocabulary)
        }
        // One message of the sample was cut by its shipper.
        #expect(reading.report.problems == [.truncated: 1])
        #expect(reading.events.count > 50)
        #expect(
            reading.events.allSatisfy { $0.source.hasPrefix("linux/") && $0.source.hasSuffix("/sysmon") && $0.time > 0 }
        )
    }
}
