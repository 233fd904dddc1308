// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// The memory of a `LiteralIndex`.
final class LiteralStore {
    private let literals: RawBlock<UInt8>
    private let exact: EntryTableStore
    private let numbers: EntryTableStore
    private let prefixes: EndStore
    private let suffixes: EndStore
    private let substrings: EntryTableStore
    private let pairs: EntryTableStore
    private let singles: RawBlock<LiteralEntry>
    private let shortPrefixes: RawBlock<LiteralEntry>
    private let shortSuffixes: RawBlock<LiteralEntry>
    private let always: RawBlock<Int32>
    private let emptyValue: RawBlock<Int32>
    private let longestExact: Int
    private let prefilter: SubstringPrefilter?
    private let shortPrefilter: SubstringPrefilter?
    private let tables: RawBlock<LiteralTables>
    /// How many literals are filed.
    let count: Int
    /// The length in bytes of the shortest value, as it is before folding, for which a literal test can hold.
    let shortestValue: UInt32

    /// Builds the index of the literal tests among `tests`.
    ///
    /// With more false alarms than that no prefilter is used; see `SubstringPrefilter`.
    init(
        _ tests: [(predicate: Int32, test: Test)], mostFalseAlarms: Double = SubstringPrefilter.mostFalseAlarms
    ) {
        let builder = LiteralIndexBuilder(tests)
        count = tests.count
        literals = RawBlock(builder.literals)
        shortestValue = builder.shortestValue
        exact = EntryTableStore(builder.exact)
        longestExact = builder.exact.map { Int($0.length) }.max() ?? 0
        numbers = EntryTableStore(builder.numbers)
        prefixes = EndStore(builder.prefixes)
        suffixes = EndStore(builder.suffixes)
        substrings = EntryTableStore(builder.substrings)
        pairs = EntryTableStore(builder.pairs)
        singles = RawBlock(builder.singles)
        shortPrefixes = RawBlock(builder.shortPrefixes)
        shortSuffixes = RawBlock(builder.shortSuffixes)
        always = RawBlock(builder.always)
        emptyValue = RawBlock(builder.emptyValue)
        let (long, short) = (builder.substrings, builder.pairs + builder.singles)
        let all = SubstringPrefilter(
            (long + short).map { builder.beginning(of: $0) }, mostFalseAlarms: mostFalseAlarms)
        prefilter = all
        shortPrefilter = all == nil ? SubstringPrefilter(short.map { builder.beginning(of: $0) }) : nil
        tables = unsafe RawBlock([
            LiteralTables(

                literals: literals.pointer, exact: exact.table, longestExact: longestExact, numbers: numbers.table,
                prefixes: prefixes.tables, suffixes: suffixes.tables, substrings: substrings.table, pairs: pairs.table,
                singles: RawList(singles),
                shortPrefixes: RawList(shortPrefixes), shortSuffixes: RawList(shortSuffixes), always: RawList(always),
                emptyValue: RawList(emptyValue), prefilter: prefilter.map { unsafe UnsafePointer($0.masks.pointer) },
                shortPrefilter: shortPrefilter.map { unsafe UnsafePointer($0.masks.pointer) },
                isOnlySubstrings: long.count + short.count == tests.count)
        ])
    }

    /// The index, valid as long as this object lives.
    var index: LiteralIndex { LiteralIndex(tables) }
}

/// The elements of a block, to be read without counting references; whoever holds it holds the block, too.
@safe struct RawList<Element: BitwiseCopyable>: BitwiseCopyable {
    private let pointer: UnsafeMutablePointer<Element>
    /// How many elements there are.
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

/// What a `LiteralIndex` looks at.
@safe struct LiteralTables: BitwiseCopyable {
    let literals: UnsafeMutablePointer<UInt8>
    let exact: EntryTable
    /// The longest literal that is compared whole, in bytes: no longer value need be hashed.
    let longestExact: Int
    let numbers: EntryTable
    let prefixes: EndTables
    let suffixes: EndTables
    let substrings: EntryTable
    let pairs: EntryTable
    let singles: RawList<LiteralEntry>
    let shortPrefixes: RawList<LiteralEntry>
    let shortSuffixes: RawList<LiteralEntry>
    /// Predicates that hold for any value (`contains` of the empty string and the like).
    let always: RawList<Int32>
    let emptyValue: RawList<Int32>
    /// Tells quickly where substrings can be; nil when there are too many for that.
    let prefilter: UnsafePointer<vd_scan_masks>?
    /// The same for substrings of less than four bytes alone, where there are too many for one that knows all.
    let shortPrefilter: UnsafePointer<vd_scan_masks>?
    /// Whether nothing but substrings is looked for.
    let isOnlySubstrings: Bool
}

/// All literal tests on one field, answered in one look at a folded value.
///
/// Equality is one probe of a hash table; prefixes and suffixes are a few, by up to sixteen of their outer bytes;
/// substrings are filed under one of their four-byte grams each (the least crowded and least common one). A prefilter
/// tells where one may stand, or, where there are too many for that, the value is slid over and a bit map tells in a load
/// whether the gram at hand is filed at all.
///
/// SAFETY: the parts of a `LiteralStore`; whoever holds them holds the store, too.
@safe struct LiteralIndex: BitwiseCopyable {
    // PERF: a pointer, because copying the tables for each value costs more than most looks at one.
    private let tables: UnsafePointer<LiteralTables>

    fileprivate init(_ tables: RawBlock<LiteralTables>) { unsafe self.tables = UnsafePointer(tables.pointer) }

    var literals: UnsafeMutablePointer<UInt8> { @inline(__always) get { unsafe tables.pointee.literals } }
    var exact: EntryTable { @inline(__always) get { unsafe tables.pointee.exact } }
    /// The longest literal that is compared whole, in bytes: no longer value need be hashed.
    var longestExact: Int { @inline(__always) get { unsafe tables.pointee.longestExact } }
    var numbers: EntryTable { @inline(__always) get { unsafe tables.pointee.numbers } }
    var prefixes: EndTables { @inline(__always) get { unsafe tables.pointee.prefixes } }
    var suffixes: EndTables { @inline(__always) get { unsafe tables.pointee.suffixes } }
    var substrings: EntryTable { @inline(__always) get { unsafe tables.pointee.substrings } }
    var pairs: EntryTable { @inline(__always) get { unsafe tables.pointee.pairs } }
    var singles: RawList<LiteralEntry> { @inline(__always) get { unsafe tables.pointee.singles } }
    var shortPrefixes: RawList<LiteralEntry> { @inline(__always) get { unsafe tables.pointee.shortPrefixes } }
    var shortSuffixes: RawList<LiteralEntry> { @inline(__always) get { unsafe tables.pointee.shortSuffixes } }
    /// Predicates that hold for any value (`contains` of the empty string and the like).
    var always: RawList<Int32> { @inline(__always) get { unsafe tables.pointee.always } }
    var emptyValue: RawList<Int32> { @inline(__always) get { unsafe tables.pointee.emptyValue } }
    /// Tells quickly where substrings can be; nil when there are too many for that.
    var prefilter: UnsafePointer<vd_scan_masks>? { @inline(__always) get { unsafe tables.pointee.prefilter } }
    /// The same for substrings of less than four bytes alone, where there are too many for one that knows all.
    var shortPrefilter: UnsafePointer<vd_scan_masks>? { @inline(__always) get { unsafe tables.pointee.shortPrefilter } }
    /// Whether nothing but substrings is looked for.
    var isOnlySubstrings: Bool { @inline(__always) get { unsafe tables.pointee.isOnlySubstrings } }

    /// From where on some substring may stand in a value, given as it is before folding; -1 when none does.
    ///
    /// `readable` bytes may be read from its start on.
    @inline(__always)
    @unsafe func firstSubstring(_ value: UnsafePointer<UInt8>, _ length: Int, readable: Int) -> Int {
        guard let prefilter = unsafe prefilter else { return 0 }
        return unsafe vd_scan_first(prefilter, value, length, readable)
    }

    /// The key under which whole values are filed.
    static func wholeKey(_ value: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: WideBytes.hash(value)) }

    /// Marks every predicate that holds for a folded value.
    ///
    /// Of substrings it is known that none stands before `first`, or none at all when that is negative.
    func scan(_ value: FoldedValue, substringsFrom first: Int, into truth: TruthTable) {
        always.forEach { truth.mark($0) }
        guard value.count > 0 else { return emptyValue.forEach { truth.mark($0) } }
        if value.count <= longestExact { probeWhole(exact, value, truth) }
        shortPrefixes.forEach { verify($0, value, 0, truth) }
        shortSuffixes.forEach { verify($0, value, value.count &- Int($0.length), truth) }
        prefixes.forEach(value, at: 0) { verify($0, value, 0, truth) }
        suffixes.forEach(value, at: value.count) { verify($0, value, value.count &- Int($0.length), truth) }
        guard first >= 0 else { return }
        if let prefilter = unsafe prefilter, value.isASCII {
            return unsafe step(prefilter, from: first, value, truth) { at in
                if at &+ 4 <= value.count, substrings.mayHold(value.gram(at)) { lookUp(at, value, truth) }
                lookUpShort(at, value, truth)
            }
        }
        if !substrings.isEmpty, value.count >= 4 { slide(value, truth) }
        if let prefilter = unsafe shortPrefilter, value.isASCII {
            return unsafe step(prefilter, from: 0, value, truth) { lookUpShort($0, value, truth) }
        }
        if !pairs.isEmpty, value.count >= 2 { slidePairs(value, truth) }
        singles.forEach { if value.contains(UInt8(truncatingIfNeeded: $0.key)) { truth.mark($0.predicate) } }
    }

    /// Looks only where a prefilter says that a substring may stand.
    @inline(__always)
    @unsafe private func step(
        _ prefilter: UnsafePointer<vd_scan_masks>, from first: Int, _ value: FoldedValue, _ truth: TruthTable,
        _ look: (Int) -> Void
    ) {
        var block = first
        while block < value.count {
            var found = unsafe value.places(prefilter, from: block)
            while found != 0 {
                look(block &+ found.trailingZeroBitCount)
                found &= found &- 1
            }
            block &+= 32
        }
    }

    /// Marks the substrings of less than four bytes filed under the bytes at a place that do stand there.
    @inline(__always)
    private func lookUpShort(_ place: Int, _ value: FoldedValue, _ truth: TruthTable) {
        if !pairs.isEmpty, place &+ 2 <= value.count, pairs.mayHold(value.pair(place)) {
            lookUpPair(place, value, truth)
        }
        if singles.count > 0 {
            let byte = UInt32(value.pair(place) & 0xFF)
            singles.forEach { if $0.key == byte { truth.mark($0.predicate) } }
        }
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
            if !truth.isMarked(entry.predicate) { verify(entry, value, place &- Int(entry.gram), truth) }
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
