// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The kinds of audit records met lately, by the name a record begins with.
///
/// SAFETY: the memory belongs to this object alone, and each look-up stays inside it.
@safe final class AuditKinds {
    /// What a name stands for.
    struct Entry: BitwiseCopyable {
        /// The name's bytes, the first lowest; no name for an empty place.
        var first: UInt64 = 0
        var second: UInt64 = 0
        var type = AuditRecordType.unknown
        /// Whether the record has only the kind's number.
        var isNumber = false
        /// The entry in `AuditKeys` that stands for the beginning of such a record.
        var root: Int32 = -1
    }

    private static let size = 256
    private let entries = RawBlock<Entry>(repeating: Entry(), count: size)

    /// What the name in a range stands for.
    @inline(__always)
    func kind(_ bytes: AuditBytes, _ range: Range<Int>, _ keys: AuditKeys) -> Entry {
        let length = range.count
        guard length <= 16 else { return Self.make(bytes, range, keys) }
        let first = bytes.word(range.lowerBound) & Self.mask(length)
        let second = length > 8 ? bytes.word(range.lowerBound &+ 8) & Self.mask(length &- 8) : 0
        // 2^64 over the golden ratio; the highest bits of the product are the well mixed ones.
        let spot = Int(truncatingIfNeeded: ((first ^ second) &* 0x9E37_79B9_7F4A_7C15) >> 56)
        // SAFETY: eight bits are a place below 256.
        let place = unsafe entries.pointer + spot
        if unsafe place.pointee.first == first, unsafe place.pointee.second == second, first != 0 {
            return unsafe place.pointee
        }
        var made = Self.make(bytes, range, keys)
        (made.first, made.second) = (first, second)
        unsafe place.pointee = made
        return made
    }

    private static func make(_ bytes: AuditBytes, _ range: Range<Int>, _ keys: AuditKeys) -> Entry {
        var entry = Entry()
        bytes.with(range) { name in
            entry.type = AuditRecordType(name: name)
            entry.isNumber = AuditRecordType.number(in: name) != nil
        }
        entry.root = keys.root(entry.type)
        return entry
    }

    @inline(__always)
    private static func mask(_ length: Int) -> UInt64 {
        length >= 8 ? ~0 : ~(~0 << UInt64(truncatingIfNeeded: length &* 8))
    }
}
