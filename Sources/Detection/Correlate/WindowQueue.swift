// SPDX-License-Identifier: Apache-2.0
import DequeModule

/// What lies in the windows of one correlation, all groups together, oldest first.
///
/// Time only moves on, so one queue serves every group: what leaves a window stands at the front. The queue is a list of
/// chunks; it grows without moving what it holds, and its memory shrinks with it.
struct WindowQueue {
    /// One match in the window of its group.
    struct Entry: BitwiseCopyable {
        var time: Int64
        /// The number summed or ranked (its bits), or the hash of the values counted.
        var payload: UInt64
        var group: UInt32
    }

    private static let chunk = 4096

    private var head: [Entry] = []
    private var position = 0
    private var middle = Deque<[Entry]>()
    private var tail: [Entry] = []
    private(set) var count = 0

    /// The entry that leaves next.
    var first: Entry? {
        mutating get {
            if position == head.count {
                guard count > 0 else { return nil }
                refill()
            }
            return head[position]
        }
    }

    mutating func append(_ entry: Entry) {
        if tail.count == Self.chunk {
            middle.append(tail)
            tail = []
            tail.reserveCapacity(Self.chunk)
        }
        tail.append(entry)
        count += 1
    }

    /// The entry that was added last.
    var last: Entry? { tail.last ?? (middle.last?.last ?? head[position...].last) }

    /// Removes the entry that `first` gave.
    mutating func removeFirst() {
        position += 1
        count -= 1
    }

    /// Calls `body` with every entry, oldest first.
    func forEach(_ body: (Entry) -> Void) {
        for index in position..<head.count { body(head[index]) }
        for chunk in middle { for entry in chunk { body(entry) } }
        for entry in tail { body(entry) }
    }

    private mutating func refill() {
        position = 0
        if let chunk = middle.popFirst() {
            head = chunk
        } else {
            swap(&head, &tail)
            tail.removeAll(keepingCapacity: true)
        }
    }
}
