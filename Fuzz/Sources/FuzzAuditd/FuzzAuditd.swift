// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// Feeds lines to the audit reader in two batches and once more line by line; traps when a value or a record lies
/// outside the batch, or when a record gives neither an event nor a problem.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAuditd(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let vocabulary = Vocabulary(capacity: 4096)
    var options = AuditOptions()
    options.pendingEvents = 4
    options.pendingBytes = 1024
    var reader = AuditReader(vocabulary: vocabulary, options: options)
    var single = AuditReader(vocabulary: vocabulary, options: options)
    var batch = EventBatch()
    for half in [input[..<(count / 2)], input[(count / 2)...]] {
        var report = ReadReport()
        batch.removeAll()
        batch.bytes = Array(half)
        var records: [Record] = []
        var start = 0
        for line in half.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if !line.isEmpty { records.append(Record(range: start..<start + line.count, position: 1)) }
            start += line.count + 1
        }
        batch.bytes += [UInt8](repeating: 0, count: EventBatch.padding)
        reader.read(records, into: &batch, report: &report)
        check(batch)
        let own = batch.events.count { !$0.isDerived }
        precondition(own + Int(report.problems.values.reduce(0, +)) >= records.count)
        for record in records {
            batch.removeAll()
            batch.bytes = Array(half)
            single.read(line: record.range, evidence: 0..<half.count, position: 1, into: &batch, report: &report)
            check(batch)
        }
    }
    var report = ReadReport()
    batch.removeAll()
    reader.finish(into: &batch, report: &report)
    check(batch)
    batch.removeAll()
    single.finish(into: &batch, report: &report)
    check(batch)
    return 0
}

private func check(_ batch: EventBatch) {
    for event in batch.events {
        precondition(event.record.upperBound <= batch.bytes.count)
        for slot in batch.slots[event.slots] { precondition(slot.range.upperBound <= batch.bytes.count) }
    }
}
