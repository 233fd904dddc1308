// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the audit reader, all at once and one by one: both must give the same events.
@main struct FuzzAudit: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let whole = LineReading(input) { AuditReader(vocabulary: $0) }
        whole.checkEveryRecordIsAccountedFor()
        let single = LineReading(input, batchesOf: 1) { AuditReader(vocabulary: $0) }
        Invariants.same(whole.events, single.events, "reading line by line")
        Invariants.require(whole.report.problems == single.report.problems, "reading line by line counts other problems")
    }
}
