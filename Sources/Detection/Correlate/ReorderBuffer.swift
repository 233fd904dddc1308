// SPDX-License-Identifier: Apache-2.0
import Events

/// Hits waiting for older ones: a binary heap by time, then by event.
struct ReorderBuffer {
    private var heap: [(hit: Hit, order: UInt64)] = []
    private var arrivals: UInt64 = 0
    private(set) var bytes = 0

    var count: Int { heap.count }
    var first: Hit? { heap.first?.hit }

    mutating func push(_ hit: Hit) {
        bytes += Self.size(hit)
        heap.append((hit, arrivals))
        arrivals += 1
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Hit? {
        guard let last = heap.indices.last else { return nil }
        heap.swapAt(0, last)
        let hit = heap.removeLast().hit
        bytes -= Self.size(hit)
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { break }
            let child = left + 1 < heap.count && isBefore(left + 1, left) ? left + 1 : left
            guard isBefore(child, parent) else { break }
            heap.swapAt(child, parent)
            parent = child
        }
        return hit
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        (heap[a].hit.time, heap[a].hit.identity, heap[a].order)
            < (heap[b].hit.time, heap[b].hit.identity, heap[b].order)
    }

    private static func size(_ hit: Hit) -> Int { hit.event.bytes.count + hit.event.slots.count * 16 + 128 }
}
