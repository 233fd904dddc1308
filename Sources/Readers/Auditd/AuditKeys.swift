// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The keys of audit records met so far with what follows from them, found by guessing.
///
/// Records of one kind have the same keys in the same order, so each key remembers which one came behind it last; a
/// guess that holds costs one comparison of eight bytes, or two. Anything else goes through a hash table, and what does
/// not fit that through the vocabulary's.
///
/// SAFETY: the memory belongs to this object alone, and positions of entries come from this table only.
@safe final class AuditKeys {
    /// What follows from a key.
    struct Key: BitwiseCopyable {
        var field: FieldID
        var encoding: AuditEncoding
        var role: AuditRole
    }

    /// A key in records of one kind.
    struct Entry: BitwiseCopyable {
        /// The key with its `=`, at most sixteen bytes, and which of them count.
        var first: UInt64 = 0
        var second: UInt64 = 0
        var firstMask: UInt64 = 0
        var secondMask: UInt64 = 0
        /// Bytes of the key with its `=`; 0 for the beginning of a record.
        var length = 0
        var key: Key
        /// The key that came behind this one last; -1 before any did.
        var next: Int32 = -1
        var kind: UInt16 = 0
    }

    /// The most keys kept: many times those of the kernel and of auditd's, yet a bound for endless ones.
    private static let capacity = 4096
    private static let tableSize = 16384
    /// The most places of the table looked at for a key, so that keys made to meet in one place cost no more.
    private static let mostSteps = 16
    /// The longest key kept, in bytes.
    static let longest = 15

    /// The entries, of which the first `count` are made; a reader of a small file never touches the others.
    @unsafe let memory: UnsafeMutablePointer<Entry>
    private var count = 0
    private let table = RawBlock<Int32>(repeating: -1, count: tableSize)

    init() { unsafe memory = .allocate(capacity: Self.capacity) }

    deinit { unsafe memory.deallocate() }

    /// The entry that stands for the beginning of a record of a kind; -1 when there is no room.
    func root(_ kind: AuditRecordType) -> Int32 {
        find(0, 0, kind: kind.rawValue) ?? insert(0, 0, 0, kind, Key(field: .overflow, encoding: .plain, role: .none))
    }

    /// The key that stands in `range`, with an `=` behind it; `make` is asked for one not met before.
    func key(
        _ source: AuditBytes, _ range: Range<Int>, _ kind: AuditRecordType, after previous: inout Int32,
        _ make: () -> Key
    ) -> Key {
        let length = range.count + 1
        guard range.count <= Self.longest else {
            previous = -1
            return make()
        }
        let first = source.word(range.lowerBound) & Self.mask(length)
        let second = length > 8 ? source.word(range.lowerBound + 8) & Self.mask(length - 8) : 0
        let found = find(first, second, kind: kind.rawValue)
        let place = found ?? insert(first, second, length, kind, make())
        guard place >= 0 else {
            previous = -1
            return make()
        }
        // SAFETY: see the type.
        if previous >= 0 { unsafe memory[Int(previous)].next = place }
        previous = place
        return unsafe memory[Int(place)].key
    }

    private func find(_ first: UInt64, _ second: UInt64, kind: UInt16) -> Int32? {
        var spot = Self.spot(first, second, kind)
        for _ in 0..<Self.mostSteps {
            // SAFETY: the spot is below the table's size.
            let place = unsafe table.pointer[spot]
            if place < 0 { return nil }
            let entry = unsafe memory + Int(place)
            if unsafe entry.pointee.first == first, unsafe entry.pointee.second == second,
                unsafe entry.pointee.kind == kind
            {
                return place
            }
            spot = (spot &+ 1) & (Self.tableSize - 1)
        }
        return nil
    }

    /// Keeps a key; -1 when there is no room.
    private func insert(_ first: UInt64, _ second: UInt64, _ length: Int, _ kind: AuditRecordType, _ key: Key) -> Int32
    {
        guard count < Self.capacity else { return -1 }
        var spot = Self.spot(first, second, kind.rawValue)
        var steps = 0
        // SAFETY: the spot is below the table's size, and there is room for one more entry.
        while unsafe table.pointer[spot] >= 0 {
            spot = (spot &+ 1) & (Self.tableSize - 1)
            steps += 1
            if steps == Self.mostSteps { return -1 }
        }
        let entry = Entry(
            first: first, second: second, firstMask: Self.mask(length), secondMask: Self.mask(length - 8),
            length: length, key: key, kind: kind.rawValue)
        unsafe (memory + count).initialize(to: entry)
        unsafe table.pointer[spot] = Int32(count)
        count += 1
        return Int32(count - 1)
    }

    private static func mask(_ length: Int) -> UInt64 {
        length >= 8 ? ~0 : length <= 0 ? 0 : ~(~0 << UInt64(length * 8))
    }

    private static func spot(_ first: UInt64, _ second: UInt64, _ kind: UInt16) -> Int {
        // Odd constants that spread the bits of what they multiply (2^64 over the golden ratio, and of xxHash64).
        let mixed = (first ^ UInt64(kind)) &* 0x9E37_79B9_7F4A_7C15 ^ second &* 0xC2B2_AE3D_27D4_EB4F
        return Int(truncatingIfNeeded: ((mixed ^ (mixed >> 32)) &* 0x9E37_79B9_7F4A_7C15) >> 50)
    }
}
