// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the audit reader, all at once and one by one: both must give the same events.
@main struct FuzzAudit: FuzzTarget {
    private static let reader = Fresh { AuditReader(vocabulary: $0) }

    static func run(_ input: [UInt8]) { LineReading.compare(input, reader, batchesOf: 1) }
}
