// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONFlatteningTests {
    @Test func `nested objects and arrays become dotted fields with their kinds`() throws {
        let event = try #require(
            JSONReading(
                #"{"a":{"b":1,"c":[true,null,"x",{"d":2.5}]},"e":{},"f":[],"g":-7,"h":18446744073709551615,"i":"ä\n"}"#
            ).events.first)
        #expect(event["a.b"] == "1")
        #expect(event.fields["a.c"] == ["true", "x"])
        #expect(event["a.c.d"] == "2.5")
        #expect(event["g"] == "-7")
        #expect(event["h"] == "18446744073709551615")
        #expect(event["i"] == "ä\n")
        #expect(event.kinds["a"] == .container && event.kinds["e"] == .container && event.kinds["f"] == .container)
        #expect(event.kinds["a.b"] == .integer && event.kinds["a.c.d"] == .float)
    }

    @Test func `null is present and has no value`() throws {
        let event = try #require(JSONReading(#"{"a":null}"#).events.first)
        #expect(event.kinds["a"] == .null)
        #expect(event.fields["a"] == nil)
    }

    @Test func `a key given twice keeps both values`() throws {
        let event = try #require(JSONReading(#"{"a":"x","a":"y"}"#).events.first)
        #expect(event.fields["a"] == ["x", "y"])
    }

    @Test(arguments: [#"{"a.b":"flat","a":{"b":"nested"}}"#, #"{"a":{"b":"nested"},"a.b":"flat"}"#])
    func `a key with dots wins over a nested path of its name`(text: String) throws {
        #expect(try #require(JSONReading(text).events.first).fields["a.b"] == ["flat"])
    }

    @Test func `spaces in a key can be left out`() throws {
        let event = try #require(JSONReading(#"{"Threat Name":"EICAR"}"#).events.first)
        #expect(event["Threat Name"] == "EICAR")
        #expect(event["ThreatName"] == "EICAR")
    }

    @Test func `the line is the record and its number the position`() throws {
        let events = JSONReading(#"{"a":1}"#, #"{"b":2}"#).events
        #expect(events.map(\.record) == [#"{"a":1}"#, #"{"b":2}"#])
        #expect(events.map(\.position) == [1, 2])
    }

    @Test func `each object of an array is an event`() {
        #expect(JSONReading(#"[{"a":1},{"b":2}]"#).events.count == 2)
    }

    @Test(arguments: ["{\"a\":", "not json", "42", "\"text\"", "", "{\"a\":1}}", "[1]", "{\"a\":\"\u{01}\"}"])
    func `a malformed line is counted and its neighbours are read`(line: String) {
        let reading = JSONReading(#"{"a":1}"#, line, #"{"b":2}"#)
        #expect(reading.events.map(\.position) == [1, 3])
        #expect(reading.report.problems[.malformed] == 1)
        #expect(reading.report.samples.first { $0.kind == .malformed }?.position == 2)
    }

    @Test func `bytes that are not UTF-8 are repaired and counted`() throws {
        let line = Array(#"{"a":"x"#.utf8) + [0xFF] + Array(#"y","b":1}"#.utf8)
        let reading = JSONReading([line])
        #expect(try #require(reading.events.first)["a"] == "x\u{FFFD}y")
        #expect(reading.report.problems[.encoding] == 1)
        #expect(reading.report.problems[.malformed] == nil)
    }

    @Test func `values beyond the limits are counted, not lost in silence`() throws {
        let wide = "{" + (0..<5000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        let deep = String(repeating: "{\"a\":", count: 100) + "1" + String(repeating: "}", count: 100)
        for text in [wide, deep] {
            let reading = JSONReading(text)
            #expect(reading.events.count == 1)
            #expect(reading.report.problems[.partial] == 1)
        }
        let tooDeep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        #expect(JSONReading(tooDeep).report.problems[.malformed] == 1)
    }

    @Test func `a name too long to intern shares one field`() throws {
        let name = String(repeating: "n", count: 600)
        let event = try #require(JSONReading("{\"\(name)\":\"v\"}").events.first)
        #expect(event.fields["(other)"] == ["v"])
    }

    @Test(
        arguments: [
            (#"{"timestamp":"2022-05-13T08:54:05.123Z"}"#, 1_652_432_045_123_000_000),
            (
                #"{"UtcTime":"2022-05-13 08:54:05.123","@timestamp":"2023-01-01T00:00:00Z","EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational"}"#,
                1_652_432_045_123_000_000
            ),
            (#"{"time":1652432045}"#, 1_652_432_045_000_000_000),
            (#"{"time":1652432045123}"#, 1_652_432_045_123_000_000),
            (#"{"time":"1652432045123456"}"#, 1_652_432_045_123_456_000),
            (#"{"time":1652432045123456789}"#, 1_652_432_045_123_456_789),
            (#"{"ts":1652432045.5}"#, 1_652_432_045_500_000_000),
            (#"{"eventTime":"2022-05-13T10:54:05+02:00"}"#, 1_652_432_045_000_000_000),
            (#"{"TimeCreated":"/Date(1652432045123)/"}"#, 1_652_432_045_123_000_000),
            (#"{"timestamp":"never","time":1652432045}"#, 1_652_432_045_000_000_000),
            (#"{"a":1}"#, Timestamp.unknown.nanoseconds),
        ] as [(String, Int64)])
    func `the time is found and read`(text: String, expected: Int64) throws {
        #expect(try #require(JSONReading(text).events.first).time.nanoseconds == expected)
    }
}
