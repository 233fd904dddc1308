// SPDX-License-Identifier: Apache-2.0

/// The tables of prefixes or of suffixes.
final class EndStore {
    private let four: EntryTableStore
    private let eight: EntryTableStore
    private let sixteen: EntryTableStore

    init(_ ends: LiteralIndexBuilder.Ends) {
        four = EntryTableStore(ends.four)
        eight = EntryTableStore(ends.eight)
        sixteen = EntryTableStore(ends.sixteen)
    }

    /// The tables, valid as long as this object lives.
    var tables: EndTables { EndTables(four: four.table, eight: eight.table, sixteen: sixteen.table) }
}

/// Prefixes or suffixes, filed under as many of their outer bytes as they have of 4, 8 and 16.
struct EndTables: BitwiseCopyable {
    fileprivate let four: EntryTable
    fileprivate let eight: EntryTable
    fileprivate let sixteen: EntryTable

    /// Calls `body` with everything filed under the bytes at an end of a value: its beginning, or its count.
    @inline(__always)
    func forEach(_ value: FoldedValue, at end: Int, _ body: (LiteralEntry) -> Void) {
        if !four.isEmpty, value.count >= 4 {
            let key = Self.key(value.gram(max(end &- 4, 0)))
            if four.mayHold(key) { four.forEach(key, body) }
        }
        if !eight.isEmpty, value.count >= 8 {
            let key = Self.key(value.word(max(end &- 8, 0)))
            if eight.mayHold(key) { eight.forEach(key, body) }
        }
        if !sixteen.isEmpty, value.count >= 16 {
            let start = max(end &- 16, 0)
            let key = Self.key(value.word(start), value.word(start &+ 8))
            if sixteen.mayHold(key) { sixteen.forEach(key, body) }
        }
    }

    /// The key under which four outer bytes are filed.
    @inline(__always)
    static func key(_ gram: UInt32) -> UInt32 { gram }

    /// The key under which eight outer bytes are filed.
    @inline(__always)
    static func key(_ word: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 32)
    }

    /// The key under which sixteen outer bytes are filed.
    @inline(__always)
    static func key(_ first: UInt64, _ second: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((first ^ second &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15) &>> 32)
    }

    /// The key under which 4, 8 or 16 outer bytes are filed.
    static func key(of bytes: [UInt8]) -> UInt32 {
        func word(_ range: Range<Int>) -> UInt64 {
            range.reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
        }
        switch bytes.count {
        case 4: return key(UInt32(word(0..<4)))
        case 8: return key(word(0..<8))
        default: return key(word(0..<8), word(8..<16))
        }
    }
}
