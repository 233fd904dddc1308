// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// Feeds the JSON reader lines of arbitrary bytes, the way the input layer does: nothing may crash, and each line is an
/// event, a problem, or was wrapped around records of its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let vocabulary = Vocabulary(capacity: 4096)
    var reader = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
    var batch = EventBatch()
    // SAFETY: the fuzzer passes a buffer of `count` bytes that lives during the call.
    unsafe batch.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: count))
    batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
    var records: [Record] = []
    var start = 0
    for index in 0...count where index == count || batch.bytes[index] == UInt8(ascii: "\n") {
        records.append(Record(range: start..<index, position: UInt64(records.count + 1)))
        start = index + 1
    }
    var report = ReadReport()
    reader.read(records, into: &batch, report: &report)
    reader.finish(into: &batch, report: &report)
    for event in batch.events {
        precondition(event.slots.upperBound <= batch.slots.count && event.record.upperBound <= batch.bytes.count)
        for index in event.slots { precondition(batch.slots[index].range.upperBound <= batch.bytes.count) }
    }
    precondition(report.events == UInt64(batch.events.count))
    return 0
}
