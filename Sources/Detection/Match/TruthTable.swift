// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What is known of every predicate for the event at hand.
///
/// Nothing is cleared between events: an entry counts only when it carries the event's number.
///
/// SAFETY: the pointers are those of the blocks beside them, which live as long as the table.
@safe final class TruthTable {
    /// Event number times two, plus one when the predicate holds.
    private let known: UnsafeMutablePointer<UInt32>
    private let hitList: UnsafeMutablePointer<Int32>
    private let knownBlock: RawBlock<UInt32>
    private let hitBlock: RawBlock<Int32>
    private let alternativeStarts: UnsafeMutablePointer<Int32>
    private let alternatives: UnsafeMutablePointer<Int32>
    private let program: Program
    private var epoch: UInt32 = 0
    /// How many predicates the index found to hold.
    private(set) var hitCount = 0

    /// A table for the predicates of a program, and for the numbers they share.
    init(_ program: Program) {
        self.program = program
        unsafe alternativeStarts = program.alternativeStarts.pointer
        unsafe alternatives = program.alternatives.pointer
        knownBlock = RawBlock(repeating: 0, count: program.numberCount)
        hitBlock = RawBlock(repeating: 0, count: program.numberCount)
        unsafe known = knownBlock.pointer
        unsafe hitList = hitBlock.pointer
    }

    func startEvent() {
        hitCount = 0
        if epoch >= UInt32.max / 2 - 1 {
            // SAFETY: as many elements as the block has.
            unsafe known.update(repeating: 0, count: knownBlock.count)
            epoch = 0
        }
        epoch += 1
    }

    /// The predicates the index found to hold, in the order they were found.
    @inline(__always)
    func hit(_ index: Int) -> Int32 {
        // SAFETY: callers stay below `hitCount`, and a predicate is listed once, so the list is long enough.
        unsafe hitList[index]
    }

    /// Notes that an indexed predicate holds.
    @inline(__always)
    func mark(_ predicate: Int32) {
        let value = epoch << 1 | 1
        // SAFETY: predicates are numbered below the table's count.
        if unsafe known[Int(predicate)] != value {
            unsafe known[Int(predicate)] = value
            unsafe hitList[hitCount] = predicate
            hitCount &+= 1
            var index = unsafe Int(alternativeStarts[Int(predicate)])
            let end = unsafe Int(alternativeStarts[Int(predicate) &+ 1])
            while index < end {
                unsafe known[Int(alternatives[index])] = value
                index &+= 1
            }
        }
    }

    /// What the index found for the event at hand, to be read without going through the table.
    ///
    /// SAFETY: valid until the next event starts, as long as the table lives.
    @safe struct Marks: BitwiseCopyable {
        fileprivate let known: UnsafeMutablePointer<UInt32>
        fileprivate let marked: UInt32

        /// Whether an indexed predicate holds (what was not marked does not).
        @inline(__always)
        func holds(_ predicate: Int32) -> Bool {
            // SAFETY: predicates are numbered below the table's count.
            unsafe known[Int(predicate)] == marked
        }
    }

    /// What the index found for the event at hand.
    var marks: Marks {
        @inline(__always) get { unsafe Marks(known: known, marked: epoch << 1 | 1) }
    }

    /// Whether an indexed predicate holds (what was not marked does not).
    @inline(__always)
    func isMarked(_ predicate: Int32) -> Bool {
        // SAFETY: predicates are numbered below the table's count.
        unsafe known[Int(predicate)] == epoch << 1 | 1
    }

    /// What is known of a predicate that is answered on demand; nil when it was not asked yet.
    @inline(__always)
    func answer(_ predicate: Int32) -> Bool? {
        // SAFETY: predicates are numbered below the table's count.
        let value = unsafe known[Int(predicate)]
        return value >> 1 == epoch ? value & 1 == 1 : nil
    }

    func remember(_ predicate: Int32, _ holds: Bool) {
        // SAFETY: predicates are numbered below the table's count.
        unsafe known[Int(predicate)] = epoch << 1 | (holds ? 1 : 0)
    }
}
