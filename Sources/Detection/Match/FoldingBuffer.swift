// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A value after case folding, in memory somebody else owns.
///
/// SAFETY: valid until the buffer that folded it folds the next; `slack` bytes behind it may be read.
@safe struct FoldedValue: BitwiseCopyable {
    /// How many bytes behind the value may be read.
    static let slack = 40

    private let base: UnsafePointer<UInt8>
    /// Length in bytes.
    let count: Int
    /// Whether all bytes are ASCII, and each therefore where it was before folding.
    let isASCII: Bool

    @unsafe init(_ base: UnsafePointer<UInt8>, _ count: Int, isASCII: Bool) {
        unsafe self.base = base
        self.count = count
        self.isASCII = isASCII
    }

    /// A bit for each of the 32 bytes from a place on at which a literal may begin.
    @inline(__always)
    @unsafe func places(_ masks: UnsafePointer<vd_scan_masks>, from place: Int) -> UInt32 {
        // SAFETY: callers stay within the value, and the slack behind it is longer than a block and its three more bytes.
        unsafe vd_scan_places(masks, base + place, min(count &- place, 32), count &- place &+ Self.slack)
    }

    /// Calls `body` with the bytes.
    @inline(__always)
    func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: see the type; nothing is folded while `body` runs.
        body(unsafe Span(_unsafeStart: base, count: count))
    }

    /// The four bytes at a place, which must lie in the value.
    @inline(__always)
    func gram(_ place: Int) -> UInt32 {
        // SAFETY: every caller stays four bytes below the count.
        unsafe UnsafeRawPointer(base).loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian
    }

    /// Eight bytes from a place in the value on; those behind its end may be anything.
    @inline(__always)
    func word(_ place: Int) -> UInt64 {
        // SAFETY: at least eight bytes behind the value may be read.
        unsafe UnsafeRawPointer(base).loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
    }

    /// The two bytes at a place, which must lie in the value.
    @inline(__always)
    func pair(_ place: Int) -> UInt32 {
        // SAFETY: every caller stays two bytes below the count.
        unsafe UInt32(UnsafeRawPointer(base).loadUnaligned(fromByteOffset: place, as: UInt16.self).littleEndian)
    }

    /// Whether a byte stands somewhere in the value.
    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        // SAFETY: the base is valid for the count.
        unsafe memchr(base, Int32(byte), count) != nil
    }

    /// Whether `length` bytes at a place, all within the value, are those of `other`.
    @inline(__always)
    @unsafe func equals(_ other: UnsafePointer<UInt8>, _ length: Int, at place: Int) -> Bool {
        let (a, b) = unsafe (UnsafeRawPointer(base + place), UnsafeRawPointer(other))
        var index = 0
        while index &+ 8 <= length {
            let (x, y) = unsafe (
                a.loadUnaligned(fromByteOffset: index, as: UInt64.self),
                b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            )
            if x != y { return false }
            index &+= 8
        }
        while index < length {
            if unsafe a.load(fromByteOffset: index, as: UInt8.self) != b.load(fromByteOffset: index, as: UInt8.self) {
                return false
            }
            index &+= 1
        }
        return true
    }
}

/// Memory into which values are folded, one after the other.
///
/// SAFETY: the memory belongs to this object alone, always has room for the value that is folded, and what was
/// folded is used only until the next `fold`.
@safe final class FoldingBuffer {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity = 1024

    init() { unsafe memory = .allocate(capacity: capacity + FoldedValue.slack) }

    deinit { unsafe memory.deallocate() }

    /// Folds a value (see `CaseFolding`).
    @inline(__always)
    func fold(_ value: Span<UInt8>) -> FoldedValue {
        if value.count > capacity { grow(value.count) }
        let length = unsafe CaseFolding.foldASCII(value, into: memory)
        return length >= 0 ? unsafe FoldedValue(memory, length, isASCII: true) : foldSlowly(value)
    }

    private func foldSlowly(_ value: Span<UInt8>) -> FoldedValue {
        var folded: [UInt8] = []
        folded.reserveCapacity(value.count)
        CaseFolding.append(value, to: &folded)
        if folded.count > capacity { grow(folded.count) }
        for (index, byte) in folded.enumerated() { unsafe memory[index] = byte }
        return unsafe FoldedValue(memory, folded.count, isASCII: false)
    }

    private func grow(_ wanted: Int) {
        unsafe memory.deallocate()
        capacity = max(wanted, capacity * 2)
        unsafe memory = .allocate(capacity: capacity + FoldedValue.slack)
    }
}
