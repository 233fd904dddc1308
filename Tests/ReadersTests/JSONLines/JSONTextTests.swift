// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// Records read straight from their text against the same from simdjson's tape.
@Suite struct JSONTextTests {
    private static let documents: [String] = [
        "{}", "{ }", " { \"a\" : 1 , \"b\" : [ ] } ", #"{"a":{}}"#, #"{"a":[{},[],[[1]],{"b":2}]}"#,
        #"{"a":"","b":"x","c":"\\","d":"\"","e":"\/\b\f\n\r\t","f":"\u0041\u00e9\u20AC","g":"a\u0000b"}"#,
        #"{"surrogates":"\ud83d\ude00 \uD83D\uDE00","lone":"\ud83d","half":"\ud83dx"}"#, #"{"a":"\ud83d\ude00"}"#,
        #"{"a":"C:\\Windows\\System32\\cmd.exe","b":"\\\\server\\share\\a file with a long name.txt \\ end"}"#,
        #"{"a":"0123456789abcde\\","b":"0123456789abcdef\\","c":"0123456789abcdefg\\0123456789abcdef\\"}"#,
        #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":"\u12g4"}"#, #"{"a":"\"#, #"{"a":"x"#, #"{"a":"x""#,
        #"{"a":0,"b":-1,"c":10,"d":9223372036854775807,"e":9999999999999999999,"f":18446744073709551615}"#,
        #"{"a":-0}"#, #"{"a":01}"#, #"{"a":-}"#, #"{"a":1.5,"b":1e3,"c":-2.50}"#, #"{"a":18446744073709551616}"#,
        #"{"a":-9223372036854775808,"b":-9223372036854775809}"#, #"{"a":-999999999999999999}"#, #"{"a":1x}"#,
        #"{"a":true,"b":false,"c":null}"#, #"{"a":tru}"#, #"{"a":truex}"#, #"{"a":nul}"#, #"{"a":falsy}"#,
        #"{"a":1 2}"#, #"{"a":"x" "y"}"#, #"{"a" 1}"#, #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{1:2}"#,
        #"{"a":1}}"#, #"{"a":1} x"#, #"{"a":[1,]}"#, #"{"a":[,1]}"#, #"{"a":[1}"#, #"{"a":{"b":1]}"#, #"{"a":[1 2]}"#,
        #"[{"a":1},{"b":2}]"#, "[]", "1", #""text""#, "null", "", " ", "{", "}", #"{"a":1"#, #"{"a":[1"#,
        #"{"a":1,"a":2,"b":{"a":3},"a":{"b":4}}"#, #"{"a.b":1,"a":{"b":2,"c":3}}"#, #"{"a":{"b.c":1,"b":{"c":2}}}"#,
        #"{"a\\b":1,"a\"b":2,"\u0061":3,"é":4}"#, #"{"a\b":1}"#, #"{"":1,"a":{"":2}}"#,
        #"{"Env":["SECRET=x","B=y\\z"],"Config":{"Env":["SECRET=x"]}}"#,
        #"{"EventID":1,"Channel":"Security","Computer":"c","Image":"C:\\a.exe","UtcTime":"2020-01-01 00:00:00.000"}"#,
        ##"{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":{"#text":1}}}}"##,
        #"{"winlog":{"channel":"System","event_id":1},"user":{"name":"n","domain":"d"},"process":{"args":["a","b"]}}"#,
        #"{"MESSAGE":"Accepted","SYSLOG_IDENTIFIER":"sshd","_HOSTNAME":"h"}"#,
        #"{"MESSAGE":[65,66],"SYSLOG_IDENTIFIER":"sshd","_HOSTNAME":"h"}"#,
        #"{"kind":"Event","verb":"create","objectRef":{"subresource":"exec"},"requestURI":"/x"}"#,
        #"{"message":"{\"kind\":\"Event\",\"verb\":\"get\"}","time":1652432045.25}"#,
        "{\"a\":\"\t\"}", "{\"a\":\"\u{1F600}\",\"b\":\"\\u00e9\"}", "{\"a\":1\u{0}}",
    ]

    private static func alone() -> JSONReaderOptions {
        var options = JSONReaderOptions()
        options.usesTapeAlone = true
        return options
    }

    private static func compare(_ lines: [[UInt8]], _ comment: Comment) {
        let text = JSONReading(lines)
        let tape = JSONReading(lines, options: alone())
        #expect(text.events == tape.events, comment)
        #expect(text.report.problems == tape.report.problems, comment)
    }

    @Test(arguments: documents)
    func `a record gives the same from its text as from the tape`(text: String) {
        Self.compare([Array(text.utf8)], "\(text)")
    }

    @Test func `records in any order give the same from their texts as from the tape`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let lines = (0..<8).map { _ in Array((Self.documents.randomElement(using: &random) ?? "").utf8) }
            Self.compare(lines, "\(lines.map { String(decoding: $0, as: UTF8.self) })")
        }
    }

    @Test(arguments: documents)
    func `a record with any byte changed gives the same from its text as from the tape`(text: String) {
        let bytes = Array(text.utf8)
        for value: UInt8 in [0, 0x20, 0x22, 0x2C, 0x2E, 0x31, 0x3A, 0x5C, 0x5D, 0x75, 0x7B, 0x7D, 0xFF] {
            let lines = bytes.indices.map { index in
                var changed = bytes
                changed[index] = value
                return changed
            }
            Self.compare(lines, "\(text) with \(value)")
        }
    }

    @Test func `texts beside the limits give the same from their texts as from the tape`() {
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"a":["#, count: depth) + "1" + String(repeating: "]}", count: depth)
        }
        let name = String(repeating: "n", count: 300)
        let texts =
            (14...18).map(nested) + [nested(600)]
            + [510, 511, 512, 513].map { #"{"\#(String(repeating: "k", count: $0))":1}"# }
            + [#"{"\#(name)":{"\#(name)":1,"b":2}}"#]
            + [4094, 4095, 4096, 4097].map { "{\"a\":[\((0..<$0).map(String.init).joined(separator: ","))]}" }
            + ["{\"a\":\"\(String(repeating: #"\\"#, count: 70_000))\"}"]
        for text in texts { Self.compare([Array(text.utf8)], "\(text.prefix(80))…") }
    }

    @Test(.enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)))
    func `public captures give the same from their texts as from the tape`() throws {
        var lines = 0
        for path in Corpora.files(under: "linux", suffix: ".json") {
            let some = try Corpora.lines(of: path)
            lines += some.count
            Self.compare(some, "\(path)")
        }
        #expect(lines > 10)
    }
}
