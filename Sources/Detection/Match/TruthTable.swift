// SPDX-License-Identifier: Apache-2.0

/// What is known of every predicate for the event at hand.
///
/// Nothing is cleared between events: an entry counts only when it carries the event's number.
struct TruthTable {
    /// Event number times two, plus one when the predicate holds.
    private var known: [UInt32]
    private var epoch: UInt32 = 0
    /// The predicates the index found to hold, in the order they were found.
    private(set) var hits: [Int32] = []

    init(count: Int) {
        known = Array(repeating: 0, count: count)
        hits.reserveCapacity(256)
    }

    mutating func startEvent() {
        hits.removeAll(keepingCapacity: true)
        if epoch >= UInt32.max / 2 - 1 {
            for index in known.indices { known[index] = 0 }
            epoch = 0
        }
        epoch += 1
    }

    /// Notes that an indexed predicate holds.
    @inline(__always)
    mutating func mark(_ predicate: Int32) {
        let value = epoch << 1 | 1
        if known[Int(predicate)] != value {
            known[Int(predicate)] = value
            hits.append(predicate)
        }
    }

    /// Whether an indexed predicate holds (what was not marked does not).
    @inline(__always)
    func isMarked(_ predicate: Int32) -> Bool { known[Int(predicate)] == epoch << 1 | 1 }

    /// What is known of a predicate that is answered on demand; nil when it was not asked yet.
    func answer(_ predicate: Int32) -> Bool? {
        let value = known[Int(predicate)]
        return value >> 1 == epoch ? value & 1 == 1 : nil
    }

    mutating func remember(_ predicate: Int32, _ holds: Bool) {
        known[Int(predicate)] = epoch << 1 | (holds ? 1 : 0)
    }
}
