// SPDX-License-Identifier: Apache-2.0

/// An array in pages, for tables that are copied while they go on being changed.
///
/// A copy shares all pages, and the first change to each then copies that page alone: no change costs more than a page,
/// however large the table is.
struct PagedArray<Element: Sendable>: Sendable {
    private static var shift: Int { 9 }
    private static var pageSize: Int { 1 << shift }

    private var pages: [[Element]] = []
    /// How many elements there are.
    private(set) var count = 0

    var indices: Range<Int> { 0..<count }

    subscript(index: Int) -> Element {
        get { pages[index >> Self.shift][index & (Self.pageSize - 1)] }
        _modify { yield &pages[index >> Self.shift][index & (Self.pageSize - 1)] }
    }

    mutating func append(_ element: Element) {
        if count & (Self.pageSize - 1) == 0 {
            pages.append([])
            pages[pages.count - 1].reserveCapacity(Self.pageSize)
        }
        pages[pages.count - 1].append(element)
        count += 1
    }
}
