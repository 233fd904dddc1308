// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the JSON reader, in all its shapes: what a record is follows from the record alone, so batches of any size
/// give the same, and so does reading from simdjson's tape alone.
@main struct FuzzJSON: FuzzTarget {
    private static let reader = Fresh { JSONReader(vocabulary: $0, options: JSONReaderOptions()) }

    private static let slow = Fresh {
        var options = JSONReaderOptions()
        options.usesTapeAlone = true
        return JSONReader(vocabulary: $0, options: options)
    }

    static func run(_ input: [UInt8]) {
        LineReading.compare(input, reader, batchesOf: 1)
        let (fast, names) = reader.pair
        let (reference, others) = slow.pair
        let one = LineReading(input, with: fast, names)
        let other = LineReading(input, with: reference, others)
        Invariants.same(one.events, other.events, "reading from the tape alone")
        Invariants.require(one.report.problems == other.report.problems, "the tape alone counts other problems")
    }
}
