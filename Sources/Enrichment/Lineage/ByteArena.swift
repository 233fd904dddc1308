// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Where a value lies in a `ByteArena`.
struct ByteReference: Sendable {
    /// First byte: the page in the upper twelve bits, the place in it in the lower twenty.
    var offset: UInt32 = 0
    /// Number of bytes; an absent value has none.
    var length: UInt32 = 0

    var page: Int { Int(offset >> 20) }

    /// The place in the page.
    var range: Range<Int> {
        let start = Int(offset & 0xF_FFFF)
        return start..<start + Int(length)
    }
}

/// Many short values in pages of a mebibyte, so that a hundred thousand processes cost no allocation each.
///
/// A value lies in one page, and a page once full is not changed: a copy that is written elsewhere shares them all but
/// the last. Released bytes stay until the owner compacts; `isWasteful` says when that pays.
struct ByteArena: Sendable {
    private static let pageSize = 1 << 20
    private static let mostPages = 1 << 12

    /// The values, with gaps; there is always a page.
    private(set) var pages: [[UInt8]] = [[]]
    /// Bytes in use.
    private(set) var live = 0
    /// Bytes of all full pages.
    private var fullBytes = 0

    /// The page a value lies in; `ByteReference.range` says where.
    func page(of reference: ByteReference) -> [UInt8] { pages[reference.page] }

    /// Copies a value, at most `limit` bytes of it and at most a page.
    mutating func store(_ value: Span<UInt8>, limit: Int) -> ByteReference {
        let length = min(value.count, limit, Self.pageSize)
        guard length > 0, let start = beginValue(length) else { return ByteReference() }
        pages[pages.count - 1].append(contentsOf: value.extracting(0..<length))
        return start
    }

    /// Copies a value of this arena.
    mutating func duplicate(_ reference: ByteReference) -> ByteReference {
        // A copy first: appending a slice of a page to itself would copy the whole page.
        let value = Array(pages[reference.page][reference.range])
        return store(value.span, limit: value.count)
    }

    /// Gives a value up.
    mutating func release(_ reference: ByteReference) { live -= Int(reference.length) }

    /// Whether more than half of the pages is gaps.
    var isWasteful: Bool { fullBytes + pages[pages.count - 1].count > 2 * live + (1 << 20) }

    /// Starts new pages; the owner moves each live value over.
    mutating func beginCompaction() -> ByteArena {
        let old = self
        self = ByteArena()
        return old
    }

    /// Moves a value from the old pages.
    mutating func move(_ reference: inout ByteReference, from old: ByteArena) {
        guard reference.length > 0 else { return }
        let page = old.page(of: reference)
        reference = store(page.span.extracting(reference.range), limit: Int(reference.length))
    }

    /// Makes room for a value in the last page, or in a new one; nil when there can be no more pages.
    private mutating func beginValue(_ length: Int) -> ByteReference? {
        if pages[pages.count - 1].count + length > Self.pageSize {
            guard pages.count < Self.mostPages else { return nil }
            fullBytes += pages[pages.count - 1].count
            pages.append([])
            pages[pages.count - 1].reserveCapacity(Self.pageSize)
        }
        live += length
        let last = pages.count - 1
        return ByteReference(offset: UInt32(last << 20 | pages[last].count), length: UInt32(length))
    }
}
