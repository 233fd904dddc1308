// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the JSON reader, in all its shapes: what a record is follows from the record alone, so batches of any size
/// give the same.
@main struct FuzzJSON: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let whole = LineReading(input) { JSONReader(vocabulary: $0, options: JSONReaderOptions()) }
        whole.checkEveryRecordIsAccountedFor()
        Invariants.require(whole.report.events == UInt64(whole.events.count), "the report counts other events")
        let single = LineReading(input, batchesOf: 1) { JSONReader(vocabulary: $0, options: JSONReaderOptions()) }
        Invariants.same(whole.events, single.events, "reading line by line")
        Invariants.require(whole.report.problems == single.report.problems, "reading line by line counts other problems")
    }
}
