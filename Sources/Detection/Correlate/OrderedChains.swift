// SPDX-License-Identifier: Apache-2.0
import Sigma

/// How far the members of an ordered correlation have come in each group, without remembering their events.
///
/// For each choice of members that happened in the order of the list, the latest possible time of its first event: a
/// choice lies in the window when that time does. `temporal_ordered` needs only the choices that leave no member out at
/// the front (as many as there are members); the extended kind needs all (two to the power of their number).
struct OrderedChains {
    static let never = Int64.min

    /// Indexed by group, then by the set of members, a bit each; for plain chains by how many members of the front have
    /// happened.
    private(set) var starts: [Int64] = []
    private let keepsChoices: Bool
    /// For each place the first one that holds the same member.
    private let representative: [Int]
    /// How many times each group keeps.
    let width: Int

    private var isFilled: [Bool]
    private var usedBy: [Int]

    init(representative: [Int], keepsChoices: Bool) {
        self.representative = representative
        self.keepsChoices = keepsChoices
        // The rule reader refuses more; of a correlation made otherwise the rest of the list is not looked at.
        let kept = min(representative.count, Correlation.mostRulesOfChoices)
        width = keepsChoices ? 1 << kept : representative.count + 1
        isFilled = Array(repeating: false, count: representative.count)
        usedBy = Array(repeating: -1, count: representative.count)
    }

    /// Begins a group anew.
    mutating func reset(_ group: Int) {
        let base = group * width
        if base == starts.count { starts.append(contentsOf: repeatElement(Self.never, count: width)) }
        for place in base..<base + width { starts[place] = Self.never }
    }

    /// Adds what an earlier run kept of a group, which gets the next number.
    mutating func append(_ kept: [Int64]) { starts += kept }

    /// Takes the matches of one event, which fill `places` of the list, each by its own rule.
    mutating func add(_ places: [Int], to group: Int, time: Int64, oldest: Int64) {
        if keepsChoices {
            let base = group * width
            let before = Array(starts[base..<base + width])
            let places = places.filter { $0 < Correlation.mostRulesOfChoices }.sorted()
            for place in places { addChoices(place, places, before, base, time, oldest) }
        } else if places.count == 1 {
            advance(places[0], to: places[0], group, time, oldest)
        } else {
            for place in places { isFilled[place] = true }
            // From the back, so that a place is read before this event changes it.
            for place in representative.indices.reversed() where isFilled[place] {
                addFront(place, group, time, oldest)
            }
            for place in places { isFilled[place] = false }
            for place in usedBy.indices { usedBy[place] = -1 }
        }
    }

    /// The places of this event that end at `place`, lie next to each other and belong to different rules; for each
    /// way to begin among them the chain continues what stood before the event.
    private mutating func addFront(_ place: Int, _ group: Int, _ time: Int64, _ oldest: Int64) {
        var begin = place
        while begin >= 0, isFilled[begin], usedBy[representative[begin]] != place {
            usedBy[representative[begin]] = place
            advance(begin, to: place, group, time, oldest)
            begin -= 1
        }
    }

    /// Continues the chains that ended before `begin` up to `place`.
    private mutating func advance(_ begin: Int, to place: Int, _ group: Int, _ time: Int64, _ oldest: Int64) {
        let base = group * width
        let start = begin == 0 ? time : starts[base + begin]
        if start > oldest { starts[base + place + 1] = max(starts[base + place + 1], start) }
    }

    private mutating func addChoices(
        _ place: Int, _ places: [Int], _ before: [Int64], _ base: Int, _ time: Int64, _ oldest: Int64
    ) {
        let lower = places.filter { $0 < place && representative[$0] != representative[place] }
        for own in Self.choices(of: lower) where Set(own.map { representative[$0] }).count == own.count {
            let added = own.reduce(1 << place) { $0 | 1 << $1 }
            let first = own.min() ?? place
            if time > oldest { starts[base + added] = max(starts[base + added], time) }
            for earlier in 1..<(1 << first) where before[earlier] > oldest {
                starts[base + (earlier | added)] = max(starts[base + (earlier | added)], before[earlier])
            }
        }
    }

    private static func choices(of places: [Int]) -> [[Int]] {
        places.reduce([[]]) { choices, place in choices + choices.map { $0 + [place] } }
    }

    /// Whether all members of a group have happened in their order, the first after `oldest`.
    func isComplete(_ group: Int, after oldest: Int64) -> Bool { starts[group * width + width - 1] > oldest }

    /// Whether a choice of members that have happened in their order, the first after `oldest`, satisfies a test; the
    /// empty choice is one.
    func containsChoice(_ group: Int, after oldest: Int64, where satisfies: (Int) -> Bool) -> Bool {
        let base = group * width
        return satisfies(0) || (1..<width).contains { starts[base + $0] > oldest && satisfies($0) }
    }
}
