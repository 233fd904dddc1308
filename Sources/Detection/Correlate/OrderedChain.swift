// SPDX-License-Identifier: Apache-2.0

/// How far the members of an ordered correlation have come, without remembering their events.
///
/// For each choice of members that happened in the order of the list, the latest possible time of its first event: a
/// choice lies in the window when that time does. `temporal_ordered` needs only the choices that leave no member out at
/// the front (as many as there are members); the extended kind needs all (two to the power of their number).
struct OrderedChain {
    private static let never = Int64.min
    /// Most members of the extended kind.
    ///
    /// 1,024 choices a group.
    static let mostMembersOfChoices = 10

    /// Indexed by the set of members, a bit each; for plain chains only sets of the first k members are ever reached.
    private var starts: [Int64]
    private let members: Int
    private let keepsChoices: Bool

    init(members: Int, keepsChoices: Bool) {
        self.members = members
        self.keepsChoices = keepsChoices
        starts = Array(repeating: Self.never, count: keepsChoices ? 1 << members : members + 1)
    }

    /// Takes the matches of one event.
    ///
    /// `places` are the positions in the list it fills, `rule(place)` tells which member stands there. One event may
    /// fill several places, each by another rule.
    mutating func add(_ places: [Int], time: Int64, oldest: Int64, rule: (Int) -> Int) {
        let before = starts
        for place in places.sorted() {
            if keepsChoices {
                addChoices(place, places, before, time, oldest, rule)
            } else {
                addFront(place, places, before, time, oldest, rule)
            }
        }
    }

    /// The places of this event that end at `place`, lie next to each other and belong to different rules; for each
    /// way to begin among them the chain continues what stood before the event.
    private mutating func addFront(
        _ place: Int, _ places: [Int], _ before: [Int64], _ time: Int64, _ oldest: Int64, _ rule: (Int) -> Int
    ) {
        var used: Set<Int> = []
        var begin = place
        while begin >= 0, places.contains(begin), used.insert(rule(begin)).inserted {
            let start = begin == 0 ? time : before[begin]
            if start > oldest { starts[place + 1] = max(starts[place + 1], start) }
            begin -= 1
        }
    }

    private mutating func addChoices(
        _ place: Int, _ places: [Int], _ before: [Int64], _ time: Int64, _ oldest: Int64, _ rule: (Int) -> Int
    ) {
        let lower = places.filter { $0 < place && rule($0) != rule(place) }
        for own in Self.choices(of: lower) where Set(own.map(rule)).count == own.count {
            let added = own.reduce(1 << place) { $0 | 1 << $1 }
            let first = own.min() ?? place
            if time > oldest { starts[added] = max(starts[added], time) }
            for base in 1..<(1 << first) where before[base] > oldest {
                starts[base | added] = max(starts[base | added], before[base])
            }
        }
    }

    private static func choices(of places: [Int]) -> [[Int]] {
        places.reduce([[]]) { choices, place in choices + choices.map { $0 + [place] } }
    }

    /// Whether all members have happened in their order, the first after `oldest`.
    func isComplete(after oldest: Int64) -> Bool {
        let start = starts[keepsChoices ? (1 << members) - 1 : members]
        return start != Self.never && start > oldest
    }

    /// The choices of members that have happened in their order, the first after `oldest`, the empty one included.
    func choices(after oldest: Int64) -> [Int] {
        [0] + starts.indices.dropFirst().filter { starts[$0] != Self.never && starts[$0] > oldest }
    }
}
