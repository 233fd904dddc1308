// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// What is read by guessing must be what is read without.
@Suite struct AuditGuessTests {
    /// What is seen of an event, the record itself aside.
    private static func text(_ event: SeenEvent) -> String {
        "\(event.source) \(event.isDerived) \(event.time) "
            + event.fields.map { "\($0.name):\($0.kind)=\($0.value)" }.joined(separator: "|")
    }

    private static let stamps: [(stamp: String, time: Int64)] = [
        ("1700000000.123:7", 1_700_000_000_123_000_000), ("1700000000.000:0", 1_700_000_000_000_000_000),
        ("1700000000.123:123456789012345", 1_700_000_000_123_000_000),
        ("1700000000.123:1234567890123456", 1_700_000_000_123_000_000),
        ("1700000000.123:4294967295", 1_700_000_000_123_000_000), ("9999999999.999:1", .min),
        ("1700000000.1:7", 1_700_000_000_100_000_000), ("1700000000.123456789:7", 1_700_000_000_123_456_789),
        ("170000000.123:7", 170_000_000_123_000_000), ("1:7", 1_000_000_000), ("0000000001.001:7", 1_001_000_000),
        ("9223372035.999:7", 9_223_372_035_999_000_000), ("100000000000000000.1:7", .min),
        // One more would not fit nineteen digits; as a signed number this one does not.
        ("1700000000.123:9999999999999999999", 1_700_000_000_123_000_000),
    ]

    @Test(arguments: stamps)
    func `a stamp is read whatever its length`(stamp: String, time: Int64) {
        let line = "type=CWD msg=audit(\(stamp)): cwd=\"/\""
        // Behind a word the header is looked for, and read without expecting anything.
        for line in [line, "x: " + line] {
            let seen = AuditGroupingTests.read([line])
            #expect(seen.report.problems.isEmpty)
            #expect(seen.events.map(\.time) == [time])
            #expect(seen.events.first?["cwd"] == "/")
        }
    }

    @Test(arguments: [
        "170000000x.123:7", "17000000:0.123:7", "1700000000.12x:7", "1700000000.123;7", "1700000000,123:7",
        "1700000000.123:x", "1700000000.123:7 ", "1700000000.123:99999999999999999999", "1700000000.:7", ".123:7",
    ])
    func `a stamp that is none is refused`(stamp: String) {
        let seen = AuditGroupingTests.read(["type=CWD msg=audit(\(stamp)): cwd=\"/\""])
        #expect(seen.events.isEmpty)
        #expect(seen.report.problems == [.malformed: 1])
    }

    private static let keys = [
        "arch=c000003e", "syscall=59", "syscall=x", "SYSCALL=openat", "success=yes", "success=no", "exit=-13",
        "exit=123456789012345678901", "exit=12345678", "exit=1234567", "exit=\"12\"", "exit=", "exit=(null)",
        "exit=(none)", "exit={1 2}", "pid=1", "pid=(null)", "ppid=-", "tty=(none)", "comm=\"a b\"", "comm=6120",
        "comm=612", "comm=(null)", "exe=\"/bin/x\"", "exe=\"\"", "key=\"k\"", "key=6101620163", "key=(null)", "key=",
        "name=\"/a\"", "nametype=CREATE", "nametype=", "cap_fver=0", "fifteen_letters=1", "sixteen_letters_=1",
        "a_key_of_more_than_sixteen_letters=1", "a0=1", "a1=61", "a12=\"x\"", "a1_len=3", "a1[0]=61", "a1[1]=62",
        "argc=2", "saddr=020001BB0A000001", "SADDR={ laddr=10.0.0.1 lport=9 }", "proctitle=610062", "node=h",
        "msg='a=1, b=\"2\" (c=3)'", "msg=x", "cwd=\"/\"", "denied", "{ read }", "=", "é=1", "x=é", "\u{1D}UID=\"m\"",
        "t=" + String(repeating: "v", count: 30), "u=\"" + String(repeating: "w", count: 15) + "\"",
    ]

    private static func records(_ count: Int, _ random: inout some RandomNumberGenerator) -> [String] {
        let kinds = ["SYSCALL", "SYSCALL", "PATH", "EXECVE", "CWD", "SOCKADDR", "PROCTITLE", "USER_CMD", "1307", "X"]
        // Few orders, each again and again, so that guesses hold, and then do not.
        let orders = (0..<8).map { _ in
            (0..<Int.random(in: 1...9, using: &random)).map { _ in keys.randomElement(using: &random) ?? "" }
        }
        return (0..<count).map { number in
            var fields = orders.randomElement(using: &random) ?? []
            if Bool.random(using: &random), !fields.isEmpty {
                fields[Int.random(in: fields.indices, using: &random)] = keys.randomElement(using: &random) ?? ""
            }
            let separator = Int.random(in: 0..<9, using: &random) == 0 ? "  " : " "
            let cut = Int.random(in: 0..<20, using: &random) == 0 ? 3 : 0
            let text = fields.joined(separator: separator)
            return "type=\(kinds.randomElement(using: &random) ?? "") msg=audit(1700000000.001:\(number)): "
                + String(text.dropLast(cut))
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a record has the same fields whatever was read before it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lines = Self.records(400, &random)
        let together = AuditGroupingTests.read(lines).events.filter { !$0.isDerived }.map(Self.text)
        let alone = lines.flatMap { line in
            AuditGroupingTests.read([line]).events.filter { !$0.isDerived }.map(Self.text)
        }
        #expect(together == alone)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `a record at the very end of memory is read like any other`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for line in Self.records(100, &random) {
            let vocabulary = Vocabulary()
            let reader = AuditReader(vocabulary: vocabulary)
            var batch = EventBatch()
            batch.bytes = Array(line.utf8)
            var reading = Reading()
            let all = 0..<batch.bytes.count
            reader.read(line: all, evidence: all, position: 1, into: &batch, report: &reading.report)
            reading.add(batch, vocabulary)
            let usual = AuditGroupingTests.read([line])
            #expect(reading.events.prefix(1).map(Self.text) == usual.events.prefix(1).map(Self.text))
        }
    }

    @Test func `endless keys are read although none of them is remembered`() {
        let lines = (0..<6000).map { "type=CWD msg=audit(1.000:\($0)): k\($0)=\($0) cwd=\"/\($0)\"" }
        let seen = AuditGroupingTests.read(lines).events
        #expect(seen.map { $0["cwd"] } == (0..<6000).map { "/\($0)" })
        #expect(
            seen.map { event in event.fields.first { $0.name.hasPrefix("k") }?.value } == (0..<6000).map { "\($0)" })
    }

    @Test func `a record with very many fields has them all`() {
        let count = 5000
        let fields = (0..<count).map { "pid=\($0)" }.joined(separator: " ")
        // The second time each key is the one that was expected.
        for event in AuditGroupingTests.read((0..<2).map { "type=X msg=audit(1.000:\($0)): \(fields)" }).events {
            #expect(event.values("pid") == (0..<count).map { "\($0)" })
        }
    }

    @Test func `pieces of an argument are put together in a record inside JSON that ends where memory may end`() {
        let piece = String(repeating: "p", count: 40)
        let line =
            #"type=EXECVE msg=audit(1364481363.243:7): argc=3 a0=\"cat\" a1[0]=\"\#(piece)1\" a1[1]=\"\#(piece)2\""#
        for padding in [0, 3, 5000] {
            let reading = JSONReading(#"{"pad":"\#(String(repeating: "z", count: padding))","MESSAGE":"\#(line)"}"#)
            let values = reading.events.compactMap { $0["a1"] }
            #expect(!values.isEmpty && values.allSatisfy { $0 == "\(piece)1\(piece)2" }, "\(padding): \(values)")
        }
    }
}
