// SPDX-License-Identifier: Apache-2.0

/// How many different names there were, exactly up to a bound.
struct DistinctNames: Sendable, Hashable {
    /// The first name.
    private(set) var first: String?
    /// Whether there were more than the bound.
    private(set) var isBeyond = false
    private let most: Int
    private var hashes: Set<Int> = []

    /// Tells apart up to `most` names.
    init(most: Int) { self.most = most }

    /// How many names; at the bound, how many at least.
    var count: Int { hashes.count }

    /// Adds a name; one that is here already changes nothing.
    mutating func add(_ name: String) {
        if first == nil { first = name }
        guard !isBeyond else { return }
        if hashes.count < most {
            hashes.insert(name.hashValue)
        } else {
            isBeyond = !hashes.contains(name.hashValue)
        }
    }

    /// The one name, or how many: `web1`, `12`, `more than 100`.
    var inWords: String {
        isBeyond
            ? "more than \(Quantity.count(UInt64(most)))" : count == 1 ? first ?? "1" : Quantity.count(UInt64(count))
    }
}
