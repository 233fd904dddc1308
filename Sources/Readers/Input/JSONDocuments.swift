// SPDX-License-Identifier: Apache-2.0
import Events

/// Cutting JSON into documents, for tools and tests that want no events.
package enum JSONDocuments {
    /// The documents in bytes held in memory.
    package static func cut(_ bytes: [UInt8], limits: InputLimits, report: inout ReadReport) -> [[UInt8]] {
        let stream = TextStream(bytes: bytes)
        var framer = JSONDocumentFramer(limits: limits)
        var batch = EventBatch()
        var records: [Record] = []
        var found: [[UInt8]] = []
        while framer.fill(&batch, &records, from: stream, report: &report) {
            for record in records { found.append(Array(batch.bytes[record.range])) }
            batch.removeAll()
        }
        return found
    }
}
