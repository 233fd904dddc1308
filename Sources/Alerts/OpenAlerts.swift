// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// The open alerts of a folder, ordered by when they were last added to.
///
/// What a repeat touches (counts, times, values, links) is kept apart from the alerts themselves, so that counting one
/// moves a few numbers. Every operation takes constant time.
struct OpenAlerts: Sendable {
    /// Which rule on which entity, judged how.
    struct Key: Hashable {
        var rule: RuleKey
        var entity: EntityKey
        var distinction: Verdict.Distinction
    }

    /// What a repeat changes.
    struct Tally {
        var count: Int
        /// Nanoseconds since the epoch; `Timestamp.unknown` without a time.
        var first: Timestamp
        var last: Timestamp
    }

    /// Names an open alert beyond its end: what comes after it in the same place has another generation.
    struct Ticket: Hashable {
        var place: Int32
        var generation: UInt32
    }

    /// What is known of an open alert beside what it says.
    struct Node {
        var key: Key
        var tally: Tally
        /// How urgent the alert is.
        var level: Level
        var values: DifferingValues
        var sources = SourceCounts()
        /// The time of events up to which nothing was heard, for an alert without a time of its own.
        var quietSince = Timestamp.unknown
        /// Whether a change was told less than a second ago.
        var isThrottled = false
        /// Whether something happened that was not told yet.
        var isHeld = false
        fileprivate var footprint = 0
        fileprivate var generation: UInt32 = 0
        fileprivate var older = -1
        fileprivate var newer = -1

        init(key: Key, tally: Tally, level: Level, values: DifferingValues) {
            self.key = key
            self.tally = tally
            self.level = level
            self.values = values
        }
    }

    private var places: [Key: Int] = [:]
    private var nodes: [Node] = []
    private var alerts: [OpenAlert?] = []
    private var free: [Int] = []
    private(set) var oldest = -1
    private(set) var newest = -1
    /// About how many bytes the alerts hold.
    private(set) var evidence = 0
    /// How many alerts are open.
    var count: Int { places.count }

    /// Where the alert of a rule and entity is.
    func place(_ key: Key) -> Int? { places[key] }

    /// What is known of an alert.
    subscript(place: Int) -> Node {
        _read { yield nodes[place] }
        _modify { yield &nodes[place] }
    }

    /// What an alert says; nil where none is.
    func alert(_ place: Int) -> OpenAlert? { alerts.indices.contains(place) ? alerts[place] : nil }

    /// Whether an alert keeps another event because it differs.
    func hasRoom(_ place: Int, _ limits: AlertFolder.Limits) -> Bool {
        alerts[place]?.hasRoomForDiffering(limits) ?? false
    }

    /// The name of an alert for later.
    func ticket(_ place: Int) -> Ticket { Ticket(place: Int32(place), generation: nodes[place].generation) }

    /// The alert of a name; nil when it is over.
    func place(_ ticket: Ticket) -> Int? {
        let place = Int(ticket.place)
        return alerts[place] != nil && nodes[place].generation == ticket.generation ? place : nil
    }

    /// Counts a repeat and makes its alert the newest.
    mutating func count(_ place: Int, from first: Timestamp, to last: Timestamp) {
        nodes[place].tally.count += 1
        if first != .unknown {
            let known = nodes[place].tally
            nodes[place].tally.first = known.first == .unknown ? first : min(known.first, first)
            nodes[place].tally.last = max(known.last, last)
        }
        guard place != newest else { return }
        unlink(place)
        linkAsNewest(place)
    }

    /// Changes what an alert says.
    mutating func update(_ place: Int, _ change: (inout OpenAlert) -> Void) {
        guard var alert = alerts[place] else { return }
        alerts[place] = nil
        change(&alert)
        alerts[place] = alert
        weigh(place)
    }

    /// Opens an alert and tells where.
    mutating func insert(_ node: Node, _ alert: OpenAlert) -> Int {
        let place: Int
        if let reused = free.popLast() {
            place = reused
            let generation = nodes[place].generation &+ 1
            nodes[place] = node
            nodes[place].generation = generation
            alerts[place] = alert
        } else {
            place = nodes.count
            nodes.append(node)
            alerts.append(alert)
        }
        places[node.key] = place
        linkAsNewest(place)
        weigh(place)
        return place
    }

    /// Closes an alert.
    mutating func remove(_ place: Int) {
        guard alerts.indices.contains(place), alerts[place] != nil else { return }
        unlink(place)
        places[nodes[place].key] = nil
        alerts[place] = nil
        free.append(place)
        evidence -= nodes[place].footprint
    }

    /// Where alerts are, from the one that was quiet longest.
    var all: [Int] {
        var all: [Int] = []
        all.reserveCapacity(count)
        var place = oldest
        while place >= 0 {
            all.append(place)
            place = nodes[place].newer
        }
        return all
    }

    /// Weighs an alert anew: what it says, or what is known of it, has grown.
    mutating func weigh(_ place: Int) {
        guard let alert = alerts[place] else { return }
        let footprint = alert.footprint + nodes[place].values.footprint + nodes[place].sources.footprint
        evidence += footprint - nodes[place].footprint
        nodes[place].footprint = footprint
    }

    private mutating func unlink(_ place: Int) {
        let (older, newer) = (nodes[place].older, nodes[place].newer)
        if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
        if newer >= 0 { nodes[newer].older = older } else { newest = older }
    }

    private mutating func linkAsNewest(_ place: Int) {
        nodes[place].older = newest
        nodes[place].newer = -1
        if newest >= 0 { nodes[newest].newer = place } else { oldest = place }
        newest = place
    }
}
