// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Another run goes on where one stopped, whatever happened to the logs in between.
@Suite struct FollowStateTests {
    @Test(arguments: FollowTests.Rotation.allCases.filter { $0 != .removed }, [true, false])
    func `what happens between two runs is read by the second`(rotation: FollowTests.Rotation, inFolder: Bool) throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("1 one\n2 two\n3 ha")
        let paths = [inFolder ? folder.path : log.path]
        var first = Following(paths)
        first.pump()
        #expect(first.records == ["1 one", "2 two"])
        let state = first.state()
        var expected: [String]
        log.append("lf\n")
        usleep(20_000)
        switch rotation {
        case .renamed, .renamedUnread, .renamedHalfLine:
            log.append("4 fo")
            log.rename(to: ".1")
            log.append("5 five\n")
            expected = ["3 half", "4 fo", "5 five"]
        case .renamedTwice:
            log.rename(to: ".2")
            usleep(20_000)
            log.append("4 four\n")
            log.rename(to: ".1")
            usleep(20_000)
            log.append("5 five\n")
            expected = ["3 half", "4 four", "5 five"]
        case .copied, .copiedUnread:
            try log.copy(to: ".1")
            log.truncate()
            log.append("4 four\n")
            expected = ["3 half", "4 four"]
        case .emptied, .removed:
            log.truncate()
            log.append("4 f\n")
            expected = ["4 f"]
        case .emptiedAndLonger:
            log.truncate()
            log.append("4 four and much longer than all that was there before\n")
            expected = ["4 four and much longer than all that was there before"]
        }
        var second = Following(paths)
        try second.restore(state)
        second.pump()
        #expect(second.records == expected)
        second.finish()
        #expect(second.records == expected)
        #expect(second.report.problems.isEmpty, "\(second.report.samples)")
    }

    @Test func `an unfinished audit event is finished by the next run`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/audit.log")
        let stamp = "msg=audit(1700000000.123:77)"
        log.append(
            "type=SYSCALL \(stamp): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 comm=\"id\" exe=\"/usr/bin/id\"\n"
                + "type=EXECVE \(stamp): argc=2 a0=\"id\" a1=\"-u\"\n")
        var first = Following([log.path])
        first.pump()
        let state = first.state()
        log.append("type=CWD \(stamp): cwd=\"/root\"\ntype=PROCTITLE \(stamp): proctitle=6964\n")
        var second = Following([log.path])
        try second.restore(state)
        second.pump()
        #expect(first.derived.isEmpty && second.derived == ["process_creation"])
        #expect(second.records.count == 2)
    }

    @Test func `half a line that came down a pipe is kept for the next run`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        var state: [UInt8]
        do {
            var first = Following([path])
            first.pump()
            WrittenLog(path).append("one\nha")
            first.pump()
            #expect(first.seen == ["pipe:1 one"])
            state = first.state()
        }
        var second = Following([path])
        try second.restore(state)
        second.pump()
        WrittenLog(path).append("lf\nthree\n")
        second.pump()
        #expect(second.seen == ["pipe:2 half", "pipe:3 three"])
    }

    @Test func `a state that is cut short or changed is refused or read, never a crash`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\n")
        var first = Following([log.path])
        first.pump()
        let state = first.state()
        for length in 0..<state.count {
            var other = Following([log.path])
            #expect(throws: StateError.self) { try other.restore(Array(state[..<length])) }
        }
        for place in state.indices {
            var changed = state
            changed[place] ^= 0x55
            var other = Following([log.path])
            do {
                try other.restore(changed)
                other.pump()
            } catch is StateError {}
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `any cuts, rotations, saves and kills give the records of the whole`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        let paths = [Bool.random(using: &random) ? folder.path : log.path]
        let lines = (0..<Int.random(in: 20...120, using: &random)).map { number in
            "\(number) " + String(repeating: "x", count: Int.random(in: 0...900, using: &random))
        }
        var limits = Following.watchful
        limits.openFiles = Int.random(in: 1...3, using: &random)
        let chunk = Int.random(in: 50...5000, using: &random)
        let input = InputLimits(record: 1 << 20, chunk: chunk)
        func start() -> Following { Following(paths, following: limits, limits: input) }

        var following = start()
        // The records before the first this run gave, and what was saved with those before it.
        var before: [String] = []
        var saved: (state: [UInt8], records: [String])?
        var (rest, rotations) = (Array(lines.map { $0 + "\n" }.joined().utf8)[...], 0)
        log.append([])
        following.pump()
        while !rest.isEmpty {
            switch Int.random(in: 0..<12, using: &random) {
            case 0..<5:
                let piece = rest.prefix(Int.random(in: 1...3000, using: &random))
                log.append(piece)
                rest = rest.dropFirst(piece.count)
            case 5..<8: following.pump()
            case 8: _ = following.step()
            case 9:
                // At the end of a line, as a writer opens the new file between two records. A log that is emptied before
                // anything was read of it is not known by what was in it.
                let isCopied = Bool.random(using: &random)
                for turn in 0..<2 {
                    let line = rest.firstIndex(of: UInt8(ascii: "\n")).map { rest[...$0] } ?? rest
                    log.append(line)
                    rest = rest.dropFirst(line.count)
                    if isCopied, turn == 0 { following.pump() }
                }
                rotations += 1
                usleep(10_000)
                if !isCopied {
                    log.rename(to: ".\(rotations)")
                } else {
                    try log.copy(to: ".\(rotations)")
                    log.truncate()
                    // What comes between two such rotations that nobody looks at is in no file that could be told.
                    following.pump()
                }
            case 10: saved = (following.state(), before + following.records)
            default:
                // Killed: what is left is what was saved, and the journal of the units since.
                guard let (state, records) = saved else { continue }
                let journal = following.journal
                following = start()
                try following.restore(state, journal)
                before = records
            }
        }
        following.pump()
        following.finish()
        let all = before + following.records
        let place = paths[0] == log.path ? "" : " in a folder"
        #expect(all == lines, "\(rotations) rotations\(place); \(Self.difference(all, lines))")
        #expect(following.report.problems.isEmpty, "\(following.report.samples)")
    }

    /// Where two lists part, in a few words.
    private static func difference(_ one: [String], _ other: [String]) -> String {
        let place = zip(one, other).prefix { $0 == $1 }.count
        func around(_ list: [String]) -> [Substring] {
            list.dropFirst(max(0, place - 2)).prefix(6).map { $0.prefix(8) }
        }
        return "of \(one.count) and \(other.count), from \(place) on: \(around(one)), not \(around(other))"
    }
}
