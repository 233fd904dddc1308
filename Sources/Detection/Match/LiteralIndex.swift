// SPDX-License-Identifier: Apache-2.0
import Bytes

/// All literal tests on one field, answered in one look at a folded value.
///
/// Equality is one probe of a hash table; prefixes and suffixes one probe each by their four outer bytes; substrings
/// are found by sliding over the value once: each substring is filed under one of its four-byte grams (the least
/// crowded and least common one), a bit map tells in a load whether the gram at hand is filed at all.
struct LiteralIndex {
    private var literals: [UInt8] = []
    private var exact = EntryTable()
    private var numbers = EntryTable()
    private var prefixes = EntryTable()
    private var suffixes = EntryTable()
    private var substrings = EntryTable()
    private var pairs = EntryTable()
    private var singles: [(byte: UInt8, predicate: Int32)] = []
    private var shortPrefixes: [Entry] = []
    private var shortSuffixes: [Entry] = []
    /// Predicates that hold for any value (`contains` of the empty string and the like).
    private var always: [Int32] = []
    private var emptyValue: [Int32] = []

    /// A literal and where its filed gram stands in it.
    struct Entry {
        var predicate: Int32
        var start: Int32
        var length: Int32
        var gram: Int32 = 0
    }

    /// Builds the index of the literal tests among `predicates`.
    init(_ tests: [(predicate: Int32, test: Test)]) {
        var substringLiterals: [(predicate: Int32, bytes: [UInt8])] = []
        for (predicate, test) in tests {
            switch test {
            case .equals(let bytes):
                if bytes.isEmpty {
                    emptyValue.append(predicate)
                } else {
                    exact.add(UInt32(truncatingIfNeeded: hashBytes(bytes.span)), entry(predicate, bytes))
                }
            case .equalsNumber(let bytes):
                exact.add(UInt32(truncatingIfNeeded: hashBytes(bytes.span)), entry(predicate, bytes))
                numbers.add(UInt32(truncatingIfNeeded: hashBytes(bytes.span)), entry(predicate, bytes))
            case .prefix(let bytes):
                if bytes.isEmpty {
                    always.append(predicate)
                } else if bytes.count < 4 {
                    shortPrefixes.append(entry(predicate, bytes))
                } else {
                    prefixes.add(Self.gram(bytes, 0), entry(predicate, bytes))
                }
            case .suffix(let bytes):
                if bytes.isEmpty {
                    always.append(predicate)
                } else if bytes.count < 4 {
                    shortSuffixes.append(entry(predicate, bytes))
                } else {
                    suffixes.add(Self.gram(bytes, bytes.count - 4), entry(predicate, bytes))
                }
            case .contains(let bytes):
                switch bytes.count {
                case 0: always.append(predicate)
                case 1: singles.append((bytes[0], predicate))
                case 2, 3: pairs.add(UInt32(bytes[0]) | UInt32(bytes[1]) << 8, entry(predicate, bytes))
                default: substringLiterals.append((predicate, bytes))
                }
            default: break
            }
        }
        file(substringLiterals)
        for table in [\LiteralIndex.exact, \.numbers, \.prefixes, \.suffixes, \.substrings, \.pairs] {
            self[keyPath: table].finish()
        }
    }

    private mutating func entry(_ predicate: Int32, _ bytes: [UInt8], gram: Int = 0) -> Entry {
        let start = literals.count
        literals += bytes
        return Entry(predicate: predicate, start: Int32(start), length: Int32(bytes.count), gram: Int32(gram))
    }

    private static func gram(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
    }

    /// Chooses for each substring the gram under which fewest others are filed; among equals the one with the rarest
    /// bytes, taken that letters, spaces and separators are common in command lines and paths.
    private mutating func file(_ wanted: [(predicate: Int32, bytes: [UInt8])]) {
        var spread: [UInt32: Int] = [:]
        for (_, bytes) in wanted {
            for at in 0...bytes.count - 4 { spread[Self.gram(bytes, at), default: 0] += 1 }
        }
        var filed: [UInt32: Int] = [:]
        for (predicate, bytes) in wanted {
            var best = (place: 0, cost: Int.max)
            for at in 0...bytes.count - 4 {
                let gram = Self.gram(bytes, at)
                let common = (0..<4).reduce(0) { $0 + Self.commonness(bytes[at + $1]) }
                let cost = filed[gram, default: 0] * 16 + spread[gram, default: 0] * 2 + common
                if cost < best.cost { best = (at, cost) }
            }
            let gram = Self.gram(bytes, best.place)
            filed[gram, default: 0] += 1
            substrings.add(gram, entry(predicate, bytes, gram: best.place))
        }
    }

    private static func commonness(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "o"), UInt8(ascii: "i"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "a"), UInt8(ascii: "\\"), UInt8(ascii: " "),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"):
            4
        case UInt8(ascii: "a")...UInt8(ascii: "z"): 2
        default: 0
        }
    }

    /// Marks every predicate that holds for a folded value.
    func scan(_ value: Span<UInt8>, into truth: inout TruthTable) {
        for predicate in always { truth.mark(predicate) }
        guard value.count > 0 else {
            for predicate in emptyValue { truth.mark(predicate) }
            return
        }
        if !exact.isEmpty {
            probe(exact, UInt32(truncatingIfNeeded: hashBytes(value)), value, at: 0, whole: true, &truth)
        }
        for entry in shortPrefixes where Int(entry.length) <= value.count { verify(entry, value, 0, &truth) }
        for entry in shortSuffixes where Int(entry.length) <= value.count {
            verify(entry, value, value.count - Int(entry.length), &truth)
        }
        if value.count >= 4 {
            if !prefixes.isEmpty { probe(prefixes, Self.gram(value, 0), value, at: 0, whole: false, &truth) }
            if !suffixes.isEmpty { probeSuffixes(value, &truth) }
            if !substrings.isEmpty { slide(value, &truth) }
        }
        if !pairs.isEmpty, value.count >= 2 { slidePairs(value, &truth) }
        for (byte, predicate) in singles where firstIndex(of: byte, in: value) != nil { truth.mark(predicate) }
    }

    /// Marks the numbers that a number, given in its canonical form, equals.
    func scanNumber(_ value: Span<UInt8>, into truth: inout TruthTable) {
        if !numbers.isEmpty {
            probe(numbers, UInt32(truncatingIfNeeded: hashBytes(value)), value, at: 0, whole: true, &truth)
        }
    }

    @inline(__always)
    private static func gram(_ value: Span<UInt8>, _ at: Int) -> UInt32 {
        // SAFETY: every caller has made sure that four bytes lie at `at`.
        unsafe value.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: at, as: UInt32.self).littleEndian
    }

    private func probe(
        _ table: EntryTable, _ key: UInt32, _ value: Span<UInt8>, at place: Int, whole: Bool, _ truth: inout TruthTable
    ) {
        for index in table.entries(of: key) {
            let entry = table.list[index]
            if whole ? Int(entry.length) == value.count : Int(entry.length) <= value.count - place {
                verify(entry, value, place, &truth)
            }
        }
    }

    private func probeSuffixes(_ value: Span<UInt8>, _ truth: inout TruthTable) {
        for index in suffixes.entries(of: Self.gram(value, value.count - 4)) {
            let entry = suffixes.list[index]
            if Int(entry.length) <= value.count { verify(entry, value, value.count - Int(entry.length), &truth) }
        }
    }

    private func slide(_ value: Span<UInt8>, _ truth: inout TruthTable) {
        let last = value.count - 4
        var place = 0
        while place <= last {
            let gram = Self.gram(value, place)
            if substrings.mayHold(gram) {
                for index in substrings.entries(of: gram) {
                    let entry = substrings.list[index]
                    let start = place - Int(entry.gram)
                    if start >= 0, start + Int(entry.length) <= value.count, !truth.isMarked(entry.predicate) {
                        verify(entry, value, start, &truth)
                    }
                }
            }
            place &+= 1
        }
    }

    private func slidePairs(_ value: Span<UInt8>, _ truth: inout TruthTable) {
        var place = 0
        while place < value.count - 1 {
            let pair = UInt32(value[place]) | UInt32(value[place &+ 1]) << 8
            if pairs.mayHold(pair) {
                for index in pairs.entries(of: pair) {
                    let entry = pairs.list[index]
                    if place + Int(entry.length) <= value.count { verify(entry, value, place, &truth) }
                }
            }
            place &+= 1
        }
    }

    @inline(__always)
    private func verify(_ entry: Entry, _ value: Span<UInt8>, _ place: Int, _ truth: inout TruthTable) {
        let length = Int(entry.length)
        let literal = literals.span.extracting(Int(entry.start)..<Int(entry.start) + length)
        if equalBytes(value.extracting(place..<place + length), literal) { truth.mark(entry.predicate) }
    }
}
