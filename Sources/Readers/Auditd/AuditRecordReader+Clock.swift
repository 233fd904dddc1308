// SPDX-License-Identifier: Apache-2.0
import Events

extension AuditRecordReader {
    /// How long after its latest record arrived an event without an end is taken to be complete, in nanoseconds.
    ///
    /// The kernel hands out the records of an event within milliseconds of one another; the daemon writes them as they
    /// come.
    static let patience: Int64 = 1_500_000_000

    /// Gives the events no record of which has arrived for a while.
    ///
    /// Nothing changes for recorded input, which does not tell when it arrived. What was kept back when input becomes
    /// live has arrived now.
    mutating func advance(
        to time: StreamTime, into batch: inout EventBatch, report: inout ReadReport
    ) {
        guard time.now != .unknown else { return }
        let now = time.now.nanoseconds
        var isDue = false
        for place in pending {
            let group = groups[Int(place)]
            if group.arrived == .unknown { group.arrived = time.now }
            isDue = isDue || now - group.arrived.nanoseconds >= Self.patience
        }
        guard isDue else { return }
        reading(&batch) { reader, input, batch in
            var index = 0
            while index < reader.pending.count {
                let group = reader.groups[Int(reader.pending[index])]
                if now - group.arrived.nanoseconds >= Self.patience {
                    reader.complete(index, input, &batch)
                } else {
                    index += 1
                }
            }
        }
    }
}
