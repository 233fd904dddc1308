// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the reader of event XML.
@main struct FuzzSysmonXML: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let whole = LineReading(input) { SysmonXMLReader(vocabulary: $0) }
        whole.checkEveryRecordIsAccountedFor()
        let single = LineReading(input, batchesOf: 1) { SysmonXMLReader(vocabulary: $0) }
        Invariants.same(whole.events, single.events, "reading line by line")
        Invariants.require(whole.report.problems == single.report.problems, "reading line by line counts other problems")
    }
}
