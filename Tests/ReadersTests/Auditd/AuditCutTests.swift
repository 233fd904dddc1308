// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct AuditCutTests {
    static let log =
        (AuditGroupingTests.event(1, argument: "one", node: "h") + [
            "type=SYSCALL msg=audit(1700000000.700:2): arch=c000003e syscall=42 success=yes a0=3 exe=\"/bin/nc\" key=6101620163",
            "type=SOCKADDR msg=audit(1700000000.700:2): saddr=0A0001BB0000000020010DB800000000000000000000000100000000\u{1D}SADDR={ saddr_fam=inet6 laddr=2001:db8::1 lport=443 }",
            "type=USER_CMD msg=audit(1700000000.800:3): pid=9 msg='cwd=\"/\" cmd=6C73 (addr=?, res=success)'\u{1D}UID=\"m\"",
            "type=EXECVE msg=audit(1700000000.900:4): argc=2 a0=\"x\" a1_len=6 a1[0]=6161 a1[1]=\"bb\" a1[2]=6363",
            "type=AUOMS_EXECVE audit(1700000001.000:5): syscall=execve success=yes exe=\"/bin/x\" path_name=[\"a\",\"b\"] proctitle=a b=c redactors= x=",
            "Nov 21 20:24:05 h kernel: audit: type=1400 audit(1700000001.100:6): avc:  denied  { read } for pid=1",
        ]).joined(separator: "\n") + "\n"

    /// Each record gives an event or a problem, and nothing reaches outside the bytes.
    static func check(_ bytes: [UInt8]) {
        let vocabulary = Vocabulary()
        let reader = AuditReader(vocabulary: vocabulary)
        var batch = EventBatch()
        var report = ReadReport()
        batch.bytes = bytes
        var records: [Record] = []
        var start = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if !line.isEmpty {
                records.append(Record(range: start..<start + line.count, position: UInt64(records.count + 1)))
            }
            start += line.count + 1
        }
        batch.bytes += [UInt8](repeating: 0, count: EventBatch.padding)
        reader.read(records, into: &batch, report: &report)
        reader.finish(into: &batch, report: &report)
        let own = batch.events.count { !$0.isDerived }
        let refused = report.problems.values.reduce(0, +)
        #expect(own + Int(refused) >= records.count)
        #expect(own <= records.count)
        for event in batch.events {
            #expect(event.record.upperBound <= batch.bytes.count)
            for slot in batch.slots[event.slots] { #expect(slot.range.upperBound <= batch.bytes.count) }
        }
    }

    @Test func `a log cut at any byte is accounted for`() {
        let bytes = Array(Self.log.utf8)
        for end in bytes.indices { Self.check(Array(bytes[..<end])) }
    }

    @Test func `a log with any byte changed is accounted for`() {
        let bytes = Array(Self.log.utf8)
        for index in bytes.indices {
            for byte in [0, 0x0A, 0x1D, 0x22, 0x27, 0x28, 0x3D, 0x5B, 0x7B, 0x7D, 0xFF, bytes[index] ^ 0x01] as [UInt8]
            {
                var damaged = bytes
                damaged[index] = byte
                Self.check(damaged)
            }
        }
    }
}
