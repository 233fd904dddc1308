// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Where a value lies in a `ByteArena`.
struct ByteReference: Sendable {
    /// First byte.
    var offset: UInt32 = 0
    /// Number of bytes; an absent value has none.
    var length: UInt32 = 0

    /// The place as a range.
    var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// Many short values in one buffer, so that a hundred thousand processes cost no allocation each.
///
/// Released bytes stay until the owner compacts; `isWasteful` says when that pays.
struct ByteArena: Sendable {
    /// The values, with gaps.
    private(set) var bytes: [UInt8] = []
    /// Bytes in use.
    private(set) var live = 0

    /// Copies a value, at most `limit` bytes of it.
    mutating func store(_ value: Span<UInt8>, limit: Int) -> ByteReference {
        let length = min(value.count, limit)
        guard length > 0, bytes.count + length <= Int(UInt32.max) else { return ByteReference() }
        let reference = ByteReference(offset: UInt32(bytes.count), length: UInt32(length))
        bytes.append(contentsOf: value.extracting(0..<length))
        live += length
        return reference
    }

    /// Copies a value of this arena.
    mutating func duplicate(_ reference: ByteReference) -> ByteReference {
        guard reference.length > 0, bytes.count + Int(reference.length) <= Int(UInt32.max) else {
            return ByteReference()
        }
        let copy = ByteReference(offset: UInt32(bytes.count), length: reference.length)
        // A copy first: appending a slice of the buffer to itself would copy the whole buffer.
        let value = Array(bytes[reference.range])
        bytes.append(contentsOf: value)
        live += Int(reference.length)
        return copy
    }

    /// Gives a value up.
    mutating func release(_ reference: ByteReference) { live -= Int(reference.length) }

    /// Whether more than half of the buffer is gaps.
    var isWasteful: Bool { bytes.count > 2 * live + (1 << 20) }

    /// Starts a new buffer; the owner moves each live value over.
    mutating func beginCompaction() -> [UInt8] {
        let old = bytes
        bytes = []
        bytes.reserveCapacity(live + live / 4)
        live = 0
        return old
    }

    /// Moves a value from the old buffer.
    mutating func move(_ reference: inout ByteReference, from old: [UInt8]) {
        guard reference.length > 0 else { return }
        let start = bytes.count
        bytes.append(contentsOf: old[reference.range])
        live += Int(reference.length)
        reference.offset = UInt32(start)
    }
}
