// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import Readers
import TestSupport
import Testing

/// Lineage from raw audit logs as rule sets without PROCTITLE leave them.
@Suite struct AuditLineageTests {
    private static func call(_ serial: Int, _ number: Int, _ pid: Int, _ parent: Int, _ exit: Int, _ exe: String)
        -> String
    {
        "type=SYSCALL msg=audit(1700000000.\(100 + serial):\(serial)): arch=c000003e syscall=\(number) success=yes exit=\(exit) a0=1200011 a1=0 a2=0 a3=0 items=2 ppid=\(parent) pid=\(pid) auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=3 comm=\"x\" exe=\"\(exe)\" key=(null)"
    }

    /// sshd's shell starts Python, which forks twice before `id` runs.
    private static let lines = [
        call(1, 59, 10, 1, 0, "/usr/bin/bash"),
        "type=EXECVE msg=audit(1700000000.101:1): argc=1 a0=\"-bash\"",
        "type=CWD msg=audit(1700000000.101:1): cwd=\"/root\"",
        call(2, 56, 10, 1, 11, "/usr/bin/bash"),
        call(3, 59, 11, 10, 0, "/usr/bin/python3.11"),
        "type=EXECVE msg=audit(1700000000.103:3): argc=2 a0=\"python3\" a1=\"x.py\"",
        "type=CWD msg=audit(1700000000.103:3): cwd=\"/root\"",
        call(4, 56, 11, 10, 12, "/usr/bin/python3.11"),
        call(5, 56, 12, 11, 13, "/usr/bin/python3.11"),
        call(6, 59, 13, 12, 0, "/usr/bin/id"),
        "type=EXECVE msg=audit(1700000000.106:6): argc=1 a0=\"id\"",
    ]

    @Test(arguments: [[], ["type=EOE msg=audit(1700000000.106:6): "]])
    func `a child of a child that ran nothing itself knows its ancestors`(end: [String]) throws {
        let vocabulary = Vocabulary()
        let reader = AuditReader(vocabulary: vocabulary)
        var enricher = Enricher(vocabulary: vocabulary)
        var report = ReadReport()
        var batch = EventBatch()
        batch.bytes = Array((Self.lines + end).joined(separator: "\n").utf8)
        var records: [Record] = []
        var start = 0
        for (index, line) in (Self.lines + end).enumerated() {
            records.append(Record(range: start..<start + line.utf8.count, position: UInt64(index + 1)))
            start += line.utf8.count + 1
        }
        reader.read(records, into: &batch, report: &report)
        reader.finish(into: &batch, report: &report)
        enricher.enrich(&batch)
        let id = try #require(
            batch.events.indices.last { index in
                batch.events[index].isDerived && batch.slot(.image, of: index).map(batch.text) == "/usr/bin/id"
            })
        var ancestors: [String] = []
        batch.forEachSlot(of: id) { slot in
            if vocabulary.name(of: slot.field) == "process.ancestors" { ancestors.append(batch.text(slot)) }
        }
        #expect(ancestors == ["/usr/bin/python3.11", "/usr/bin/python3.11", "/usr/bin/bash"])
    }
}
