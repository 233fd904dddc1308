// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Runs over the parts of a log, one after the other, give what one run over the whole gives.
@Suite struct PartsTests {
    /// What a run gives that reads what is there and goes to rest, and what it saves.
    struct Run {
        var seen: [String] = []
        var derived = 0
        var report = ReadReport()
        var state: [UInt8] = []

        init(_ paths: [String], after state: [UInt8]? = nil, limits: InputLimits = InputLimits()) throws {
            var following = Following(paths, limits: limits)
            if let state { try following.restore(state) }
            let end = Date().addingTimeInterval(5)
            repeat { following.pump() } while !following.source.isCaughtUp && Date() < end
            (seen, derived, report) = (following.seen, following.derived.count, following.report)
            self.state = following.state()
        }
    }

    @Test func `a file that has grown is read on, one that has not gives nothing, a half line waits`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\nth")
        let first = try Run([log.path])
        #expect(first.seen == ["a.log:1 one", "a.log:2 two"])
        let second = try Run([log.path], after: first.state)
        #expect(second.seen.isEmpty && second.report.problems.isEmpty)
        log.append("ree\nfour\n")
        let third = try Run([log.path], after: second.state)
        #expect(third.seen == ["a.log:3 three", "a.log:4 four"])
        #expect(try Run([log.path], after: third.state).seen.isEmpty)
    }

    @Test func `a log that was rotated and compressed is known again, and read on`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\n")
        let first = try Run([folder.path])
        #expect(first.seen.count == 2)
        let packed = try folder.write(gzip(Array("one\ntwo\nthree\n".utf8)), "a.log.1.gz")
        // Nobody compresses a log in the second in which another looks.
        let past = timeval(tv_sec: 1_000_000_000, tv_usec: 0)
        #expect(utimes(packed, [past, past]) == 0)
        unlink(log.path)
        log.append("four\n")
        let second = try Run([folder.path], after: first.state)
        #expect(second.seen.sorted() == ["a.log.1.gz:3 three", "a.log:1 four"])
        #expect(try Run([folder.path], after: second.state).seen.isEmpty)
    }

    @Test func `a compressed file and one that is a copy of another are each read once`() throws {
        let folder = try TemporaryFolder()
        let text = Array("one\ntwo\n".utf8)
        let paths = [
            try folder.write(text, "a.log"), try folder.write(text, "b.log"), try folder.write(gzip(text), "c.gz"),
        ]
        let past = timeval(tv_sec: 1_000_000_000, tv_usec: 0)
        #expect(utimes(paths[2], [past, past]) == 0)
        let first = try Run(paths)
        #expect(first.seen.count == 6)
        #expect(try Run(paths, after: first.state).seen.isEmpty)
    }

    @Test(arguments: [
        "[\n{\"a\":1},\n{\"a\": [2,\n{}]}\n]\n", "{\n\"a\":1}\n{\n\"a\":2}\n",
        "<Events>\n<Event><System/></Event>\n<Event><System></System></Event>\n", "\u{FEFF}one\r\ntwo\r\n\r\nthree\r\n",
    ])
    func `forms of more than a line are read on from any byte`(text: String) throws {
        for bytes in [Array(text.utf8), text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }] {
            // UTF-16 is told by its mark.
            let bytes = bytes.count > text.utf8.count && bytes[0] != 0xFF ? [0xFF, 0xFE] + bytes : bytes
            let folder = try TemporaryFolder()
            let whole = try Run([try folder.write(bytes, "whole/a.log")])
            #expect(whole.seen.count >= 2)
            let log = WrittenLog(folder.path + "/a.log")
            var (seen, state): ([String], [UInt8]?) = ([], nil)
            // Format and encoding are found out by a first line.
            let start = (bytes.firstIndex(of: UInt8(ascii: "\n")) ?? 0) + 2
            var done = 0
            for end in Array(stride(from: start, to: bytes.count, by: 3)) + [bytes.count] {
                log.append(bytes[done..<end])
                done = end
                let run = try Run([log.path], after: state)
                (seen, state) = (seen + run.seen, run.state)
            }
            #expect(seen == whole.seen)
        }
    }

    @Test(arguments: MixedStream.Kind.allCases, 0..<5 as Range<UInt64>)
    func `any parts give the events of the whole`(kind: MixedStream.Kind, seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var stream = MixedStream(seed: seed)
        let text = stream.text(kind, records: 150)
        let folder = try TemporaryFolder()
        let whole = try Run([try folder.write(text, "whole/a.log")])
        let log = WrittenLog(folder.path + "/a.log")
        var (seen, derived, rest): ([String], Int, ArraySlice<UInt8>) = ([], 0, Array(text)[...])
        var state: [UInt8]?
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...max(2, text.count / 4), using: &random))
            log.append(part)
            rest = rest.dropFirst(part.count)
            let limits = InputLimits(record: 1 << 20, chunk: Int.random(in: 100...9000, using: &random))
            let run = try Run([log.path], after: state, limits: limits)
            (seen, derived, state) = (seen + run.seen, derived + run.derived, run.state)
        }
        #expect(seen == whole.seen)
        #expect(derived == whole.derived)
    }
}
