// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Readers

/// Lines for the audit reader, all at once and one by one: both must give the same events.
///
/// A second reader keeps so few unfinished events that it gives some up.
@main struct FuzzAudit: FuzzTarget {
    private static let reader = Fresh { AuditReader(vocabulary: $0) }
    private static let forgetful = Fresh {
        var options = AuditOptions()
        options.pendingEvents = 4
        options.pendingBytes = 1024
        return AuditReader(vocabulary: $0, options: options)
    }

    static func run(_ input: [UInt8]) {
        LineReading.compare(input, reader, batchesOf: 1)
        LineReading.compare(input, forgetful, batchesOf: 3)
    }
}
