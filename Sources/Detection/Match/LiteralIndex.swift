// SPDX-License-Identifier: Apache-2.0
import Bytes

/// All literal tests on one field, answered in one look at a folded value.
///
/// Equality is one probe of a hash table; prefixes and suffixes one probe each by their four outer bytes; substrings
/// are found by sliding over the value once: each substring is filed under one of its four-byte grams (the least
/// crowded and least common one), a bit map tells in a load whether the gram at hand is filed at all.
final class LiteralIndex {
    private let literals: RawBlock<UInt8>
    private let exact: EntryTable
    private let numbers: EntryTable
    private let prefixes: EntryTable
    private let suffixes: EntryTable
    private let substrings: EntryTable
    private let pairs: EntryTable
    private let singles: RawBlock<LiteralEntry>
    private let shortPrefixes: RawBlock<LiteralEntry>
    private let shortSuffixes: RawBlock<LiteralEntry>
    /// Predicates that hold for any value (`contains` of the empty string and the like).
    private let always: RawBlock<Int32>
    private let emptyValue: RawBlock<Int32>

    /// Builds the index of the literal tests among `tests`.
    init(_ tests: [(predicate: Int32, test: Test)]) {
        let builder = LiteralIndexBuilder(tests)
        literals = RawBlock(builder.literals)
        exact = EntryTable(builder.exact)
        numbers = EntryTable(builder.numbers)
        prefixes = EntryTable(builder.prefixes)
        suffixes = EntryTable(builder.suffixes)
        substrings = EntryTable(builder.substrings)
        pairs = EntryTable(builder.pairs)
        singles = RawBlock(builder.singles)
        shortPrefixes = RawBlock(builder.shortPrefixes)
        shortSuffixes = RawBlock(builder.shortSuffixes)
        always = RawBlock(builder.always)
        emptyValue = RawBlock(builder.emptyValue)
    }

    /// The key under which whole values are filed.
    static func wholeKey(_ value: Span<UInt8>) -> UInt32 { UInt32(truncatingIfNeeded: WideBytes.hash(value)) }

    /// Marks every predicate that holds for a folded value.
    func scan(_ value: Span<UInt8>, into truth: TruthTable) {
        mark(always, truth)
        guard value.count > 0 else { return mark(emptyValue, truth) }
        if !exact.isEmpty { probeWhole(exact, value, truth) }
        forEach(shortPrefixes) { verify($0, value, 0, truth) }
        forEach(shortSuffixes) { verify($0, value, value.count - Int($0.length), truth) }
        if value.count >= 4 {
            if !prefixes.isEmpty { prefixes.forEach(Self.gram(value, 0)) { verify($0, value, 0, truth) } }
            if !suffixes.isEmpty {
                suffixes.forEach(Self.gram(value, value.count - 4)) {
                    verify($0, value, value.count - Int($0.length), truth)
                }
            }
            if !substrings.isEmpty { slide(value, truth) }
        }
        if !pairs.isEmpty, value.count >= 2 { slidePairs(value, truth) }
        forEach(singles) {
            if firstIndex(of: UInt8(truncatingIfNeeded: $0.key), in: value) != nil { truth.mark($0.predicate) }
        }
    }

    /// Marks the numbers that a number, given in its canonical form, equals.
    func scanNumber(_ value: Span<UInt8>, into truth: TruthTable) {
        if !numbers.isEmpty { probeWhole(numbers, value, truth) }
    }

    @inline(__always)
    static func gram(_ value: Span<UInt8>, _ at: Int) -> UInt32 {
        // SAFETY: every caller has made sure that four bytes lie at `at`.
        unsafe value.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt32.self).littleEndian
    }

    private func probeWhole(_ table: EntryTable, _ value: Span<UInt8>, _ truth: TruthTable) {
        table.forEach(Self.wholeKey(value)) { if Int($0.length) == value.count { verify($0, value, 0, truth) } }
    }

    private func slide(_ value: Span<UInt8>, _ truth: TruthTable) {
        let last = value.count - 4
        let table = substrings
        var place = 0
        while place <= last {
            let gram = Self.gram(value, place)
            if table.mayHold(gram) {
                table.forEach(gram) { entry in
                    if !truth.isMarked(entry.predicate) { verify(entry, value, place - Int(entry.gram), truth) }
                }
            }
            place &+= 1
        }
    }

    private func slidePairs(_ value: Span<UInt8>, _ truth: TruthTable) {
        let table = pairs
        var place = 0
        while place < value.count - 1 {
            let pair = UInt32(value[place]) | UInt32(value[place &+ 1]) << 8
            if table.mayHold(pair) { table.forEach(pair) { verify($0, value, place, truth) } }
            place &+= 1
        }
    }

    private func mark(_ predicates: RawBlock<Int32>, _ truth: TruthTable) {
        // SAFETY: indices within the block.
        for index in 0..<predicates.count { unsafe truth.mark(predicates.pointer[index]) }
    }

    @inline(__always)
    private func forEach(_ entries: RawBlock<LiteralEntry>, _ body: (LiteralEntry) -> Void) {
        // SAFETY: indices within the block.
        for index in 0..<entries.count { unsafe body(entries.pointer[index]) }
    }

    /// Marks the entry's predicate when its literal stands at `place`.
    @inline(__always)
    private func verify(_ entry: LiteralEntry, _ value: Span<UInt8>, _ place: Int, _ truth: TruthTable) {
        let length = Int(entry.length)
        guard place >= 0, place &+ length <= value.count else { return }
        let start = Int(entry.start)
        // SAFETY: the literal lies in the block where the builder put it; the value was checked above.
        let isSame = unsafe value.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return length == 0 }
            let (a, b) = unsafe (base + place, literals.pointer + start)
            var index = 0
            while index < length {
                if unsafe a[index] != b[index] { return false }
                index &+= 1
            }
            return true
        }
        if isSame { truth.mark(entry.predicate) }
    }
}
