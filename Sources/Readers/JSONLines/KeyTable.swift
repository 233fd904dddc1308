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
        /// Field of the slot its value gets: its own, or the name rules know it by where that replaces it.
        var slotField: FieldID
        /// The name rules know the field by beside its own; `FieldTraits.none` when there is none.
        var alias: FieldID
        fileprivate var start: UInt32
        fileprivate var length: UInt32
        /// The key that came behind this one last; -1 before any did.
        fileprivate var next: Int32 = -1
        /// The first key of the last object below this one; -1 before there was one.
        fileprivate var first: Int32 = -1
        /// `KnownField`'s raw value plus one; 0 for any other field.
        var known: UInt8
        /// Bit of `LogSourceHints` plus one; 0 for any other field.
        var hint: UInt8
        /// Whether the key itself has dots.
        var isDotted: Bool
        /// Whether its values are `NAME=secret`.
        var isSecret: Bool
        /// Whether there is anything to do beside making a slot.
        var isSpecial: Bool
        /// Whether the key stands in a document as it is, without escapes.
        var isPlain: Bool
    }

    /// No entry: the key's field is `FieldID.overflow`.
    static let none: Int32 = -1
    /// The entry of the record itself.
    static let root: Int32 = 0

    private var entries: UnsafeMutablePointer<Entry>
    private var count = 1
    private var capacity = 256
    private var keys: UnsafeMutablePointer<UInt8>
    private var keysCount = 0
    private var keysCapacity = 4096
    /// Bytes behind the keys that can be read.
    private static let room = 8
    private var table: [Int32] = Array(repeating: -1, count: 512)

    init() {
        unsafe entries = .allocate(capacity: capacity)
        unsafe keys = .allocate(capacity: keysCapacity + Self.room)
        unsafe keys.initialize(repeating: 0, count: keysCapacity + Self.room)
        unsafe entries.initialize(
            to: Entry(
                parent: FieldTraits.none, field: FieldCache.root, slotField: FieldCache.root, alias: FieldTraits.none,
                start: 0, length: 0, known: 0, hint: 0, isDotted: false, isSecret: false, isSpecial: false,
                isPlain: true))
    }

    deinit {
        unsafe entries.deallocate()
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
        unsafe entries[Int(index)].slotField
    }

    /// Whether a key itself has dots.
    @inline(__always)
    func isDotted(_ index: Int32) -> Bool {
        // SAFETY: see the type.
        unsafe entries[Int(index)].isDotted
    }

    /// Whether there is anything to do for a key's value beside making a slot.
    @inline(__always)
    func isSpecial(_ index: Int32) -> Bool {
        // SAFETY: see the type.
        unsafe entries[Int(index)].isSpecial
    }

    /// The entry of a key met before, in an object whose own entry is `parent` and whose previous key was `previous`
    /// (`none` for the first); nil for a key not met before in such an object.
    @inline(__always)
    func find(_ key: Span<UInt8>, in parent: Int32, after previous: Int32) -> Int32? {
        // SAFETY: see the type.
        let guess = unsafe previous >= 0 ? entries[Int(previous)].next : entries[Int(parent)].first
        if guess >= 0, isEntry(guess, key, unsafe entries[Int(parent)].field) { return guess }
        return search(key, in: parent, after: previous)
    }

    @inline(__always)
    private func isEntry(_ index: Int32, _ key: Span<UInt8>, _ parent: FieldID) -> Bool {
        // SAFETY: see the type.
        let entry = unsafe entries + Int(index)
        guard unsafe Int(entry.pointee.length) == key.count, unsafe entry.pointee.parent == parent else { return false }
        let known = unsafe Span(_unsafeStart: keys + Int(entry.pointee.start), count: key.count)
        return WideBytes.equal(known, key)
    }

    /// The entry that is likely the next key's, in a document's text; `none` when it is not.
    ///
    /// `key` is the first byte behind the quote; at least `limit` bytes can be read there, eight more with any content.
    @inline(__always)
    @unsafe func guess(_ key: UnsafePointer<UInt8>, limit: Int, in parent: Int32, after previous: Int32) -> Int32 {
        // SAFETY: see the type; keys have eight bytes of room behind them.
        let guess = unsafe previous >= 0 ? entries[Int(previous)].next : entries[Int(parent)].first
        guard guess >= 0 else { return Self.none }
        let entry = unsafe entries + Int(guess)
        let length = unsafe Int(entry.pointee.length)
        guard unsafe entry.pointee.isPlain, length < limit, unsafe key[length] == UInt8(ascii: "\"") else {
            return Self.none
        }
        let known = unsafe UnsafeRawPointer(keys + Int(entry.pointee.start))
        let given = unsafe UnsafeRawPointer(key)
        var at = 0
        while at &+ 8 <= length {
            let word = unsafe known.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            if unsafe word != given.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return Self.none }
            at &+= 8
        }
        if at < length {
            let word = unsafe known.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let difference = unsafe word ^ given.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let rest = UInt64(truncatingIfNeeded: 8 &* (8 &- (length &- at)))
            if UInt64(littleEndian: difference) &<< rest != 0 { return Self.none }
        }
        return guess
    }

    /// How long the key of an entry is, in bytes.
    @inline(__always)
    func length(_ index: Int32) -> Int {
        // SAFETY: see the type.
        unsafe Int(entries[Int(index)].length)
    }

    private func search(_ key: Span<UInt8>, in parent: Int32, after previous: Int32) -> Int32? {
        let field = unsafe entries[Int(parent)].field
        let mask = table.count - 1
        var spot = Self.hash(key, field) & mask
        while table[spot] >= 0 {
            if isEntry(table[spot], key, field) {
                note(table[spot], in: parent, after: previous)
                return table[spot]
            }
            spot = (spot + 1) & mask
        }
        return nil
    }

    private func note(_ index: Int32, in parent: Int32, after previous: Int32) {
        // SAFETY: see the type.
        if previous >= 0 {
            unsafe entries[Int(previous)].next = index
        } else {
            unsafe entries[Int(parent)].first = index
        }
    }

    /// Remembers a key that `find` did not know.
    func insert(
        _ key: Span<UInt8>, in parent: Int32, after previous: Int32, field: FieldID, _ traits: FieldTraits
    ) -> Int32 {
        if count == capacity { growEntries() }
        while keysCount + key.count > keysCapacity { growKeys() }
        for index in key.indices { unsafe keys[keysCount + index] = key[index] }
        let isReplaced = traits.isReplaced && traits.alias != FieldTraits.none
        let alias = isReplaced ? FieldTraits.none : traits.alias
        let isDotted = firstIndex(of: UInt8(ascii: "."), in: key) != nil
        unsafe (entries + count).initialize(
            to: Entry(
                parent: entries[Int(parent)].field, field: field, slotField: isReplaced ? traits.alias : field,
                alias: alias, start: UInt32(keysCount), length: UInt32(key.count), known: traits.known,
                hint: traits.hint, isDotted: isDotted, isSecret: traits.isSecret,
                isSpecial: alias != FieldTraits.none || traits.known != 0 || traits.hint != 0 || traits.isSecret,
                isPlain: firstIndex(of: UInt8(ascii: "\\"), in: key) == nil
                    && firstIndex(of: UInt8(ascii: "\""), in: key) == nil))
        keysCount += key.count
        let index = Int32(count)
        count += 1
        if count * 2 > table.count {
            table = Array(repeating: -1, count: table.count * 2)
            for index in 1..<Int32(count) { place(index) }
        } else {
            place(index)
        }
        note(index, in: parent, after: previous)
        return index
    }

    private func place(_ index: Int32) {
        let entry = entry(index)
        let key = unsafe Span(_unsafeStart: keys + Int(entry.start), count: Int(entry.length))
        let mask = table.count - 1
        var spot = Self.hash(key, entry.parent) & mask
        while table[spot] >= 0 { spot = (spot + 1) & mask }
        table[spot] = index
    }

    private static func hash(_ key: Span<UInt8>, _ parent: FieldID) -> Int {
        // The odd constant is 2^64 divided by the golden ratio: it spreads small parents over all bits.
        Int(truncatingIfNeeded: WideBytes.hash(key) ^ (UInt64(parent.rawValue) &* 0x9E37_79B9_7F4A_7C15))
    }

    private func growEntries() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: entries, count: count)
        unsafe entries.deallocate()
        unsafe entries = larger
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
