// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The names templates are made of, as small numbers, and the fields their paths stand for.
///
/// Names are looked up by the UTF-16 they are written in; UTF-8 is only made of one that was never seen. What is learnt
/// serves all chunks and files read; when a hostile input has filled a table, it is emptied.
struct EVTXNames {
    /// A reference to a name: four bytes that say where in the chunk it is, which may be right behind them.
    struct Reference {
        /// Where the name lies.
        var place: Int
        /// Where what follows the reference begins.
        var end: Int
    }

    /// A name's number.
    typealias ID = UInt32

    private struct Name {
        var start: UInt32
        var size: UInt32
    }

    private struct Child {
        var key: UInt64
        var field: FieldID
    }

    /// The most names, and twice the most paths, that are kept.
    private static let capacity = 1 << 14
    private static let empty = UInt64.max

    private var fields: FieldCache
    private var text = EVTXText()
    private var names: [Name] = []
    private var units: [UInt8] = []
    private var table = [Int32](repeating: -1, count: 2 * capacity)
    private var children = [Child](
        repeating: Child(key: empty, field: .overflow), count: 2 * capacity)
    private var childCount = 0
    /// The chunk's names by where they lie; the place, and the number behind it.
    private var places = [UInt64](repeating: 0, count: 1024)

    init(_ vocabulary: Vocabulary) { fields = FieldCache(vocabulary) }

    /// Forgets where the last chunk had its names, and everything when there is too much.
    ///
    /// True when it did the latter: numbers mean something else from now on.
    mutating func startChunk() -> Bool {
        for index in places.indices { places[index] = 0 }
        guard names.count > Self.capacity / 2 || childCount > Self.capacity else { return false }
        names.removeAll(keepingCapacity: true)
        units.removeAll(keepingCapacity: true)
        for index in table.indices { table[index] = -1 }
        for index in children.indices { children[index].key = Self.empty }
        childCount = 0
        return true
    }

    /// Reads the reference at a place; nil when it leads nowhere.
    ///
    /// A name is an offset to the next of the same hash, the hash, its length in units, the units, and a NUL.
    static func reference(_ chunk: RawSpan, _ at: Int) -> Reference? {
        guard at <= chunk.byteCount &- 4 else { return nil }
        let place = Int(chunk.unsigned32(at))
        guard place >= EVTXChunk.headerSize, place <= chunk.byteCount &- 8 else { return nil }
        let end = place &+ 10 &+ 2 &* Int(chunk.unsigned16(place &+ 6))
        guard end <= chunk.byteCount &+ 2 else { return nil }
        return Reference(place: place, end: place == at &+ 4 ? end : at &+ 4)
    }

    /// The number of the name a reference leads to; of what is too long for a field only the start counts.
    mutating func id(_ chunk: RawSpan, _ reference: Reference) -> ID {
        let spot = (reference.place &* 0x9E37_79B1) >> 12 & 1023
        let noted = places[spot]
        if noted >> 32 == UInt64(reference.place) { return ID(truncatingIfNeeded: noted) }
        let id = id(chunk.extracting(EVTXText.name(chunk, reference.place)))
        places[spot] = UInt64(reference.place) << 32 | UInt64(id)
        return id
    }

    /// The number of a name.
    mutating func id(_ name: RawSpan) -> ID {
        let name = name.extracting(0..<min(name.byteCount, 2 * FieldCache.longestName + 2))
        let mask = table.count - 1
        var spot = Int(truncatingIfNeeded: Self.hash(name) & UInt64(mask))
        while table[spot] >= 0 {
            let id = Int(table[spot])
            if isName(id, name) { return ID(id) }
            spot = (spot + 1) & mask
        }
        // A chunk that brings more is a hostile one; the next chunk starts afresh.
        guard names.count < Self.capacity else { return ID(Self.capacity) }
        table[spot] = Int32(names.count)
        names.append(Name(start: UInt32(units.count), size: UInt32(name.byteCount)))
        for index in 0..<name.byteCount { units.append(name.unsigned8(index)) }
        return ID(names.count - 1)
    }

    /// The number of a literal.
    mutating func id(_ name: StaticString) -> ID {
        var wide: [UInt8] = []
        name.withUTF8Buffer { for index in 0..<$0.count { wide += [unsafe $0[index], 0] } }
        // SAFETY: bytes have no padding, so all of them may be looked at.
        return id(unsafe wide.span.bytes)
    }

    /// The field of a name inside another field.
    mutating func field(_ name: ID, in parent: FieldID) -> FieldID {
        let key = UInt64(parent.rawValue) << 32 | UInt64(name)
        let mask = children.count - 1
        var spot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
        while children[spot].key != Self.empty {
            if children[spot].key == key { return children[spot].field }
            spot = (spot + 1) & mask
        }
        guard name < names.count else { return .overflow }
        let kept = names[Int(name)]
        let range = Int(kept.start)..<Int(kept.start + kept.size)
        let own = units
        // SAFETY: bytes have no padding, so all of them may be looked at.
        text.load(unsafe own.span.bytes.extracting(range))
        let field = text.withBytes { fields.field($0, in: parent) }
        if childCount < children.count - 1024 {
            children[spot] = Child(key: key, field: field)
            childCount += 1
        }
        return field
    }

    private func isName(_ id: Int, _ name: RawSpan) -> Bool {
        let kept = names[id]
        guard Int(kept.size) == name.byteCount else { return false }
        let start = Int(kept.start)
        // SAFETY: bytes have no padding, so all of them may be looked at.
        let own = unsafe units.span.bytes
        var index = 0
        while index &+ 8 <= name.byteCount {
            if own.unsigned64(start &+ index) != name.unsigned64(index) { return false }
            index &+= 8
        }
        while index < name.byteCount {
            if own.unsigned8(start &+ index) != name.unsigned8(index) { return false }
            index &+= 1
        }
        return true
    }

    private static func hash(_ name: RawSpan) -> UInt64 {
        // The constant is 2^64 divided by the golden ratio, odd.
        var hash = UInt64(truncatingIfNeeded: name.byteCount) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= name.byteCount {
            hash = (hash ^ name.unsigned64(index)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index &+= 8
        }
        while index < name.byteCount {
            hash = (hash ^ UInt64(name.unsigned8(index))) &* 0x9E37_79B9_7F4A_7C15
            index &+= 1
        }
        return hash ^ (hash >> 32)
    }
}
