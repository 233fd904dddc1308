// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Runs over the parts of a log, one after the other, give what one run over the whole gives.
@Suite struct ContinuedSourceTests {
    /// What a run gives, and what it saves.
    struct Run {
        var seen: [String] = []
        var derived = 0
        var report = ReadReport()
        var state: [UInt8] = []

        init(_ paths: [String], after state: [UInt8]? = nil, limits: InputLimits = InputLimits()) throws {
            let vocabulary = Vocabulary()
            var source = ContinuedSource(paths: paths, limits: limits, vocabulary: vocabulary)
            if let state {
                var saved = StateReader(state, vocabulary: vocabulary)
                try source.restore(from: &saved)
            }
            var reader = UnitReader(vocabulary: vocabulary)
            var unit = InputUnit()
            while source.next(&unit) == .unit {
                reader.read(&unit)
                unit.settle()
                report.merge(unit.report)
                let name = unit.batch.path.split(separator: "/").last ?? ""
                for (index, event) in unit.batch.events.enumerated() {
                    if event.isDerived {
                        derived += 1
                    } else {
                        seen.append("\(name):\(event.position) \(unit.batch.record(of: index))")
                    }
                }
            }
            var writer = StateWriter(vocabulary: vocabulary)
            source.save(to: &writer)
            self.state = writer.bytes
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

    @Test(arguments: ["renamed", "copied", "compressed", "emptied"])
    func `a rotated log is known again`(rotation: String) throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/a.log")
        log.append("one\ntwo\n")
        let first = try Run([log.path])
        log.append("three\n")
        var expected = ["a.log:1 four", "a.log.1:3 three"]
        switch rotation {
        case "renamed": log.rename(to: ".1")
        case "copied":
            try log.copy(to: ".1")
            log.truncate()
        case "compressed":
            try folder.write(gzip(Array("one\ntwo\nthree\n".utf8)), "a.log.1.gz")
            unlink(log.path)
            expected[1] = "a.log.1.gz:3 three"
        default:
            log.truncate()
            expected.removeLast()
        }
        log.append("four\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let files = names.map { folder.path + "/" + $0 }
        let second = try Run(files, after: first.state)
        #expect(second.seen == expected)
        #expect(second.report.problems.isEmpty)
        #expect(try Run(files, after: second.state).seen.isEmpty)
    }

    @Test func `a compressed file and one that is a copy of another are each read once`() throws {
        let folder = try TemporaryFolder()
        let text = Array("one\ntwo\n".utf8)
        let paths = [
            try folder.write(text, "a.log"), try folder.write(text, "b.log"), try folder.write(gzip(text), "c.gz"),
        ]
        let first = try Run(paths)
        #expect(first.seen.count == 6)
        #expect(try Run(paths, after: first.state).seen.isEmpty)
    }

    @Test func `what is left of an audit event waits for the next run, and is given when its log is gone`() throws {
        let folder = try TemporaryFolder()
        let log = WrittenLog(folder.path + "/audit.log")
        let stamp = "msg=audit(1700000000.123:77)"
        log.append(
            "type=SYSCALL \(stamp): arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=2 comm=\"id\" exe=\"/usr/bin/id\"\n"
                + "type=EXECVE \(stamp): argc=1 a0=\"id\"\n")
        let first = try Run([log.path])
        #expect(first.derived == 0 && first.seen.count == 2)
        let other = WrittenLog(folder.path + "/other.log")
        other.append("x\n")
        #expect(try Run([other.path], after: first.state).derived == 0)
        unlink(log.path)
        let without = try Run([other.path, log.path], after: first.state)
        #expect(without.derived == 1)
        log.append("type=CWD \(stamp): cwd=\"/root\"\ntype=PROCTITLE \(stamp): proctitle=6964\n")
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
