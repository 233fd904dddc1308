// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Files that grow are read as they grow, whatever happens to them.
@Suite struct FollowTests {
    @Test func `lines are given as they are written, half ones when they are whole`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\nthr")
        var following = Following([log.path])
        following.pump()
        #expect(following.seen == ["a.log:1 one", "a.log:2 two"])
        #expect(following.source.isCaughtUp)
        log.append("ee")
        following.pump()
        #expect(following.seen.count == 2)
        log.append("\nfour\n")
        following.pump()
        #expect(following.seen.suffix(2) == ["a.log:3 three", "a.log:4 four"])
        log.append("five")
        following.finish()
        #expect(following.seen.last == "a.log:5 five")
        #expect(following.ends == [log.path] && following.hasEnded)
        #expect(following.report.records == 5 && following.report.problems.isEmpty)
    }

    @Test func `what is read before the end was reached once has not arrived, what comes then has`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\n")
        var following = Following([log.path])
        following.pump()
        log.append("two\n")
        let before = Date()
        following.pump()
        #expect(following.arrivals.first == .unknown)
        let arrived = try #require(following.arrivals.last)
        #expect(abs(Double(arrived.nanoseconds) / 1e9 - before.timeIntervalSince1970) < 5)
    }

    /// What may happen to a log, and what is read then of the lines `1` to `6`.
    enum Rotation: CaseIterable {
        case renamed, renamedUnread, renamedHalfLine, renamedTwice, copied, copiedUnread, emptied, emptiedAndLonger,
            removed
    }

    @Test(arguments: Rotation.allCases, [true, false])
    func `nothing is lost and nothing read twice through rotation`(rotation: Rotation, inFolder: Bool) throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("1 one\n2 two\n")
        var following = Following([inFolder ? folder.path : log.path])
        following.pump()
        var expected = ["a.log:1 1 one", "a.log:2 2 two"]
        switch rotation {
        case .renamed:
            log.rename(to: ".1")
            following.pump()
            log.append("3 three\n")
            expected += ["a.log:1 3 three"]
        case .renamedUnread:
            log.append("3 three\n")
            log.rename(to: ".1")
            log.append("4 four\n")
            expected += ["a.log:3 3 three", "a.log:1 4 four"]
        case .renamedHalfLine:
            log.append("3 thr")
            following.pump()
            log.rename(to: ".1")
            following.pump()
            #expect(following.seen == expected)
            WrittenLog(log.path + ".1").append("ee\n4 fo")
            log.append("5 five\n")
            expected += ["a.log:3 3 three", "a.log:4 4 fo", "a.log:1 5 five"]
        case .renamedTwice:
            log.append("3 three\n")
            log.rename(to: ".2")
            usleep(20_000)
            log.append("4 four\n")
            log.rename(to: ".1")
            usleep(20_000)
            log.append("5 five\n")
            expected += ["a.log:3 3 three", "a.log:1 4 four", "a.log:1 5 five"]
        case .copied:
            try log.copy(to: ".1")
            following.pump()
            log.truncate()
            following.pump()
            log.append("3 three\n")
            expected += ["a.log:1 3 three"]
        case .copiedUnread:
            log.append("3 three\n")
            try log.copy(to: ".1")
            log.truncate()
            log.append("4 four\n")
            expected += ["a.log:3 3 three", "a.log:1 4 four"]
        case .emptied:
            log.truncate()
            log.append("3 th\n")
            expected += ["a.log:1 3 th"]
        case .emptiedAndLonger:
            log.truncate()
            log.append("3 three is much longer than what was there\n4 four\n")
            expected += ["a.log:1 3 three is much longer than what was there", "a.log:2 4 four"]
        case .removed:
            log.append("3 thr")
            unlink(log.path)
            #expect(following.pump { $0.ends.count == 1 })
            expected += ["a.log:3 3 thr"]
            log.append("4 four\n")
            expected += ["a.log:1 4 four"]
        }
        following.pump()
        log.append("6 six\n")
        following.pump()
        expected.append(
            expected.last.map { last in
                let number = Int(last.dropFirst(6).prefix { $0 != " " }) ?? 0
                return "a.log:\(number + 1) 6 six"
            } ?? "")
        #expect(following.seen == expected)
        following.finish()
        #expect(following.seen == expected && following.hasEnded)
        // A log that was named and is not there any more is told.
        let missing: UInt64? = rotation == .removed && !inFolder ? 1 : nil
        #expect(following.report.problems[.unreadable] == missing, "\(following.report.samples)")
    }

    @Test func `a rotated log stays one input, whose unfinished event goes on in the new file`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/audit.log")
        let stamp = "msg=audit(1700000000.123:77)"
        log.append(
            "type=SYSCALL \(stamp): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 comm=\"id\" exe=\"/usr/bin/id\"\n"
        )
        log.append("type=EXECVE \(stamp): argc=1 a0=\"id\"\n")
        var following = Following([log.path])
        following.pump()
        log.rename(to: ".1")
        log.append("type=CWD \(stamp): cwd=\"/root\"\ntype=PROCTITLE \(stamp): proctitle=6964\n")
        following.pump()
        #expect(following.derived == ["process_creation"])
        #expect(following.ends.isEmpty)
    }

    @Test func `files that come into a folder are read, files that are no logs are not`() throws {
        let folder = try TemporaryFolder()
        var following = Following([folder.path])
        following.pump()
        WrittenLog(folder.path + "/b.log").append("b\n")
        WrittenLog(folder.path + "/README.md").append("no log\n")
        try folder.write("c\n".utf8, "deep/er/c.log")
        following.pump()
        following.pump()
        #expect(following.seen.sorted() == ["b.log:1 b", "c.log:1 c"])
        WrittenLog(folder.path + "/deep/er/c.log").append("d\n")
        following.pump()
        #expect(following.seen.last == "c.log:2 d")
    }

    @Test func `a file that is not there, or cannot be read, is told once and tried again`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/late.log")
        var following = Following([log.path])
        for _ in 0..<5 { following.pump() }
        #expect(following.report.problems == [.unreadable: 1])
        log.append("here\n")
        following.pump()
        #expect(following.seen == ["late.log:1 here"])
    }

    @Test func `a named pipe is read as it is written, whoever opens and closes it`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        var following = Following([path])
        following.pump()
        let pipe = WrittenLog(path)
        pipe.append("one\ntw")
        following.pump()
        #expect(following.seen == ["pipe:1 one"])
        pipe.append("o\n")
        following.pump()
        #expect(following.seen.last == "pipe:2 two")
        #expect(!following.hasEnded)
        pipe.append("thr")
        following.finish()
        #expect(following.seen.last == "pipe:3 thr" && following.hasEnded)
    }

    @Test func `a compressed file is read once, when it has stopped growing`() throws {
        let folder = try TemporaryFolder()
        let bytes = gzip(Array("one\ntwo\n".utf8))
        var following = Following([folder.path])
        following.pump()
        let file = WrittenLog(folder.path + "/x.gz")
        file.append(bytes.prefix(12))
        following.pump()
        file.append(bytes.dropFirst(12))
        following.pump()
        #expect(following.seen.isEmpty)
        #expect(following.pump { $0.seen.count == 2 })
        #expect(following.pump { $0.ends.count == 1 })
        following.pump()
        #expect(following.seen == ["x.gz:1 one", "x.gz:2 two"])
    }

    @Test func `a rotated file that is compressed is not read again`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\n")
        var following = Following([folder.path])
        following.pump()
        log.rename(to: ".1")
        log.append("three\n")
        following.pump()
        try folder.write(gzip(Array("one\ntwo\n".utf8)), "a.log.1.gz")
        unlink(log.path + ".1")
        let end = Date().addingTimeInterval(0.3)
        while Date() < end { following.pump() }
        #expect(following.records == ["one", "two", "three"])
    }

    @Test func `what is written into a renamed file is given at once, as long as nothing takes its place`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\n")
        var limits = FollowedSource.Limits()
        limits.interval = 60_000_000_000
        var following = Following([log.path], following: limits)
        following.pump()
        log.rename(to: ".1")
        following.pump()
        WrittenLog(log.path + ".1").append("two\n")
        following.pump()
        #expect(following.seen.last == "a.log:2 two")
        log.append([])
        following.pump()
        WrittenLog(log.path + ".1").append("three\n")
        following.pump()
        log.append("four\n")
        following.pump()
        #expect(following.seen == ["a.log:1 one", "a.log:2 two", "a.log:3 three", "a.log:1 four"])
        #expect(following.ends.isEmpty)
    }

    @Test func `a flood in one file does not starve another`() throws {
        let folder = try TemporaryFolder()
        let flood = WrittenLog(folder.path + "/flood.log")
        let quiet = WrittenLog(folder.path + "/quiet.log")
        flood.append("start\n")
        quiet.append("start\n")
        var following = Following([folder.path], limits: InputLimits(record: 1 << 20, chunk: 1000))
        following.pump()
        flood.append(Array(String(repeating: "flood\n", count: 10_000).utf8))
        quiet.append("word\n")
        for _ in 0..<6 { _ = following.step() }
        #expect(following.records.contains("word"))
    }

    @Test func `more files than may be open are all followed`() throws {
        let folder = try TemporaryFolder()
        var limits = Following.watchful
        limits.openFiles = 3
        let logs = (0..<12).map { WrittenLog(folder.path + "/\($0).log") }
        for log in logs { log.append("first\nhal") }
        var following = Following([folder.path], following: limits)
        following.pump()
        for log in logs { log.append("f\nthird\n") }
        following.pump()
        #expect(following.seen.count == 36 && following.records.count { $0 == "half" } == 12)
        // One of them was closed long ago and is renamed before it is looked at.
        logs[0].append("fourth\n")
        logs[0].rename(to: ".1")
        logs[0].append("fifth\n")
        following.pump()
        #expect(following.seen.suffix(2) == ["0.log:4 fourth", "0.log:1 fifth"])
    }

    @Test func `an audit event without an end is given within two seconds, and not before`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/audit.log")
        log.append("type=USER_CMD msg=audit(1700000000.1:1): pid=1 uid=0 msg='cmd=69'\n")
        var following = Following([log.path], following: FollowedSource.Limits())
        following.pump()
        let stamp = "msg=audit(1700000000.123:77)"
        log.append(
            "type=SYSCALL \(stamp): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 comm=\"id\" exe=\"/usr/bin/id\"\n"
                + "type=EXECVE \(stamp): argc=1 a0=\"id\"\n")
        let written = Date()
        following.pump()
        #expect(following.derived.isEmpty)
        #expect(following.pump { !$0.derived.isEmpty })
        let waited = Date().timeIntervalSince(written)
        #expect(waited > 1.4 && waited < 2)
        #expect(following.derived == ["process_creation"])
    }

    @Test func `a line wakes who waits and is given within milliseconds`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("start\n")
        var limits = FollowedSource.Limits()
        limits.interval = 60_000_000_000
        var following = Following([folder.path], following: limits)
        following.pump()
        let descriptors = following.source.descriptors
        try #require(!descriptors.isEmpty)
        for number in 0..<20 {
            log.append("line \(number)\n")
            var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            #expect(poll(&polled, nfds_t(polled.count), 5000) > 0)
            following.pump()
            #expect(following.records.last == "line \(number)")
        }
        // As does a file that is new.
        WrittenLog(folder.path + "/b.log").append("new\n")
        following.pump()
        #expect(following.records.last == "new")
    }
}
