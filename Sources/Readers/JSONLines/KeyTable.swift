// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The keys of objects met so far with all that follows from them, found by guessing.
///
/// Records of one kind have the same keys in the same order, so each key remembers which one came behind it last; a
/// guess that holds costs one comparison. Anything else goes through a hash table.
///
/// SAFETY: the memory belongs to this object alone; entries, table and keys are grown before they are written, and
/// indices of entries come from this table only.
@safe final class KeyTable {
    /// A key inside a parent.
    struct Entry: BitwiseCopyable {
        /// Field of the object the key is in.
        var parent: FieldID
        /// Field of its value.
        var field: FieldID
        /// The name rules know the field by beside its own; `FieldTraits.none` when there is none.
        var alias: FieldID
        /// The first key of the last object below this one; -1 before there was one.
        var first: Int32 = -1
        /// How long the value's whole name is, with a dot behind it.
        var nameLength: Int32
        /// `KnownField`'s raw value plus one; 0 for any other field.
        var known: UInt16
        /// Bit of `LogSourceHints` plus one; 0 for any other field.
        var hint: UInt8
        /// Whether its values are `NAME=secret`.
        var isSecret: Bool
    }

    /// What is looked at for each key of each record, apart from the rest: four lie in a cache line.
    struct Guess: BitwiseCopyable {
        /// The key that came behind this one last; -1 before any did.
        var next: Int32 = -1
        /// Field of the slot its value gets: its own, or the name rules know it by where that replaces it.
        var slotField: FieldID
        /// Where the key lies among the keys.
        var start: UInt32
        /// Length of the key in bytes.
        var length: UInt16
        /// What else there is to know.
        var flags: Flags
    }

    /// What is special about a key.
    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt8
        /// The key itself has dots.
        static let isDotted = Flags(rawValue: 1)
        /// There is something to do for its value beside making a slot.
        static let isSpecial = Flags(rawValue: 2)
        /// A document cannot spell the key without escapes, so that it is not looked for in a text.
        static let isEscaped = Flags(rawValue: 4)
    }

    /// No entry: the key's field is `FieldID.overflow`.
    static let none: Int32 = -1
    /// The entry of the record itself.
    static let root: Int32 = 0
    /// Bytes behind the keys that can be read.
    static let room = 8

    private(set) var entries: UnsafeMutablePointer<Entry>
    /// What is looked at first, entry by entry.
    private(set) var guesses: UnsafeMutablePointer<Guess>
    /// The keys' bytes, one behind the other, with some room behind.
    private(set) var keys: UnsafeMutablePointer<UInt8>
    private var count = 1
    private var capacity = 256
    private var keysCount = 0
    private var keysCapacity = 4096
    private var table: [Int32] = Array(repeating: -1, count: 512)

    init() {
        unsafe entries = .allocate(capacity: capacity)
        unsafe guesses = .allocate(capacity: capacity)
        unsafe keys = .allocate(capacity: keysCapacity + Self.room)
        unsafe keys.initialize(repeating: 0, count: keysCapacity + Self.room)
        unsafe entries.initialize(
            to: Entry(
                parent: FieldTraits.none, field: FieldCache.root, alias: FieldTraits.none, nameLength: 0, known: 0,
                hint: 0, isSecret: false))
        unsafe guesses.initialize(to: Guess(slotField: FieldCache.root, start: 0, length: 0, flags: []))
    }

    deinit {
        unsafe entries.deallocate()
        unsafe guesses.deallocate()
        unsafe keys.deallocate()
    }

    /// An entry.
    @inline(__always)
    func entry(_ index: Int32) -> Entry {
        // SAFETY: see the type.
        unsafe entries[Int(index)]
    }

    /// The field of the slot a key's value gets.
    @inline(__always)
    func slotField(_ index: Int32) -> FieldID {
        // SAFETY: see the type.
        unsafe guesses[Int(index)].slotField
    }

    /// What is special about a key.
    @inline(__always)
    func flags(_ index: Int32) -> Flags {
        // SAFETY: see the type.
        unsafe guesses[Int(index)].flags
    }

    /// The entry of a key met before, in an object whose own entry is `parent` and whose previous key was `previous`
    /// (`none` for the first); nil for a key not met before in such an object.
    @inline(__always)
    func find(_ key: Span<UInt8>, in parent: Int32, after previous: Int32) -> Int32? {
        // SAFETY: see the type.
        let guess = unsafe previous >= 0 ? guesses[Int(previous)].next : entries[Int(parent)].first
        if guess >= 0, isEntry(guess, key, unsafe entries[Int(parent)].field) { return guess }
        return search(key, in: parent, after: previous)
    }

    @inline(__always)
    private func isEntry(_ index: Int32, _ key: Span<UInt8>, _ parent: FieldID) -> Bool {
        // SAFETY: see the type.
        let guess = unsafe guesses[Int(index)]
        guard Int(guess.length) == key.count, unsafe entries[Int(index)].parent == parent else { return false }
        return unsafe WideBytes.equal(Span(_unsafeStart: keys + Int(guess.start), count: key.count), key)
    }

    private func search(_ key: Span<UInt8>, in parent: Int32, after previous: Int32) -> Int32? {
        guard let found = lookUp(key, in: entry(parent).field) else { return nil }
        note(found, in: parent, after: previous)
        return found
    }

    /// The entry of a key met before in an object with a field, for a key that stands in no record: no guess is made
    /// of it.
    func lookUp(_ key: Span<UInt8>, in parent: FieldID) -> Int32? {
        let mask = table.count - 1
        var spot = Self.hash(key, parent) & mask
        while table[spot] >= 0 {
            if isEntry(table[spot], key, parent) { return table[spot] }
            spot = (spot + 1) & mask
        }
        return nil
    }

    private func note(_ index: Int32, in parent: Int32, after previous: Int32) {
        // SAFETY: see the type.
        if previous >= 0 {
            unsafe guesses[Int(previous)].next = index
        } else {
            unsafe entries[Int(parent)].first = index
        }
    }

    /// Remembers a key that `find` did not know.
    ///
    /// - Precondition: it is at most `FieldCache.longestName` bytes long.
    func insert(
        _ key: Span<UInt8>, in parent: Int32, after previous: Int32, field: FieldID, _ traits: FieldTraits
    ) -> Int32 {
        let index = add(key, in: parent, field: field, traits)
        note(index, in: parent, after: previous)
        return index
    }

    /// Remembers a key that `lookUp` did not know; the precondition of `insert` holds.
    func add(_ key: Span<UInt8>, in parent: Int32, field: FieldID, _ traits: FieldTraits) -> Int32 {
        if count == capacity { growEntries() }
        while keysCount + key.count > keysCapacity { growKeys() }
        for index in key.indices { unsafe keys[keysCount + index] = key[index] }
        let isReplaced = traits.isReplaced && traits.alias != FieldTraits.none
        let alias = isReplaced ? FieldTraits.none : traits.alias
        var flags: Flags = []
        if firstIndex(of: UInt8(ascii: "."), in: key) != nil { flags.insert(.isDotted) }
        if firstIndex(of: UInt8(ascii: "\\"), in: key) != nil || firstIndex(of: UInt8(ascii: "\""), in: key) != nil {
            flags.insert(.isEscaped)
        }
        if alias != FieldTraits.none || traits.known != 0 || traits.hint != 0 || traits.isSecret {
            flags.insert(.isSpecial)
        }
        unsafe (entries + count).initialize(
            to: Entry(
                parent: entries[Int(parent)].field, field: field, alias: alias,
                nameLength: entries[Int(parent)].nameLength + Int32(key.count) + 1, known: traits.known,
                hint: traits.hint, isSecret: traits.isSecret))
        unsafe (guesses + count).initialize(
            to: Guess(
                slotField: isReplaced ? traits.alias : field, start: UInt32(keysCount), length: UInt16(key.count),
                flags: flags))
        keysCount += key.count
        let index = Int32(count)
        count += 1
        if count * 2 > table.count {
            table = Array(repeating: -1, count: table.count * 2)
            for index in 1..<Int32(count) { place(index) }
        } else {
            place(index)
        }
        return index
    }

    private func place(_ index: Int32) {
        // SAFETY: see the type.
        let guess = unsafe guesses[Int(index)]
        let key = unsafe Span(_unsafeStart: keys + Int(guess.start), count: Int(guess.length))
        let mask = table.count - 1
        var spot = Self.hash(key, entry(index).parent) & mask
        while table[spot] >= 0 { spot = (spot + 1) & mask }
        table[spot] = index
    }

    private static func hash(_ key: Span<UInt8>, _ parent: FieldID) -> Int {
        // The odd constant is 2^64 divided by the golden ratio: it spreads small parents over all bits.
        Int(truncatingIfNeeded: WideBytes.hash(key) ^ (UInt64(parent.rawValue) &* 0x9E37_79B9_7F4A_7C15))
    }

    private func growEntries() {
        let more = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        unsafe more.moveInitialize(from: entries, count: count)
        unsafe entries.deallocate()
        unsafe entries = more
        let wider = UnsafeMutablePointer<Guess>.allocate(capacity: capacity * 2)
        unsafe wider.moveInitialize(from: guesses, count: count)
        unsafe guesses.deallocate()
        unsafe guesses = wider
        capacity *= 2
    }

    private func growKeys() {
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: keysCapacity * 2 + Self.room)
        unsafe larger.initialize(repeating: 0, count: keysCapacity * 2 + Self.room)
        unsafe larger.moveInitialize(from: keys, count: keysCount)
        unsafe keys.deallocate()
        unsafe keys = larger
        keysCapacity *= 2
    }
}
