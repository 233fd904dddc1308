// SPDX-License-Identifier: Apache-2.0
import Events

/// Tells what time it is on the path, from what arrives.
///
/// The time of events is held against their arrival: a record dated in the year 2262 counts as dated when it arrived, so
/// it makes no other late. A source that lags (a relay, a slow shipper) keeps its lag: while nothing comes, event time is
/// taken to go on as fast as the clock on the wall does. What arrives more than `lateness` behind the newest is late.
struct StreamClock {
    /// How far behind the newest a record may come and still be in time, in nanoseconds.
    let lateness: Int64
    private var newest = Timestamp.unknown
    /// When the newest arrived.
    private var newestArrived = Timestamp.unknown
    private(set) var time = StreamTime.recorded

    /// What is in time by default: two seconds.
    static let usualLateness: Int64 = 2_000_000_000

    init(lateness: Int64 = usualLateness) { self.lateness = lateness }

    /// Notes a batch, which may have no events: then only time passed.
    mutating func note(_ batch: EventBatch) -> StreamTime {
        let arrived = batch.arrived
        guard arrived != .unknown else { return time }
        for event in batch.events where event.time != .unknown {
            let effective = min(event.time, arrived)
            if newest == .unknown || effective > newest { (newest, newestArrived) = (effective, arrived) }
        }
        var reached = arrived
        if newest != .unknown {
            // Clocks may be set back: then event time stands still rather than going back.
            let passed = max(0, Self.difference(arrived, newestArrived))
            let (sum, overflow) = newest.nanoseconds.addingReportingOverflow(passed)
            reached = overflow ? arrived : min(arrived, Timestamp(nanoseconds: sum))
        }
        let (floor, overflow) = reached.nanoseconds.subtractingReportingOverflow(lateness)
        let watermark = overflow ? Timestamp.unknown : Timestamp(nanoseconds: floor)
        time = StreamTime(watermark: max(time.watermark, watermark), now: max(time.now, arrived))
        return time
    }

    private static func difference(_ a: Timestamp, _ b: Timestamp) -> Int64 {
        let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return overflow ? .max : difference
    }
}

extension StreamClock {
    /// Writes where time stands.
    func save(to state: inout StateWriter) {
        for one in [newest, newestArrived, time.watermark, time.now] { state.write(one) }
    }

    /// Takes up where time stood.
    mutating func restore(from state: inout StateReader) throws(StateError) {
        newest = try state.readTimestamp()
        newestArrived = try state.readTimestamp()
        time = StreamTime(watermark: try state.readTimestamp(), now: try state.readTimestamp())
    }
}
