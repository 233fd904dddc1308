// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the syslog reader, which also finds audit records and event XML among them.
@main struct FuzzSyslog: FuzzTarget {
    // The middle of a year, so that both this year's dates and last year's occur.
    private static let reader = Fresh { SyslogReader(vocabulary: $0, newest: 1_750_000_000) }

    static func run(_ input: [UInt8]) { LineReading.compare(input, reader, batchesOf: 2) }
}
