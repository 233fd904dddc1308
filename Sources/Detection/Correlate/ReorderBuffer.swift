// SPDX-License-Identifier: Apache-2.0
import DequeModule
import Events
import HeapModule

/// Hits waiting for older ones, first those of the earliest time, then of the earliest event.
///
/// Hits that come in order pass through a queue at constant cost. Only those that come after a later one are put into a
/// heap, of small keys rather than of hits.
struct ReorderBuffer {
    private struct Key: Comparable {
        var time: Int64
        var identity: UInt64
        var arrival: UInt64
        var place: Int

        static func < (a: Key, b: Key) -> Bool {
            if a.time != b.time { return a.time < b.time }
            return a.identity != b.identity ? a.identity < b.identity : a.arrival < b.arrival
        }
    }

    private var ordered = Deque<(key: Key, hit: Hit)>()
    private var lastKey = Key(time: .min, identity: 0, arrival: 0, place: 0)
    private var firstKey: Key?
    private var heap = Heap<Key>()
    private var late: [Hit?] = []
    private var free: [Int] = []
    private var arrivals: UInt64 = 0
    private(set) var bytes = 0

    var count: Int { ordered.count + heap.count }

    /// The time of the hit that is next.
    var nextTime: Timestamp? { next.map { Timestamp(nanoseconds: $0.time) } }

    /// Whether the next hit is of an event.
    func continues(_ time: Timestamp, _ identity: UInt64) -> Bool {
        guard let next else { return false }
        return next.time == time.nanoseconds && next.identity == identity
    }

    mutating func push(_ hit: consuming Hit) {
        bytes += EvidenceStore.size(hit.event)
        var key = Key(time: hit.time.nanoseconds, identity: hit.identity, arrival: arrivals, place: 0)
        arrivals += 1
        if ordered.isEmpty || !(key < lastKey) {
            if ordered.isEmpty { firstKey = key }
            lastKey = key
            ordered.append((key, hit))
            return
        }
        if let place = free.popLast() {
            key.place = place
            late[place] = hit
        } else {
            key.place = late.count
            late.append(hit)
        }
        heap.insert(key)
    }

    mutating func pop() -> Hit? {
        let hit: Hit?
        if let first = firstKey, heap.min.map({ first < $0 }) ?? true {
            hit = ordered.popFirst()?.hit
            firstKey = ordered.first?.key
        } else {
            hit = popLate()
        }
        if let hit { bytes -= EvidenceStore.size(hit.event) }
        return hit
    }

    private var next: Key? {
        guard let top = heap.min else { return firstKey }
        guard let first = firstKey else { return top }
        return first < top ? first : top
    }

    private mutating func popLate() -> Hit? {
        guard let top = heap.popMin() else { return nil }
        free.append(top.place)
        return late[top.place].take()
    }
}
