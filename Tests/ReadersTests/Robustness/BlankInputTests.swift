// SPDX-License-Identifier: Apache-2.0
import Readers
import Testing

/// Runs of NUL: what a crash leaves in a log file, and what a log that was emptied under its writer begins with.
@Suite struct BlankInputTests {
    private static let audit = "type=CWD msg=audit(1700000000.000:1): cwd=\"/tmp\""

    @Test(arguments: [1, 65_535, 65_536, 65_537, 1_000_000])
    func `a log behind a hole is read`(count: Int) throws {
        let hole = [UInt8](repeating: 0, count: count)
        for text in [Self.audit, #"{"Image":"/bin/sh","CommandLine":"sh"}"#, "Nov 21 20:24:05 host sshd[1]: hello"] {
            let reading = try read(hole + Array((text + "\n" + text + "\n").utf8))
            #expect(reading.direct.map(\.record) == [text, text])
            #expect(reading.direct.map(\.position) == [1, 2])
            #expect(reading.problemCount == 0)
        }
    }

    @Test func `empty lines before a log count as lines`() throws {
        let reading = try read(String(repeating: "\n", count: 70_000) + Self.audit + "\n")
        #expect(reading.direct.map(\.position) == [70_001])
    }

    @Test func `a hole between lines costs no record`() throws {
        let hole = [UInt8](repeating: 0, count: 5000)
        let line = Array((#"{"Image":"/bin/sh","CommandLine":"sh"}"# + "\n").utf8)
        let reading = try read(line + hole + line + hole)
        #expect(reading.events.count == 2 && reading.report.records == 2)
        #expect(reading.problemCount == 0)
    }

    @Test func `nothing but blanks is an empty input, however long`() throws {
        #expect(try read([UInt8](repeating: 0, count: 200_000)).format == .empty)
        #expect(try read(String(repeating: " \r\n", count: 50_000)).format == .empty)
    }
}
