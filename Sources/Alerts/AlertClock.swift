// SPDX-License-Identifier: Apache-2.0
import DequeModule
import Events
import HeapModule

/// Which alerts time has something to do with: those that may have been quiet for the gap, and those whose changes are
/// held back.
///
/// Both queues may name alerts that are over; they are thrown out when they become the most.
struct AlertClock: Sendable {
    private struct Entry: Comparable {
        var time: Timestamp
        var ticket: OpenAlerts.Ticket

        static func < (a: Entry, b: Entry) -> Bool {
            (a.time, a.ticket.place, a.ticket.generation) < (b.time, b.ticket.place, b.ticket.generation)
        }
    }

    /// Nothing older is expected, in time of events.
    private(set) var watermark = Timestamp.unknown
    private(set) var now = Timestamp.unknown
    private var expected = Heap<Entry>()
    /// In the order of their times, for they all wait equally long.
    private var held = Deque<Entry>()

    /// Moves on; clocks do not go back.
    mutating func advance(to time: StreamTime) {
        watermark = max(watermark, time.watermark)
        now = max(now, time.now)
    }

    /// Looks at an alert again when it has been quiet for a while.
    mutating func expect(_ ticket: OpenAlerts.Ticket, after quiet: Timestamp, _ seconds: Int64, open: OpenAlerts) {
        if expected.count > 2 * open.count + 1024 {
            expected = Heap(expected.unordered.filter { open.place($0.ticket) != nil })
        }
        expect(ticket, at: quiet.advanced(bySeconds: seconds))
    }

    /// Looks at an alert again when the watermark is past a time.
    mutating func expect(_ ticket: OpenAlerts.Ticket, at time: Timestamp) {
        expected.insert(Entry(time: time, ticket: ticket))
    }

    /// The next alert to look at; nil when none is due.
    mutating func nextExpected() -> OpenAlerts.Ticket? {
        guard let next = expected.min, next.time < watermark else { return nil }
        return expected.removeMin().ticket
    }

    /// Holds back an alert's changes for a while.
    mutating func hold(_ ticket: OpenAlerts.Ticket, _ interval: Int64, open: OpenAlerts) {
        if held.count > 2 * open.count + 1024 { held.removeAll { open.place($0.ticket) == nil } }
        held.append(Entry(time: now.advanced(byNanoseconds: interval), ticket: ticket))
    }

    /// The next alert whose changes are held back no longer; nil when none is due.
    mutating func nextHeld() -> OpenAlerts.Ticket? {
        guard now != .unknown, let next = held.first, next.time <= now else { return nil }
        return held.removeFirst().ticket
    }

    /// All alerts are over.
    mutating func forget() {
        expected = Heap()
        held = Deque()
    }
}

extension Timestamp {
    /// So many seconds later, as far as time reaches; what is unknown stays so.
    func advanced(bySeconds seconds: Int64) -> Timestamp {
        let width = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return advanced(byNanoseconds: width.overflow ? (seconds < 0 ? .min : .max) : width.partialValue)
    }

    /// So many nanoseconds later, as far as time reaches; what is unknown stays so.
    func advanced(byNanoseconds interval: Int64) -> Timestamp {
        guard self != .unknown else { return self }
        let sum = nanoseconds.addingReportingOverflow(interval)
        guard !sum.overflow, sum.partialValue != .min else {
            return Timestamp(nanoseconds: interval < 0 ? .min + 1 : .max)
        }
        return Timestamp(nanoseconds: sum.partialValue)
    }
}
