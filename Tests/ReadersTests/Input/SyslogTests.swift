// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import Readers
import Testing

@Suite struct SyslogTests {
    @Test(
        arguments: [
            (
                "Nov 21 20:24:05 web sshd[812]: Failed password", "2026-11-21T20:24:05Z", "web", "sshd", "812",
                "Failed password", "sshd"
            ),
            ("Dec  1 20:24:05 web sudo: x : y", "2025-12-01T20:24:05Z", "web", "sudo", nil, "x : y", "sudo"),
            (
                "<38>Nov 21 20:24:05 web CRON[1]: (root) CMD (x)", "2026-11-21T20:24:05Z", "web", "CRON", "1",
                "(root) CMD (x)", "cron"
            ),
            ("2026-11-21T20:24:05.5+01:00 web su[5]: ok", "2026-11-21T19:24:05.500Z", "web", "su", "5", "ok", "auth"),
            ("2026-11-21T20:24:05+0000 web dockerd: ok", "2026-11-21T20:24:05Z", "web", "dockerd", nil, "ok", "syslog"),
            (
                "<34>1 2026-11-21T20:24:05Z web vsftpd 77 - [a b=\"]\"][c] hello", "2026-11-21T20:24:05Z", "web",
                "vsftpd", "77", "hello", "vsftpd"
            ),
            ("<34>1 - - - - - - hello", nil, nil, nil, nil, "hello", "syslog"),
            (
                "Nov 21 20:24:05 web no program here", "2026-11-21T20:24:05Z", "web", nil, nil, "no program here",
                "syslog"
            ),
            ("just some words", nil, nil, nil, nil, "just some words", "syslog"),
            ("Feb 30 20:24:05 x", nil, nil, nil, nil, "Feb 30 20:24:05 x", "syslog"),
        ] as [(String, String?, String?, String?, String?, String, String)])
    func `a line gives its header and message`(
        line: String, time: String?, host: String?, program: String?, process: String?, message: String, service: String
    ) throws {
        let vocabulary = Vocabulary()
        // 2026-11-21T21:00:00Z
        var reader = SyslogReader(vocabulary: vocabulary, newest: 1_795_294_800)
        let seen = ReadersTests.read(lines: [line], with: &reader, vocabulary: vocabulary)
        let event = try #require(seen.events.first)
        #expect(event.time == (time.flatMap { RFC3339.nanoseconds(Array($0.utf8).span) } ?? .min))
        #expect(event["host.name"] == host)
        #expect(event["process.name"] == program)
        #expect(event["ProcessId"] == process)
        #expect(event["message"] == message)
        #expect(event.source == "linux/-/\(service)")
        #expect(event.record == line)
    }

    @Test func `audit records and event XML among other lines are read as such`() throws {
        let lines = [
            "Nov 21 20:24:05 h app: one",
            "Nov 21 20:24:05 h kernel: audit: type=1300 audit(1.5:9): arch=c000003e syscall=231 pid=4",
            "Nov 21 20:24:06 h sysmon: " + SysmonXMLTests.event(data: ""), "Nov 21 20:24:06 h app: two",
            "Nov 21 20:24:07 h kernel: audit: type=1320 audit(1.5:9): ",
        ]
        let seen = try read(lines.joined(separator: "\n"), format: .text)
        #expect(
            seen.events.map(\.source) == [
                "linux/-/syslog", "linux/-/auditd", "linux/process_creation/sysmon", "linux/-/syslog", "linux/-/auditd",
                "linux/process_termination/-",
            ])
        #expect(seen.derived.first?.record == lines[1] + "\n" + lines[4])
        #expect(seen.events[1]["type"] == "SYSCALL")
    }

    @Test func `a log source of one's own replaces the guess`() throws {
        let seen = try read("hello\n", logSource: LogSource(product: "apache"))
        #expect(seen.events.first?.source == "apache/-/-")
    }

    @Test func `a header cut at any byte never crashes`() {
        let line = "<34>1 2026-11-21T20:24:05Z web vsftpd 77 - [a b=\"\\\"]\"][c] hello"
        let other = "<38>Nov 21 20:24:05 web CRON[1]: (root) CMD (x)"
        let vocabulary = Vocabulary()
        var reader = SyslogReader(vocabulary: vocabulary, newest: 1_795_294_800)
        let cuts = [line, other].flatMap { text in text.indices.dropFirst().map { String(text[..<$0]) } }
        let seen = ReadersTests.read(lines: cuts, with: &reader, vocabulary: vocabulary)
        #expect(seen.events.count == cuts.count)
    }
}
