// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the syslog reader, which also finds audit records and event XML among them.
@main struct FuzzSyslog: FuzzTarget {
    static func run(_ input: [UInt8]) {
        // The middle of a year, so that both this year's dates and last year's occur.
        let newest: Int64 = 1_750_000_000
        let whole = LineReading(input) { SyslogReader(vocabulary: $0, newest: newest) }
        whole.checkEveryRecordIsAccountedFor()
        let pairs = LineReading(input, batchesOf: 2) { SyslogReader(vocabulary: $0, newest: newest) }
        Invariants.same(whole.events, pairs.events, "reading two lines at a time")
        Invariants.require(whole.report.problems == pairs.report.problems, "reading in parts counts other problems")
    }
}
