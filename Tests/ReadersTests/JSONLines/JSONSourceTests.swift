// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONSourceTests {
    @Test(arguments: [
        (#"{"eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"x"}"#, "aws/-/cloudtrail"),
        (#"{"protoPayload":{"methodName":"m","serviceName":"s"}}"#, "gcp/-/gcp.audit"),
        (#"{"ts":1,"uid":"u","id.orig_h":"a","id.resp_h":"b","qtype_name":"A"}"#, "zeek/dns/dns"),
        (
            #"{"eventType":"user.session.start","legacyEventType":"x","actor":{"alternateId":"a"},"outcome":{"result":"s"}}"#,
            "okta/-/okta"
        ),
        (#"{"Image":"C:\\a.exe","CommandLine":"a"}"#, "windows/process_creation/-"),
        (#"{"Image":"/bin/a","CommandLine":"a"}"#, "-/process_creation/-"),
        (#"{"anything":1}"#, "-/-/-"),
    ])
    func `well-known keys give the source away`(text: String, source: String) throws {
        #expect(try #require(JSONReading(text).events.first).source == source)
    }

    @Test func `a record of no known source is an event, and counted`() {
        let reading = JSONReading(#"{"anything":1}"#)
        #expect(reading.report.problems[.unrecognised] == 1)
        #expect(reading.report.events == 1)
    }

    @Test func `a given source is used where the shape tells none`() throws {
        let options = JSONReaderOptions(logSource: LogSource(product: "acme", service: "app"))
        let reading = JSONReading(
            #"{"anything":1}"#, #"{"EventID":4624,"Channel":"Security"}"#,
            #"{"eventSource":"x","eventName":"y","awsRegion":"z"}"#, options: options)
        #expect(reading.events.map(\.source) == ["acme/-/app", "windows/-/security", "acme/-/app"])
        #expect(reading.report.problems[.unrecognised] == nil)
    }

    @Test(arguments: [
        (
            #"{"__CURSOR":"c","_HOSTNAME":"h","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"hello","__REALTIME_TIMESTAMP":"1652432045123456"}"#,
            "linux/-/sshd"
        ),
        (
            #"{"__CURSOR":"c","_HOSTNAME":"h","SYSLOG_IDENTIFIER":"other","MESSAGE":[104,101,108,108,111],"__REALTIME_TIMESTAMP":"1652432045123456"}"#,
            "linux/-/syslog"
        ),
    ])
    func `a journal entry gives its message and host`(text: String, source: String) throws {
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == source)
        #expect(event["message"] == "hello")
        #expect(event["host.name"] == "h")
        #expect(event.time.nanoseconds == 1_652_432_045_123_456_000)
    }
}
