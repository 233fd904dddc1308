// SPDX-License-Identifier: Apache-2.0
import Foundation
import Events
import Readers
import TestSupport
import Testing

@Suite struct JSONRobustnessTests {
    private static let samples: [String] = [
        ##"{"Event":{"System":{"Provider":{"@Name":"P"},"EventID":4688,"Channel":"Security"},"EventData":{"Data":[{"@Name":"NewProcessName","#text":"C:\\a"},{"@Name":"ProcessId","#text":"0x1"}]}}}"##,
        #"{"Channel":"Security","EventID":1,"EventData":"<Data Name=\"a\">b&amp;&#65;</Data>"}"#,
        #"{"kind":"Event","verb":"create","objectRef":{"subresource":"exec"},"requestURI":"/x?command=%2F&command=a","requestObject":{"spec":{"containers":[{"image":"a"}]}}}"#,
        #"{"Type":"container","Action":"exec_start: sh","Actor":{"ID":"a","Attributes":{"image":"b:c@d","exitCode":"1"}},"timeNano":1}"#,
        #"{"Id":"a","Name":"/","Config":{"Env":["A=b"],"Image":"x"},"HostConfig":{"Binds":["a:b","c"]}}"#,
        #"{"message":"{\"kind\":\"Event\",\"verb\":\"get\"}","time":1652432045.25}"#,
        #"{"winlog":{"channel":"System","event_id":1},"process":{"args":["a","b"]},"user":{"name":"n","domain":"d"}}"#,
    ]

    @Test(arguments: samples)
    func `a record cut anywhere is an event or a problem`(text: String) {
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            let reading = JSONReading([Array(bytes[..<length])])
            #expect(reading.events.isEmpty && reading.report.problems[.malformed] == 1, "cut at \(length)")
        }
    }

    @Test(arguments: samples)
    func `a record with any byte changed is an event or a problem`(text: String) {
        let bytes = Array(text.utf8)
        for value: UInt8 in [0, 0x22, 0x2C, 0x31, 0x5C, 0x7D, 0xFF] {
            let lines = bytes.indices.map { index in
                var changed = bytes
                changed[index] = value
                return changed
            }
            let reading = JSONReading(lines)
            let accounted = Set(reading.events.map(\.position)).count + Int(reading.report.problems[.malformed] ?? 0)
            #expect(accounted >= lines.count)
        }
    }

    @Test(.enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)))
    func `every record of the public Linux and Windows captures gives an event`() throws {
        for path in Corpora.files(under: "linux", suffix: ".json") {
            let lines = try Corpora.lines(of: path)
            let reading = JSONReading(lines, wrapped: [])
            #expect(lines.count > 10 && reading.events.count == lines.count, "\(path)")
            #expect(reading.report.problems.isEmpty)
            #expect(reading.events.allSatisfy { $0.time != .unknown })
            if path.contains("java_serialized") {
                let sources = Set(reading.events.map(\.source))
                #expect(
                    sources.contains("windows/registry_add/sysmon")
                        && sources.contains("windows/process_creation/sysmon"))
                #expect(!sources.contains("windows/-/-"))
                let created = reading.events.filter { $0.source == "windows/process_creation/sysmon" }
                #expect(created.allSatisfy { $0["Image"] != nil && $0["ParentImage"] != nil && $0["md5"] != nil })
            }
        }
    }
}
