// SPDX-License-Identifier: Apache-2.0
import Events
import Glibc
import Readers

/// Reads bytes as a file whose format is found out, with a small limit and a chunk taken from the first byte; the rest
/// is the file, so that compression, UTF-16, framing and every reader behind them are reached.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    guard let temporary = tmpfile() else { return 0 }
    defer { fclose(temporary) }
    let file = fileno(temporary)
    guard write(file, start + 1, count - 1) == count - 1, lseek(file, 0, SEEK_SET) == 0 else { return 0 }
    var source = FileSource(
        path: "/proc/self/fd/\(file)", limits: InputLimits(record: 512, chunk: Int(start[0]) + 1),
        vocabulary: Vocabulary(capacity: 4096))
    var batch = EventBatch()
    while source.next(&batch) {
        for event in batch.events {
            precondition(event.record.upperBound <= batch.bytes.count)
            for slot in batch.slots[event.slots] { precondition(slot.range.upperBound <= batch.bytes.count) }
        }
    }
    return 0
}
