// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct AuditGroupingTests {
    /// The records of one execve.
    static func event(
        _ serial: Int, second: Int = 1_700_000_000, argument: String, node: String = "", title: Bool = true
    ) -> [String] {
        let stamp = "msg=audit(\(second).500:\(serial)):"
        let head = node.isEmpty ? "" : "node=\(node) "
        var lines = [
            "\(head)type=SYSCALL \(stamp) arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=\(serial) exe=\"/bin/x\"",
            "\(head)type=EXECVE \(stamp) argc=2 a0=\"x\" a1=\"\(argument)\"", "\(head)type=CWD \(stamp) cwd=\"/\"",
        ]
        if title { lines.append("\(head)type=PROCTITLE \(stamp) proctitle=\"x\"") }
        return lines
    }

    static func read(_ lines: [String], batchesOf size: Int = .max, options: AuditOptions = AuditOptions()) -> Reading {
        let vocabulary = Vocabulary()
        var reader = AuditReader(vocabulary: vocabulary, options: options)
        return ReadersTests.read(lines: lines, with: &reader, vocabulary: vocabulary, batchesOf: size)
    }

    @Test(arguments: 1...9)
    func `interleaved events are told apart wherever batches end`(size: Int) {
        let one = Self.event(1, argument: "one", node: "a")
        let two = Self.event(1, argument: "two", node: "b")
        let three = Self.event(3, argument: "three")
        let lines = [
            one[0], two[0], three[0], two[1], one[1], one[2], three[1], two[2], two[3], one[3], three[2], three[3],
        ]
        let seen = Self.read(lines, batchesOf: size)
        #expect(seen.derived.map { $0["CommandLine"] } == ["x two", "x one", "x three"])
        #expect(seen.derived.map { $0.record } == [two, one, three].map { $0.joined(separator: "\n") })
        #expect(seen.derived.map { $0["host.name"] } == ["b", "a", nil])
        #expect(seen.events.count == lines.count + 3)
    }

    @Test func `an event without an end is complete when a record two seconds newer comes`() {
        let lines =
            Self.event(1, argument: "one", title: false)
            + Self.event(2, second: 1_700_000_001, argument: "two", title: false)
            + Self.event(3, second: 1_700_000_003, argument: "three", title: false)
        let seen = Self.read(lines)
        let order = seen.events.map { $0.isDerived ? $0["CommandLine"] : "" }
        #expect(order == ["", "", "", "", "", "", "", "x one", "x two", "", "", "x three"])
        #expect(seen.report.problems.isEmpty)
    }

    @Test func `too many unfinished events are given up, counted, and still give what they have`() {
        var options = AuditOptions()
        options.pendingEvents = 4
        let seen = Self.read((1...10).flatMap { Self.event($0, argument: "\($0)", title: false) }, options: options)
        #expect(seen.derived.map { $0["CommandLine"] } == (1...10).map { "x \($0)" })
        #expect(seen.report.problems[.evicted] == 6)
    }

    @Test(arguments: [3, 1000])
    func `endless records of one event stay within the bound`(size: Int) {
        var options = AuditOptions()
        options.pendingBytes = 2000
        let more = (0..<200).map { "type=PATH msg=audit(1700000000.500:1): item=\($0) name=\"/a/b/c\" nametype=NORMAL" }
        let seen = Self.read(Self.event(1, argument: "one", title: false) + more, batchesOf: size, options: options)
        #expect(seen.derived.map { $0["CommandLine"] } == ["x one"])
        #expect((seen.report.problems[.evicted] ?? 0) > 5)
        #expect(seen.events.count == 204)
    }

    @Test func `records read line by line are assembled with the records that wrapped them as evidence`() {
        let vocabulary = Vocabulary()
        var reader = AuditReader(vocabulary: vocabulary)
        var reading = Reading()
        var batch = EventBatch()
        let lines = Self.event(1, argument: "one")
        for (index, line) in lines.enumerated() {
            batch.removeAll()
            batch.bytes = Array("{\"message\":\"…\(index)\"}".utf8)
            let evidence = 0..<batch.bytes.count
            batch.bytes += Array(line.utf8)
            reader.read(
                line: evidence.upperBound..<batch.bytes.count, evidence: evidence, position: UInt64(index + 1),
                into: &batch,
                report: &reading.report)
            reading.add(batch, vocabulary)
        }
        #expect(reading.derived.map { $0["CommandLine"] } == ["x one"])
        #expect(reading.derived[0].record == (0..<4).map { "{\"message\":\"…\($0)\"}" }.joined(separator: "\n"))
        #expect(reading.events[0].record == "{\"message\":\"…0\"}")
    }

    @Test func `an end that belongs to nothing opens nothing`() {
        let seen = Self.read(["type=EOE msg=audit(1700000000.500:1): ", "type=EOE msg=audit(1700000000.500:1): "])
        #expect(seen.events.count == 2)
        #expect(seen.report.problems.isEmpty)
    }
}
