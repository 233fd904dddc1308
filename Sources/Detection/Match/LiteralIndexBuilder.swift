// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Sorts the literal tests of a field into the tables of a `LiteralIndex`.
struct LiteralIndexBuilder {
    private(set) var literals: [UInt8] = []
    private(set) var exact: [LiteralEntry] = []
    private(set) var numbers: [LiteralEntry] = []
    private(set) var prefixes = Ends()
    private(set) var suffixes = Ends()
    private(set) var substrings: [LiteralEntry] = []
    private(set) var pairs: [LiteralEntry] = []
    private(set) var singles: [LiteralEntry] = []
    private(set) var shortPrefixes: [LiteralEntry] = []
    private(set) var shortSuffixes: [LiteralEntry] = []
    private(set) var always: [Int32] = []
    private(set) var emptyValue: [Int32] = []

    /// Prefixes or suffixes, by how many of their outer bytes they are filed under.
    ///
    /// Many suffixes of paths end in `.exe`, many prefixes begin with `c:\windows`: four bytes tell few of them apart.
    struct Ends {
        var four: [LiteralEntry] = []
        var eight: [LiteralEntry] = []
        var sixteen: [LiteralEntry] = []

        /// Under how many of its bytes, which are at least four, a literal is filed.
        static func width(_ bytes: [UInt8]) -> Int { bytes.count >= 16 ? 16 : bytes.count >= 8 ? 8 : 4 }

        mutating func file(_ entry: LiteralEntry) {
            switch entry.length {
            case 16...: sixteen.append(entry)
            case 8...: eight.append(entry)
            default: four.append(entry)
            }
        }
    }

    init(_ tests: [(predicate: Int32, test: Test)]) {
        var wanted: [(predicate: Int32, bytes: [UInt8])] = []
        for (predicate, test) in tests {
            switch test {
            case .equals([]): emptyValue.append(predicate)
            case .prefix([]), .suffix([]), .contains([]): always.append(predicate)
            case .equals(let bytes):
                exact.append(entry(predicate, bytes, key: LiteralIndex.wholeKey(bytes.span)))
            case .equalsNumber(let bytes):
                let entry = entry(predicate, bytes, key: LiteralIndex.wholeKey(bytes.span))
                exact.append(entry)
                numbers.append(entry)
            case .prefix(let bytes):
                if bytes.count < 4 {
                    shortPrefixes.append(entry(predicate, bytes, key: 0))
                } else {
                    prefixes.file(end(predicate, bytes, bytes.prefix(Ends.width(bytes))))
                }
            case .suffix(let bytes):
                if bytes.count < 4 {
                    shortSuffixes.append(entry(predicate, bytes, key: 0))
                } else {
                    suffixes.file(end(predicate, bytes, bytes.suffix(Ends.width(bytes))))
                }
            case .contains(let bytes):
                switch bytes.count {
                case 1: singles.append(entry(predicate, bytes, key: UInt32(bytes[0])))
                case 2: pairs.append(entry(predicate, bytes, key: Self.pair(bytes, 0)))
                case 3:
                    // Under its less common pair.
                    let at = Self.commonness(bytes[0]) > Self.commonness(bytes[2]) ? 1 : 0
                    pairs.append(entry(predicate, bytes, key: Self.pair(bytes, at), gram: at))
                default: wanted.append((predicate, bytes))
                }
            default: break
            }
        }
        file(wanted)
    }

    /// A prefix or a suffix, filed under some of its outer bytes.
    private mutating func end(_ predicate: Int32, _ bytes: [UInt8], _ outer: ArraySlice<UInt8>) -> LiteralEntry {
        entry(predicate, bytes, key: EndTables.key(of: Array(outer)))
    }

    /// The length in bytes of the shortest value, as it is before folding, for which a test can hold.
    var shortestValue: UInt32 {
        guard always.isEmpty, emptyValue.isEmpty else { return 0 }
        var shortest = Int(Int32.max)
        for list in [
            exact, numbers, prefixes.four, prefixes.eight, prefixes.sixteen, suffixes.four, suffixes.eight,
            suffixes.sixteen, substrings, pairs, singles, shortPrefixes, shortSuffixes,
        ] {
            for entry in list { shortest = min(shortest, Int(entry.length)) }
        }
        // Folding makes of two bytes at most three (U+023A), and of a number's text perhaps a shorter one.
        return numbers.isEmpty ? UInt32(clamping: (shortest * 2 + 2) / 3) : 0
    }

    private mutating func entry(_ predicate: Int32, _ bytes: [UInt8], key: UInt32, gram: Int = 0) -> LiteralEntry {
        let start = literals.count
        literals += bytes
        return LiteralEntry(
            key: key, predicate: predicate, start: Int32(start), length: Int32(bytes.count), gram: Int32(gram))
    }

    /// The bytes of a substring, from those on under which it is filed.
    func beginning(of entry: LiteralEntry) -> [UInt8] {
        Array(literals[Int(entry.start &+ entry.gram)..<Int(entry.start &+ entry.length)])
    }

    private static func pair(_ bytes: [UInt8], _ at: Int) -> UInt32 { UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 }

    private static func gram(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
    }

    /// Chooses for each substring the gram to file it under.
    ///
    /// Fewest others filed there first; among equals the rarest bytes, taken that letters, spaces and separators are
    /// common in command lines and paths.
    private mutating func file(_ wanted: [(predicate: Int32, bytes: [UInt8])]) {
        // Grams are numbered once, so that choosing needs no further search.
        var grams = GramNumbers(atMost: wanted.reduce(0) { $0 + $1.bytes.count - 3 })
        var numbers: [Int32] = []
        for (_, bytes) in wanted {
            for at in 0...bytes.count - 4 { numbers.append(grams.number(of: Self.gram(bytes, at))) }
        }
        var spread = [Int32](repeating: 0, count: grams.count)
        for number in numbers { spread[Int(number)] += 1 }
        var filed = [Int32](repeating: 0, count: grams.count)
        var first = 0
        for (predicate, bytes) in wanted {
            var best = (place: 0, cost: Int32.max)
            for at in 0...bytes.count - 4 {
                let number = Int(numbers[first + at])
                let common =
                    Self.commonness(bytes[at]) + Self.commonness(bytes[at + 1]) + Self.commonness(bytes[at + 2])
                    + Self.commonness(bytes[at + 3])
                let cost = filed[number] * 16 + spread[number] * 2 + Int32(common)
                if cost < best.cost { best = (at, cost) }
            }
            filed[Int(numbers[first + best.place])] += 1
            substrings.append(entry(predicate, bytes, key: Self.gram(bytes, best.place), gram: best.place))
            first += bytes.count - 3
        }
    }

    /// How common a byte is in command lines and paths: more is commoner.
    static func commonness(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "e"), UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "o"), UInt8(ascii: "i"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "a"), UInt8(ascii: "\\"), UInt8(ascii: " "),
            UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"):
            4
        case UInt8(ascii: "a")...UInt8(ascii: "z"): 2
        default: 0
        }
    }
}
