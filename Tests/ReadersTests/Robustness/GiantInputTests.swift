// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Inputs made to exhaust memory or time.
///
/// Each is read in a process of its own, whose memory is measured.
@Suite struct GiantInputTests {
    #if DEBUG
        /// Loops over single bytes are a hundred times slower in debug builds.
        static let scale = 10
    #else
        static let scale = 1
    #endif

    /// What reading a file came to.
    struct Outcome {
        var events = 0
        var report = ReadReport()
        var growth = 0
    }

    /// Reads a file without keeping anything of it.
    static func measure(_ file: ScratchFile) -> Outcome {
        var outcome = Outcome()
        outcome.growth = MemoryUse.growth {
            var source = EventPump(paths: [file.path], vocabulary: Vocabulary())
            var batch = EventBatch()
            while source.next(&batch) { outcome.events += batch.events.count }
            outcome.report = source.report
        }
        return outcome
    }

    @Test func `a line of 100 MB is counted and skipped without being held`() async {
        await #expect(processExitsWith: .success) {
            let file = try ScratchFile(#"{"a":1}"#.utf8 + [0x0A] + #"{"a":""#.utf8)
            try file.append(repeatElement(UInt8(ascii: "x"), count: 1 << 20), times: 100)
            try file.append("\"}\n{\"a\":2}\n".utf8)
            let outcome = GiantInputTests.measure(file)
            #expect(outcome.events == 2)
            #expect(outcome.report.problems == [.tooLong: 1, .unrecognised: 2])
            #expect(outcome.growth < 100 << 20)
        }
    }

    @Test func `an array of 50 MB on one line is read element by element`() async {
        await #expect(processExitsWith: .success) {
            let element = #"{"process":{"name":"sh","args":["-c","id"]},"n":1},"#
            let file = try ScratchFile("[".utf8)
            let times = 1000 / GiantInputTests.scale
            try file.append(Array(String(repeating: element, count: 1000).utf8), times: times)
            try file.append("{}]\n".utf8)
            let outcome = GiantInputTests.measure(file)
            #expect(outcome.events == 1000 * times + 1)
            #expect(outcome.growth < 150 << 20)
        }
    }

    @Test(arguments: ["[", #"{"a":"#, #"[{"b":"#])
    func `a document nested 10,000 deep is refused, and what follows is read`(opening: String) throws {
        let deep = String(repeating: opening, count: 10_000)
        for text in ["{\"a\":1}\n{\"x\":\(deep)\n{\"a\":2}\n", "{\n\"a\":1}\n{\"x\":\(deep)\n{\n\"a\":2}\n"] {
            let reading = try read(text)
            #expect(reading.events.compactMap { $0["a"] } == ["1", "2"])
            #expect((reading.report.problems[.malformed] ?? 0) >= 1)
            #expect(reading.accountsForAllRecords)
        }
    }

    @Test func `a million lines of one byte are a million events in little memory`() async {
        await #expect(processExitsWith: .success) {
            let file = try ScratchFile("x\n".utf8)
            let times = 1000 / GiantInputTests.scale
            try file.append(Array(String(repeating: "y\n", count: 1000).utf8), times: times)
            let outcome = GiantInputTests.measure(file)
            #expect(outcome.events == 1000 * times + 1)
            #expect(outcome.growth < 150 << 20)
        }
    }

    @Test(arguments: [UInt8(0), UInt8(ascii: "a"), UInt8(ascii: "\n")])
    func `a gigabyte out of a small gzip file streams through`(byte: UInt8) async {
        await #expect(processExitsWith: .success) { [byte] in
            let file = try ScratchFile(named: ".gz")
            // Every line feed is a line, and looked at.
            let times = byte == UInt8(ascii: "\n") ? 64 / GiantInputTests.scale : 64
            try file.append(try GiantInputTests.compressed(byte, count: 16 << 20), times: times)
            let outcome = GiantInputTests.measure(file)
            #expect(outcome.events == 0)
            #expect(outcome.growth < 150 << 20)
        }
    }

    /// One member of a gzip file that holds a byte many times over.
    static func compressed(_ byte: UInt8, count: Int) throws -> [UInt8] {
        let plain = try ScratchFile(repeatElement(byte, count: count))
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-9", "-n", "-c", plain.path]
        let pipe = Pipe()
        gzip.standardOutput = pipe
        try gzip.run()
        let bytes = try #require(try pipe.fileHandleForReading.readToEnd())
        gzip.waitUntilExit()
        return Array(bytes)
    }
}
