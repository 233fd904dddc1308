// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// Feeds one record to the event XML reader; traps when a value lies outside the batch or the record vanishes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSysmonXML(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let vocabulary = Vocabulary(capacity: 4096)
    var reader = SysmonXMLReader(vocabulary: vocabulary)
    var batch = EventBatch()
    var report = ReadReport()
    batch.bytes = Array(UnsafeBufferPointer(start: start, count: count))
    reader.read([Record(range: 0..<count, position: 1)], into: &batch, report: &report)
    precondition(batch.events.count + Int(report.problems.values.reduce(0, +)) >= 1)
    for slot in batch.slots { precondition(slot.range.upperBound <= batch.bytes.count) }
    return 0
}
