// SPDX-License-Identifier: Apache-2.0

/// Numbers the different grams of a field's substrings, in the order they are met.
///
/// PERF: a table of its own, for there are hundreds of thousands of grams, all of rules; a dictionary takes ten times as
/// long. Rules are trusted not to collide.
struct GramNumbers {
    /// How many different grams there are.
    private(set) var count = 0
    /// Grams by hash, each with its number above it; `empty` where there is none.
    private var table: [UInt64]
    private static let empty = UInt64.max

    /// Makes room for so many grams; to bring more is an error of the caller.
    init(atMost most: Int) {
        var size = 16
        while size < 2 * most { size *= 2 }
        table = [UInt64](repeating: Self.empty, count: size)
    }

    mutating func number(of gram: UInt32) -> Int32 {
        let mask = table.count - 1
        // Odd constant: 2^64 divided by the golden ratio; its upper bits are the well mixed ones.
        var spot = Int(truncatingIfNeeded: (UInt64(gram) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while table[spot] != Self.empty {
            if UInt32(truncatingIfNeeded: table[spot]) == gram { return Int32(truncatingIfNeeded: table[spot] >> 32) }
            spot = (spot + 1) & mask
        }
        precondition(count < table.count / 2, "more grams than room was made for")
        table[spot] = UInt64(count) << 32 | UInt64(gram)
        count += 1
        return Int32(count - 1)
    }
}
