// SPDX-License-Identifier: Apache-2.0

/// The places of a table in the order they were last used, for tables that give up what was used longest ago.
///
/// A doubly linked list in one array beside the table: every operation takes constant time, and none allocates but the
/// first use of a place higher than all before. It holds as many places as the table it belongs to has; the owner bounds
/// that.
public struct RecencyList: Sendable {
    private struct Link: BitwiseCopyable {
        var older: Int32
        var newer: Int32
    }

    private static let none: Int32 = -1

    private var links: [Link] = []
    private var newestPlace = Self.none
    private var oldestPlace = Self.none

    /// Makes an empty list.
    public init() {}

    /// The place used last; nil when there is none.
    public var newest: Int? { newestPlace < 0 ? nil : Int(newestPlace) }

    /// The place used longest ago; nil when there is none.
    public var oldest: Int? { oldestPlace < 0 ? nil : Int(oldestPlace) }

    /// The place used next before this one, which must be in the list; nil for the oldest.
    public func older(than place: Int) -> Int? { links[place].older < 0 ? nil : Int(links[place].older) }

    /// The place used next after this one, which must be in the list; nil for the newest.
    public func newer(than place: Int) -> Int? { links[place].newer < 0 ? nil : Int(links[place].newer) }

    /// Adds a place that is not in the list, as the one used last.
    public mutating func insert(_ place: Int) {
        while links.count <= place { links.append(Link(older: Self.none, newer: Self.none)) }
        let number = Int32(place)
        links[place] = Link(older: newestPlace, newer: Self.none)
        if newestPlace >= 0 { links[Int(newestPlace)].newer = number } else { oldestPlace = number }
        newestPlace = number
    }

    /// Makes a place of the list the one used last.
    public mutating func touch(_ place: Int) {
        guard Int(newestPlace) != place else { return }
        remove(place)
        insert(place)
    }

    /// Takes a place out of the list, in which it must be.
    public mutating func remove(_ place: Int) {
        let link = links[place]
        if link.older >= 0 { links[Int(link.older)].newer = link.newer } else { oldestPlace = link.newer }
        if link.newer >= 0 { links[Int(link.newer)].older = link.older } else { newestPlace = link.older }
    }
}
