// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What is known of every predicate for the event at hand.
///
/// Nothing is cleared between events: an entry counts only when it carries the event's number.
final class TruthTable {
    /// Event number times two, plus one when the predicate holds.
    private let known: RawBlock<UInt32>
    private let hitList: RawBlock<Int32>
    private var epoch: UInt32 = 0
    /// How many predicates the index found to hold.
    private(set) var hitCount = 0

    init(count: Int) {
        known = RawBlock(repeating: 0, count: count)
        hitList = RawBlock(repeating: 0, count: count)
    }

    func startEvent() {
        hitCount = 0
        if epoch >= UInt32.max / 2 - 1 {
            // SAFETY: as many elements as the block has.
            unsafe known.pointer.update(repeating: 0, count: known.count)
            epoch = 0
        }
        epoch += 1
    }

    /// The predicates the index found to hold, in the order they were found.
    @inline(__always)
    func hit(_ index: Int) -> Int32 {
        // SAFETY: callers stay below `hitCount`, and a predicate is listed once, so the list is long enough.
        unsafe hitList.pointer[index]
    }

    /// Notes that an indexed predicate holds.
    @inline(__always)
    func mark(_ predicate: Int32) {
        let value = epoch << 1 | 1
        // SAFETY: predicates are numbered below the table's count.
        if unsafe known.pointer[Int(predicate)] != value {
            unsafe known.pointer[Int(predicate)] = value
            unsafe hitList.pointer[hitCount] = predicate
            hitCount &+= 1
        }
    }

    /// Whether an indexed predicate holds (what was not marked does not).
    @inline(__always)
    func isMarked(_ predicate: Int32) -> Bool {
        // SAFETY: predicates are numbered below the table's count.
        unsafe known.pointer[Int(predicate)] == epoch << 1 | 1
    }

    /// What is known of a predicate that is answered on demand; nil when it was not asked yet.
    @inline(__always)
    func answer(_ predicate: Int32) -> Bool? {
        // SAFETY: predicates are numbered below the table's count.
        let value = unsafe known.pointer[Int(predicate)]
        return value >> 1 == epoch ? value & 1 == 1 : nil
    }

    func remember(_ predicate: Int32, _ holds: Bool) {
        // SAFETY: predicates are numbered below the table's count.
        unsafe known.pointer[Int(predicate)] = epoch << 1 | (holds ? 1 : 0)
    }
}
