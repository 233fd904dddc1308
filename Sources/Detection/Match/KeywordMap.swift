// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Where in the bytes of the batch at hand some keyword stands; filled page by page, as values are asked about.
///
/// SAFETY: the memory belongs to this object alone and has a place for each page of the batch.
@safe final class KeywordMap {
    private let sweep: KeywordSweep
    /// One element: what looking at a value reads.
    private let pages: RawBlock<KeywordPages>
    private var capacity = 0

    init(_ sweep: KeywordSweep) {
        self.sweep = sweep
        pages = unsafe RawBlock([KeywordPages(sweep: sweep.pointer)])
    }

    deinit {
        unsafe pages.pointer.pointee.found?.deallocate()
        unsafe pages.pointer.pointee.isSwept?.deallocate()
    }

    /// Forgets the batch before; the next has so many bytes.
    func start(byteCount: Int) {
        let wanted = byteCount >> KeywordPages.shift + 1
        if wanted > capacity {
            capacity = max(wanted, 2 * capacity)
            unsafe pages.pointer.pointee.found?.deallocate()
            unsafe pages.pointer.pointee.isSwept?.deallocate()
            unsafe pages.pointer.pointee.found = .allocate(capacity: capacity)
            unsafe pages.pointer.pointee.isSwept = .allocate(capacity: capacity)
        }
        unsafe pages.pointer.pointee.isSwept?.initialize(repeating: false, count: wanted)
    }

    /// The pages, valid as long as this object lives.
    @unsafe var pointer: UnsafeMutablePointer<KeywordPages> { unsafe pages.pointer }
}

/// The pages of a `KeywordMap`, 4,096 bytes each, to be read without counting references.
///
/// SAFETY: whoever holds them holds the map, too, and asks only about the batch it was started for.
@safe struct KeywordPages: BitwiseCopyable {
    /// The binary logarithm of a page's size.
    static let shift = 12

    fileprivate let sweep: UnsafePointer<SweepTables>
    /// For each page a bit for each 64 bytes in which the anchor of a keyword stands that was found.
    fileprivate var found: UnsafeMutablePointer<UInt64>?
    fileprivate var isSwept: UnsafeMutablePointer<Bool>?

    fileprivate init(sweep: UnsafePointer<SweepTables>) { unsafe self.sweep = sweep }

    /// Whether a keyword may stand in some bytes, at least one, of the batch at `base` with `count` bytes; false is certain.
    @inline(__always)
    @unsafe func mayHold(_ offset: UInt32, _ length: UInt32, _ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let (first, last) = (Int(offset) &>> 6, (Int(offset) &+ Int(length) &- 1) &>> 6)
        let page = first &>> 6
        guard let found = unsafe found, let isSwept = unsafe isSwept, page == last &>> 6, unsafe isSwept[page] else {
            return unsafe mayHoldSlowly(first, last, base, count)
        }
        return unsafe found[page] & Self.bits(first & 63, last & 63) != 0
    }

    /// Bits from one to another, both among them.
    @inline(__always)
    private static func bits(_ first: Int, _ last: Int) -> UInt64 {
        (UInt64.max &>> UInt64(truncatingIfNeeded: 63 &- last)) & (UInt64.max &<< UInt64(truncatingIfNeeded: first))
    }

    /// A value on several pages is looked at only when all are swept, for a keyword may begin on one and have its anchor on
    /// the next.
    @inline(never)
    @unsafe private func mayHoldSlowly(_ first: Int, _ last: Int, _ base: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let found = unsafe found, let isSwept = unsafe isSwept else { return true }
        var mayHold = false
        for page in first >> 6...last >> 6 {
            if unsafe !isSwept[page] {
                let start = page << Self.shift
                let length = min(1 << Self.shift, count &- start)
                unsafe found[page] = sweep.pointee.blocks(
                    base + start, length, before: start, readable: count &- start)
                unsafe isSwept[page] = true
            }
            let bits = Self.bits(page == first >> 6 ? first & 63 : 0, page == last >> 6 ? last & 63 : 63)
            if unsafe found[page] & bits != 0 { mayHold = true }
        }
        return mayHold
    }
}
