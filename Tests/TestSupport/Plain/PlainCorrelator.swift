// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Sigma's correlations by brute force: for each event of each group the whole window is looked at again.
///
/// The answers to what the specification leaves open are in `docs/explanation/sigma-semantics.md`.
public struct PlainCorrelator {
    private let rules: RuleSet

    /// Prepares the correlations of a set.
    public init(rules: RuleSet) { self.rules = rules }

    /// Every firing, by time, then place in the stream, correlation and group.
    public func firings(of hits: [PlainHit]) -> [PlainFiring] { explainedFirings(of: hits).map(\.firing) }

    /// Every firing with what led to it, in the order of `firings(of:)`.
    public func explainedFirings(of hits: [PlainHit]) -> [PlainExplainedFiring] {
        var found: [[PlainExplainedFiring]] = []
        for (index, correlation) in rules.correlations.enumerated() {
            let occurrences = Set(correlation.members).flatMap { member in
                // A member that is listed twice happens once.
                let positions = Set(correlation.members.indices.filter { correlation.members[$0] == member })
                switch member {
                case .rule(let rule):
                    return hits.filter { $0.rule == rule && $0.time != .min }.map {
                        PlainOccurrence(time: $0.time, event: $0.event, members: positions, fields: $0.fields)
                    }
                case .correlation(let inner):
                    return found[inner].map {
                        PlainOccurrence(time: $0.firing.time, event: $0.event, members: positions, fields: $0.fields)
                    }
                }
            }
            found.append(firings(of: index, occurrences))
        }
        return found.joined().sorted {
            let a = ($0.firing.time, $0.event, $0.firing.correlation)
            let b = ($1.firing.time, $1.event, $1.firing.correlation)
            return a == b ? $0.firing.group.lexicographicallyPrecedes($1.firing.group) : a < b
        }
    }

    private func firings(of index: Int, _ occurrences: [PlainOccurrence]) -> [PlainExplainedFiring] {
        let reading = PlainCorrelationReading(rules.correlations[index], in: rules)
        var groups: [[String]: [PlainOccurrence]] = [:]
        for occurrence in occurrences {
            guard let group = reading.group(of: occurrence), reading.takesPart(occurrence) else { continue }
            groups[group, default: []].append(occurrence)
        }
        return groups.flatMap { group, members in
            firings(of: index, group, members.sorted { $0.order < $1.order }, reading)
        }
    }

    /// The firings of one group: at each event where the condition holds and did not before.
    private func firings(
        of index: Int, _ group: [String], _ occurrences: [PlainOccurrence], _ reading: PlainCorrelationReading
    ) -> [PlainExplainedFiring] {
        var found: [PlainExplainedFiring] = []
        var held = false
        var lastTime: Int64?
        for (position, occurrence) in occurrences.enumerated() {
            // Hits of one event count together, so only the last of them is looked at.
            if position + 1 < occurrences.count, occurrences[position + 1].moment == occurrence.moment { continue }
            let window = occurrences[...position].filter { reading.window(endingAt: occurrence.time, holds: $0.time) }
            // When everything before has left the window, an episode is over.
            if let lastTime, !reading.window(endingAt: occurrence.time, holds: lastTime) { held = false }
            lastTime = occurrence.time
            let holds = reading.holds(of: window)
            if holds && !held {
                var fields = occurrence.fields
                for (name, value) in zip(reading.correlation.groupBy, group) { fields[name] = [value] }
                found.append(
                    PlainExplainedFiring(
                        firing: PlainFiring(correlation: index, group: group, time: occurrence.time),
                        event: occurrence.event, contributors: Set(window.map(\.event)).sorted(), fields: fields))
            }
            held = holds
        }
        return found
    }
}

/// Something that happened to a correlation: an event that matched one of its members.
struct PlainOccurrence {
    var time: Int64
    var event: Int
    /// Which members matched, by position in the correlation's list.
    var members: Set<Int>
    var fields: [String: [String]]

    /// Its place in the order of things.
    var moment: Moment { Moment(time: time, event: event) }

    /// The same, with the member's place in the list for hits of one event.
    var order: (Moment, Int) { (moment, members.min() ?? 0) }

    /// A time and a place in the stream.
    struct Moment: Comparable {
        var time: Int64
        var event: Int

        static func < (a: Moment, b: Moment) -> Bool { (a.time, a.event) < (b.time, b.event) }
    }
}
