// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the JSON reader, in all its shapes: what a record is follows from the record alone, so batches of any size
/// give the same.
@main struct FuzzJSON: FuzzTarget {
    private static let reader = Fresh { JSONReader(vocabulary: $0, options: JSONReaderOptions()) }

    static func run(_ input: [UInt8]) { LineReading.compare(input, reader, batchesOf: 1) }
}
