// SPDX-License-Identifier: Apache-2.0
import Readers
import Testing

@Suite struct FormatDetectorTests {
    @Test(
        arguments: [
            ("", .empty), ("\n\n  \u{0}\u{0}", .empty), ("{\"a\":1}\n{\"a\":2}\n", .jsonLines),
            ("{\"a\":1}", .jsonLines),
            ("  {\"a\":{\"b\":\"}\"}} \r\n{}", .jsonLines), ("{\n \"a\":1\n}\n{\n}", .json),
            ("{\"a\":1}{\"a\":2}", .json),
            ("[{\"a\":1},\n{\"a\":2}]", .json), ("[\n  {\"a\":1}\n]", .json), ("[]", .json), ("{\"a\":1", .json),
            ("[2026-11-21 20:24:05] started", .text), ("[   12.345] audit: type=1307 audit(1.0:5): cwd=\"/\"", .auditd),
            ("type=CWD msg=audit(1.0:5): cwd=\"/\"\n", .auditd),
            ("node=h type=CWD msg=audit(1.0:5): x\nnoise\n", .auditd),
            ("noise\nnoise\ntype=CWD msg=audit(1.0:5): x\n", .text), ("Nov 21 20:24:05 h sshd[1]: Failed\n", .text),
            ("<14>Nov 21 20:24:05 h sysmon: <Event><System/></Event>\n", .sysmonXML),
            ("<Event xmlns='x'>\n", .sysmonXML),
            ("<?xml version='1.0'?><Events>", .sysmonXML), ("MESSAGE=<Event><System/></Event>\n", .sysmonXML),
            ("ElfFile\u{0}\u{0}\u{0}", .evtx), ("\u{7F}ELF\u{2}\u{1}\u{1}\u{0}\u{0}\u{0}\u{0}", .binary),
        ] as [(String, Format)])
    func `the first bytes tell the format`(text: String, expected: Format) throws {
        let bytes = Array(text.utf8)
        #expect(FormatDetector.detect(bytes.span) == expected)
        let seen = try read(text)
        #expect(seen.format == expected)
        if expected == .binary { #expect(seen.report.problems == [.unrecognised: 1]) }
        if expected == .evtx { #expect(seen.report.problems == [.malformed: 1]) }
    }

    @Test func `random bytes never crash`() {
        var generator = SystemRandomNumberGenerator()
        for size in 0..<400 {
            let bytes = (0..<size).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
            _ = FormatDetector.detect(bytes.span)
        }
    }
}
