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
            "\(head)type=SYSCALL \(stamp) arch=c000003e syscall=59 success=yes exit=0 ppid=7000 pid=\(serial) exe=\"/bin/x\"",
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
        #expect(order == ["", "", "", "", "", "", "x one", "x two", "", "", "", "x three"])
        #expect(seen.report.problems.isEmpty)
    }

    /// A call of a process, as kernels write it where the rules leave out PROCTITLE and the log has no EOE.
    static func call(_ serial: Int, _ number: Int, pid: Int, parent: Int, exit: Int = 0, arguments: [String] = [])
        -> [String]
    {
        let stamp = "msg=audit(1700000000.\(100 + serial):\(serial)):"
        let words = arguments.enumerated().map { "a\($0)=\"\($1)\"" }.joined(separator: " ")
        return [
            "type=SYSCALL \(stamp) arch=c000003e syscall=\(number) success=yes exit=\(exit) a0=1200011 a1=0 a2=0 a3=0 items=0 ppid=\(parent) pid=\(pid) auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm=\"x\" exe=\"/bin/\(arguments.first ?? "x")\" key=(null)"
        ]
            + (arguments.isEmpty
                ? []
                : ["type=EXECVE \(stamp) argc=\(arguments.count) \(words)", "type=CWD \(stamp) cwd=\"/\""])
    }

    /// A shell runs, forks, its child runs Python, which forks a child that runs `id`: all within a second.
    static let forks =
        call(1, 59, pid: 10, parent: 1, arguments: ["bash"]) + call(2, 56, pid: 10, parent: 1, exit: 11)
        + call(3, 59, pid: 11, parent: 10, arguments: ["python3"]) + call(4, 56, pid: 11, parent: 10, exit: 12)
        + call(5, 59, pid: 12, parent: 11, arguments: ["id"])

    @Test(arguments: [1, 2, 3, 5, .max])
    func `an execution without an end comes before what its process and its children do next`(size: Int) {
        let seen = Self.read(Self.forks, batchesOf: size)
        let order = seen.events.compactMap { event in
            event.isDerived ? event["CommandLine"] : event["type"] == "SYSCALL" ? "call \(event["pid"] ?? "?")" : nil
        }
        #expect(
            order == [
                "call 10", "bash", "call 10", "call 11", "python3", "call 11", "call 12", "id",
            ])
        #expect(seen.report.problems.isEmpty)
    }

    @Test func `the same number on another host ends nothing`() {
        let first = Self.call(1, 59, pid: 10, parent: 1, arguments: ["bash"]).map { "node=a " + $0 }
        let second = Self.call(2, 56, pid: 10, parent: 1, exit: 11).map { "node=b " + $0 }
        #expect(Self.read(first + second).events.last?["CommandLine"] == "bash")
    }

    @Test func `what began before such an execution and is whole comes before it, what is not waits`() {
        let connect = Self.call(1, 42, pid: 9, parent: 1)
        let whole = connect + ["type=SOCKADDR msg=audit(1700000000.101:1): saddr=020000357F0000350000000000000000"]
        let rest = Self.call(2, 59, pid: 10, parent: 9, arguments: ["sh"]) + Self.call(3, 56, pid: 10, parent: 9)
        func order(_ lines: [String]) -> [String?] {
            Self.read(lines).derived.map { $0["DestinationPort"] ?? $0["CommandLine"] }
        }
        #expect(order(whole + rest) == ["53", "sh"])
        #expect(order(connect + rest + whole.suffix(1)) == ["sh", "53"])
    }

    @Test func `other calls of a process wait for their records: its threads share its number`() {
        // A connect whose address comes after another thread's call.
        let connect = Self.call(1, 42, pid: 10, parent: 1)
        let address = "type=SOCKADDR msg=audit(1700000000.101:1): saddr=020000357F0000350000000000000000"
        let seen = Self.read(connect + Self.call(2, 257, pid: 10, parent: 1) + [address])
        #expect(seen.derived.map { $0["DestinationPort"] } == ["53"])
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
        let reader = AuditReader(vocabulary: vocabulary)
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
