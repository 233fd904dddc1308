// SPDX-License-Identifier: Apache-2.0
import Bytes

/// A reader's private, lock-free view of a vocabulary: finds the id of `parent.key` from bytes, without a String.
///
/// Open addressing over (parent, key) pairs; a miss asks the vocabulary once. Bounded by the vocabulary's capacity.
public struct FieldCache: Sendable {
    /// The parent of top-level keys.
    public static let root = FieldID(rawValue: .max - 1)

    /// The longest name that is kept, in bytes; longer ones share `FieldID.overflow`, so that names cannot fill memory.
    public static let longestName = 512

    private struct Entry {
        var parent: FieldID
        var field: FieldID
        var start: UInt32
        var length: UInt32
    }

    /// The vocabulary misses are asked of.
    public let vocabulary: Vocabulary
    private var table: [Int32]
    private var entries: [Entry] = []
    private var keys: [UInt8] = []

    /// Makes an empty view.
    public init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        table = Array(repeating: -1, count: 1024)
    }

    /// The id of a top-level key.
    public mutating func field(_ key: Span<UInt8>) -> FieldID { field(key, in: Self.root) }

    /// The id of `key` inside `parent`, named `parent.key`.
    public mutating func field(_ key: Span<UInt8>, in parent: FieldID) -> FieldID {
        if parent == .overflow { return .overflow }
        let mask = table.count - 1
        var spot = Self.hash(key, parent) & mask
        while table[spot] >= 0 {
            let entry = entries[Int(table[spot])]
            if entry.parent == parent, Int(entry.length) == key.count,
                WideBytes.equal(keys.span.extracting(Int(entry.start)..<Int(entry.start) + key.count), key)
            {
                return entry.field
            }
            spot = (spot + 1) & mask
        }
        return insert(key, in: parent)
    }

    private mutating func insert(_ key: Span<UInt8>, in parent: FieldID) -> FieldID {
        let field = vocabulary.field(key, in: parent)
        // What is `overflow` is so for good; remembering each such name would grow without bound.
        guard field != .overflow else { return field }
        entries.append(
            Entry(parent: parent, field: field, start: UInt32(keys.count), length: UInt32(key.count)))
        keys.append(contentsOf: key)
        if entries.count * 2 > table.count {
            let wanted = table.count * 2
            table = Array(repeating: -1, count: wanted)
            for index in entries.indices { place(index) }
        } else {
            place(entries.count - 1)
        }
        return field
    }

    private mutating func place(_ index: Int) {
        let mask = table.count - 1
        var spot = hash(of: index) & mask
        while table[spot] >= 0 { spot = (spot + 1) & mask }
        table[spot] = Int32(index)
    }

    private func hash(of index: Int) -> Int {
        let entry = entries[index]
        return Self.hash(keys.span.extracting(Int(entry.start)..<Int(entry.start) + Int(entry.length)), entry.parent)
    }

    private static func hash(_ key: Span<UInt8>, _ parent: FieldID) -> Int {
        // The odd constant is 2^64 divided by the golden ratio: it spreads small parents over all bits.
        Int(truncatingIfNeeded: WideBytes.hash(key) ^ (UInt64(parent.rawValue) &* 0x9E37_79B9_7F4A_7C15))
    }
}

extension Vocabulary {
    /// The id of `key` inside `parent`, named `parent.key`; `FieldCache.root` is the parent of top-level keys.
    ///
    /// Names of more than `FieldCache.longestName` bytes share `FieldID.overflow`. Makes a String and takes a lock: for
    /// keys not met before.
    public func field(_ key: Span<UInt8>, in parent: FieldID) -> FieldID {
        guard parent != .overflow, key.count <= FieldCache.longestName else { return .overflow }
        let own = String(decoding: key)
        let name = parent == FieldCache.root ? own : self.name(of: parent) + "." + own
        return name.utf8.count <= FieldCache.longestName ? field(name) : .overflow
    }
}
