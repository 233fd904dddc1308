// SPDX-License-Identifier: Apache-2.0
import Events

/// The open alerts of a folder, ordered by when they were last added to.
///
/// What a repeat touches (count, times, links) is kept apart from the alerts themselves, so that counting one moves a
/// few numbers and no reference counts. Every operation takes constant time.
struct OpenAlerts: Sendable {
    /// Which rule on which entity, judged how.
    struct Key: Hashable {
        var rule: RuleKey
        var entity: EntityKey
        var lane: Verdict.Lane
    }

    /// What a repeat changes.
    struct Tally {
        var count: Int
        /// Nanoseconds since the epoch; `Timestamp.unknown` without a time.
        var first: Timestamp
        var last: Timestamp
    }

    private struct Node {
        var key: Key
        var tally: Tally
        var footprint: Int
        var older: Int
        var newer: Int
    }

    private var places: [Key: Int] = [:]
    private var nodes: [Node] = []
    private var alerts: [Alert?] = []
    private var free: [Int] = []
    private var oldest = -1
    private var newest = -1
    /// About how many bytes of evidence the alerts hold.
    private(set) var evidence = 0
    /// How many alerts are open.
    var count: Int { places.count }

    /// Where the alert of a rule and entity is.
    func place(_ key: Key) -> Int? { places[key] }

    /// The counts of an alert.
    func tally(_ place: Int) -> Tally { nodes[place].tally }

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

    /// Changes the evidence of an alert.
    mutating func update(_ place: Int, _ change: (inout Alert) -> Void) {
        guard var alert = alerts[place] else { return }
        alerts[place] = nil
        change(&alert)
        let footprint = Self.footprint(alert)
        alerts[place] = alert
        evidence += footprint - nodes[place].footprint
        nodes[place].footprint = footprint
    }

    /// Opens an alert.
    mutating func insert(_ key: Key, _ alert: Alert) {
        let node = Node(
            key: key,
            tally: Tally(count: alert.count, first: alert.firstSeen ?? .unknown, last: alert.lastSeen ?? .unknown),
            footprint: Self.footprint(alert), older: -1, newer: -1)
        evidence += node.footprint
        let place: Int
        if let reused = free.popLast() {
            place = reused
            nodes[place] = node
            alerts[place] = alert
        } else {
            place = nodes.count
            nodes.append(node)
            alerts.append(alert)
        }
        places[key] = place
        linkAsNewest(place)
    }

    /// Closes an alert and gives it.
    mutating func remove(_ place: Int) -> Alert? {
        guard alerts.indices.contains(place), let alert = alerts[place] else { return nil }
        let node = nodes[place]
        unlink(place)
        places[node.key] = nil
        alerts[place] = nil
        free.append(place)
        evidence -= node.footprint
        return Self.settled(alert, node.tally)
    }

    /// Closes the alert that was quiet longest and gives it.
    mutating func removeOldest() -> Alert? { remove(oldest) }

    /// Closes all alerts and gives them, in no particular order.
    mutating func removeAll() -> [Alert] {
        let closed = nodes.indices.compactMap { place in
            alerts[place].map { Self.settled($0, nodes[place].tally) }
        }
        self = OpenAlerts()
        return closed
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

    /// The alert with its counts, and with the id of its final first time, which an event out of order may have moved.
    private static func settled(_ alert: Alert, _ tally: Tally) -> Alert {
        var settled = alert
        settled.count = tally.count
        settled.firstSeen = tally.first == .unknown ? nil : tally.first
        settled.lastSeen = tally.last == .unknown ? nil : tally.last
        settled.id = settled.identity()
        return settled
    }

    private static func footprint(_ alert: Alert) -> Int {
        let reasons = alert.why.reduce(1024 + alert.guidance.footprint) {
            $0 + $1.value.utf8.count + $1.pattern.utf8.count + 128
        }
        return alert.events.reduce(reasons) { $0 + $1.footprint }
    }
}
