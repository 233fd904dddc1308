// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// The memory of a `LiteralIndex`.
final class LiteralStore {
    private let literals: RawBlock<UInt8>
    private let exact: EntryTableStore
    private let numbers: EntryTableStore
    private let prefixes: EntryTableStore
    private let suffixes: EntryTableStore
    private let substrings: EntryTableStore
    private let pairs: EntryTableStore
    private let singles: RawBlock<LiteralEntry>
    private let shortPrefixes: RawBlock<LiteralEntry>
    private let shortSuffixes: RawBlock<LiteralEntry>
    private let always: RawBlock<Int32>
    private let emptyValue: RawBlock<Int32>
    private let longestExact: Int
    private let prefilter: SubstringPrefilter?
    private let isOnlySubstrings: Bool
    /// How many literals are filed.
    let count: Int

    /// Builds the index of the literal tests among `tests`.
    init(_ tests: [(predicate: Int32, test: Test)]) {
        let builder = LiteralIndexBuilder(tests)
        count = tests.count
        literals = RawBlock(builder.literals)
        exact = EntryTableStore(builder.exact)
        longestExact = builder.exact.map { Int($0.length) }.max() ?? 0
        numbers = EntryTableStore(builder.numbers)
        prefixes = EntryTableStore(builder.prefixes)
        suffixes = EntryTableStore(builder.suffixes)
        substrings = EntryTableStore(builder.substrings)
        pairs = EntryTableStore(builder.pairs)
        singles = RawBlock(builder.singles)
        shortPrefixes = RawBlock(builder.shortPrefixes)
        shortSuffixes = RawBlock(builder.shortSuffixes)
        always = RawBlock(builder.always)
        emptyValue = RawBlock(builder.emptyValue)
        let inner = builder.substrings + builder.pairs + builder.singles
        prefilter = SubstringPrefilter(
            inner.map { Array(builder.literals[Int($0.start)..<Int($0.start) + Int($0.length)]) })
        isOnlySubstrings = inner.count == tests.count
    }

    /// The index, valid as long as this object lives.
    var index: LiteralIndex {
        unsafe LiteralIndex(
            literals: literals.pointer, exact: exact.table, longestExact: longestExact, numbers: numbers.table,
            prefixes: prefixes.table, suffixes: suffixes.table, substrings: substrings.table, pairs: pairs.table,
            singles: RawList(singles),
            shortPrefixes: RawList(shortPrefixes), shortSuffixes: RawList(shortSuffixes), always: RawList(always),
            emptyValue: RawList(emptyValue), prefilter: prefilter?.masks.pointer,
            isOnlySubstrings: isOnlySubstrings)
    }
}

/// The elements of a block, to be read without counting references; whoever holds it holds the block, too.
@safe struct RawList<Element: BitwiseCopyable>: BitwiseCopyable {
    private let pointer: UnsafeMutablePointer<Element>
    let count: Int

    init(_ block: RawBlock<Element>) {
        unsafe pointer = block.pointer
        count = block.count
    }

    @inline(__always)
    func forEach(_ body: (Element) -> Void) {
        var index = 0
        while index < count {
            // SAFETY: the index lies within the block.
            unsafe body(pointer[index])
            index &+= 1
        }
    }
}

/// All literal tests on one field, answered in one look at a folded value.
///
/// Equality is one probe of a hash table; prefixes and suffixes one probe each by their four outer bytes; substrings
/// are found by sliding over the value once: each substring is filed under one of its four-byte grams (the least
/// crowded and least common one), a bit map tells in a load whether the gram at hand is filed at all.
///
/// SAFETY: the parts of a `LiteralStore`; whoever holds them holds the store, too.
@safe struct LiteralIndex: BitwiseCopyable {
    fileprivate let literals: UnsafeMutablePointer<UInt8>
    fileprivate let exact: EntryTable
    /// The longest literal that is compared whole, in bytes: no longer value need be hashed.
    fileprivate let longestExact: Int
    fileprivate let numbers: EntryTable
    fileprivate let prefixes: EntryTable
    fileprivate let suffixes: EntryTable
    fileprivate let substrings: EntryTable
    fileprivate let pairs: EntryTable
    fileprivate let singles: RawList<LiteralEntry>
    fileprivate let shortPrefixes: RawList<LiteralEntry>
    fileprivate let shortSuffixes: RawList<LiteralEntry>
    /// Predicates that hold for any value (`contains` of the empty string and the like).
    fileprivate let always: RawList<Int32>
    fileprivate let emptyValue: RawList<Int32>
    /// Tells quickly that no substring can be there; nil when there are too many for that.
    fileprivate let prefilter: UnsafeMutablePointer<vd_scan_masks>?
    /// Whether nothing but substrings is looked for.
    let isOnlySubstrings: Bool

    /// Whether some substring may stand in a value, given as it is before folding.
    ///
    /// `readable` bytes may be read from its start on.
    @inline(__always)
    @unsafe func mayHoldSubstring(_ value: UnsafePointer<UInt8>, _ length: Int, readable: Int) -> Bool {
        guard let prefilter = unsafe prefilter else { return true }
        return unsafe vd_scan_may_hold(prefilter, value, length, readable) != 0
    }

    /// The key under which whole values are filed.
    static func wholeKey(_ value: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: WideBytes.hash(value)) }

    /// Marks every predicate that holds for a folded value; substrings only where one may stand.
    func scan(_ value: FoldedValue, mayHoldSubstring: Bool, into truth: TruthTable) {
        always.forEach { truth.mark($0) }
        guard value.count > 0 else { return emptyValue.forEach { truth.mark($0) } }
        if value.count <= longestExact { probeWhole(exact, value, truth) }
        shortPrefixes.forEach { verify($0, value, 0, truth) }
        shortSuffixes.forEach { verify($0, value, value.count &- Int($0.length), truth) }
        if value.count >= 4 {
            if !prefixes.isEmpty {
                let gram = value.gram(0)
                if prefixes.mayHold(gram) { prefixes.forEach(gram) { verify($0, value, 0, truth) } }
            }
            if !suffixes.isEmpty {
                let gram = value.gram(value.count &- 4)
                if suffixes.mayHold(gram) {
                    suffixes.forEach(gram) { verify($0, value, value.count &- Int($0.length), truth) }
                }
            }
        }
        guard mayHoldSubstring else { return }
        if !substrings.isEmpty, value.count >= 4 { slide(value, truth) }
        if !pairs.isEmpty, value.count >= 2 { slidePairs(value, truth) }
        singles.forEach { if value.contains(UInt8(truncatingIfNeeded: $0.key)) { truth.mark($0.predicate) } }
    }

    /// Marks the numbers that a number, given in its canonical form, equals.
    func scanNumber(_ value: FoldedValue, into truth: TruthTable) {
        if !numbers.isEmpty { probeWhole(numbers, value, truth) }
    }

    @inline(__always)
    private func probeWhole(_ table: EntryTable, _ value: FoldedValue, _ truth: TruthTable) {
        let key = value.withSpan { Self.wholeKey($0) }
        if table.mayHold(key) {
            table.forEach(key) { if Int($0.length) == value.count { verify($0, value, 0, truth) } }
        }
    }

    private func slide(_ value: FoldedValue, _ truth: TruthTable) {
        let last = value.count &- 4
        let table = substrings
        var place = 0
        // Eight bytes from a place on may be read although the value ends before: see `FoldedValue`.
        while place <= last {
            var found = table.mayHold(fourGramsOf: value.word(place))
            while found != 0 {
                let at = place &+ found.trailingZeroBitCount
                if at <= last { lookUp(at, value, truth) }
                found &= found &- 1
            }
            place &+= 4
        }
    }

    /// Marks the substrings filed under the gram at a place that do stand there.
    @inline(never)
    private func lookUp(_ place: Int, _ value: FoldedValue, _ truth: TruthTable) {
        let gram = value.gram(place)
        substrings.forEach(gram) { entry in
            if !truth.isMarked(entry.predicate) { verify(entry, value, place &- Int(entry.gram), truth) }
        }
    }

    private func slidePairs(_ value: FoldedValue, _ truth: TruthTable) {
        let last = value.count &- 2
        let table = pairs
        var place = 0
        while place <= last {
            var found = table.mayHold(fourPairsOf: value.word(place))
            while found != 0 {
                let at = place &+ found.trailingZeroBitCount
                if at <= last { lookUpPair(at, value, truth) }
                found &= found &- 1
            }
            place &+= 4
        }
    }

    /// Marks the substrings of two or three bytes filed under the pair at a place that do stand there.
    @inline(never)
    private func lookUpPair(_ place: Int, _ value: FoldedValue, _ truth: TruthTable) {
        pairs.forEach(value.pair(place)) { entry in
            if !truth.isMarked(entry.predicate) { verify(entry, value, place, truth) }
        }
    }

    /// Marks the entry's predicate when its literal stands at `place`.
    @inline(__always)
    private func verify(_ entry: LiteralEntry, _ value: FoldedValue, _ place: Int, _ truth: TruthTable) {
        let length = Int(entry.length)
        guard place >= 0, place &+ length <= value.count else { return }
        // SAFETY: the literal lies in the block where the builder put it; the value was checked above.
        if unsafe value.equals(literals + Int(entry.start), length, at: place) { truth.mark(entry.predicate) }
    }
}
