// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Remembers which indexed predicates of their field held for values met before: telemetry repeats itself, and comparing a value with
/// the one remembered costs less than folding and scanning it.
///
/// Direct-mapped and of fixed size: a value that falls on the place of another replaces it. A hit needs the same
/// field, kind and bytes, so what is remembered is exact, however the hashes fall.
///
/// SAFETY: the memory belongs to this object alone; a place is chosen by a mask below their number, and what is read
/// of a place lies within its fixed layout.
@safe final class ValueMemo {
    /// Longest value that is kept, in bytes.
    static let longestValue = 200
    /// The last place of a route whose values are kept: a tag has fifteen bits for it, and one that tells deferred tests
    /// from others.
    static let lastPlace = 0x7FFF
    /// The most predicates of one value.
    static let mostMarks = 10
    private static let places = 2048

    private struct Place: BitwiseCopyable {
        /// Field, kind and length, as `tag` makes it; all ones in an empty place.
        var tag: UInt64
        var markCount: Int32
    }

    // Layout of a place: the header above, the marks, the value.
    private static let marksOffset = 16
    private static let valueOffset = marksOffset + mostMarks * MemoryLayout<Int32>.size
    private static let stride = 256

    private let memory: UnsafeMutableRawPointer

    init() {
        unsafe memory = .allocate(byteCount: Self.places * Self.stride, alignment: 64)
        for place in 0..<Self.places {
            unsafe memory.storeBytes(
                of: Place(tag: .max, markCount: 0), toByteOffset: place * Self.stride, as: Place.self
            )
        }
    }

    deinit { unsafe memory.deallocate() }

    /// What tells values of different fields, kinds and lengths apart.
    @inline(__always)
    static func tag(source: UInt16, place: Int, isDeferred: Bool, kind: UInt8, length: Int) -> UInt64 {
        UInt64(source) << 48 | UInt64(truncatingIfNeeded: place & 0x7FFF) << 32 | (isDeferred ? 1 << 47 : 0)
            | UInt64(kind) << 24 | UInt64(truncatingIfNeeded: length)
    }

    /// Where a value, which must not be empty, is looked for: a hash of its tag and of some of its bytes.
    @inline(__always)
    func place(_ tag: UInt64, _ value: Span<UInt8>) -> Int {
        var hash = tag
        let count = value.count
        if count >= 8 {
            // SAFETY: eight bytes lie at each of these offsets, for the value has at least as many.
            let bytes = unsafe value.bytes
            let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt64.self)
            let middle = unsafe bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: (count &- 8) &>> 1, as: UInt64.self)
            let last = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self)
            hash ^=
                (first &* 0x9E37_79B9_7F4A_7C15) ^ (middle &* 0xC2B2_AE3D_27D4_EB4F) ^ (last &* 0x1656_67B1_9E37_79F9)
        } else {
            hash ^= unsafe Self.short(value) &* 0xC2B2_AE3D_27D4_EB4F
        }
        hash ^= hash &>> 29
        hash = hash &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> 32) & (Self.places &- 1)
    }

    /// All bytes of a value of one to seven as a number; equal for values of the same length only if they are.
    @inline(__always)
    @unsafe private static func short(_ value: Span<UInt8>) -> UInt64 {
        let (bytes, count) = unsafe (value.bytes, value.count)
        if count >= 4 {
            // SAFETY: four bytes lie at either end, overlapping where the value is shorter than eight.
            let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt32.self)
            let last = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 4, as: UInt32.self)
            return UInt64(first) | UInt64(last) &<< 32
        }
        // SAFETY: the value has one to three bytes, and these are all of them.
        return unsafe UInt64(value[unchecked: 0]) | UInt64(value[unchecked: count &>> 1]) &<< 8
            | UInt64(value[unchecked: count &- 1]) &<< 16
    }

    /// Whether two values of the same length, which is not 0, are equal.
    @inline(__always)
    private static func equal(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        let count = a.count
        if count < 8 { return unsafe short(a) == short(b) }
        let (x, y) = unsafe (a.bytes, b.bytes)
        var index = 0
        // SAFETY: every load lies within the first `count` bytes; the last may overlap the one before.
        while index &+ 8 < count {
            if unsafe x.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
                != y.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            {
                return false
            }
            index &+= 8
        }
        return unsafe x.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self)
            == y.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self)
    }

    /// Marks what held for the value remembered at `place`, when it is this one; tells whether it was.
    @inline(__always)
    func recall(_ place: Int, _ tag: UInt64, _ value: Span<UInt8>, into truth: TruthTable) -> Bool {
        // SAFETY: see the type.
        let start = unsafe memory + place &* Self.stride
        guard unsafe start.load(as: UInt64.self) == tag else { return false }
        let known = unsafe Span(
            _unsafeStart: (start + Self.valueOffset).assumingMemoryBound(to: UInt8.self), count: value.count)
        guard Self.equal(known, value) else { return false }
        let header = unsafe start.load(as: Place.self)
        let count = Int(header.markCount)
        let marks = unsafe (start + Self.marksOffset).assumingMemoryBound(to: Int32.self)
        var index = 0
        while index < count {
            unsafe truth.mark(marks[index])
            index &+= 1
        }
        return true
    }

    /// Remembers at `place` that of the indexed predicates those that were hit since `firstHit` hold for the value.
    ///
    /// The value must be its field's first in the event, for a predicate is hit once an event.
    func remember(_ place: Int, _ tag: UInt64, _ value: Span<UInt8>, _ truth: TruthTable, since firstHit: Int) {
        let count = truth.hitCount - firstHit
        guard count <= Self.mostMarks, value.count <= Self.longestValue else { return }
        // SAFETY: see the type; marks and value were just seen to fit.
        let start = unsafe memory + place &* Self.stride
        unsafe start.storeBytes(
            of: Place(tag: tag, markCount: Int32(truncatingIfNeeded: count)), as: Place.self)
        for index in 0..<count {
            unsafe start.storeBytes(
                of: truth.hit(firstHit + index), toByteOffset: Self.marksOffset + index * MemoryLayout<Int32>.size,
                as: Int32.self)
        }
        unsafe value.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            unsafe (start + Self.valueOffset).copyMemory(from: base, byteCount: value.count)
        }
    }
}
