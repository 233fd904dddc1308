// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

/// Chooses the alerts that matter most, in bounded memory.
///
/// The most urgent first; among those of one level each rule has its first alert shown before any has its second: two
/// hundred alerts of one noisy rule say less than one of each rule.
struct UrgentAlerts: Sendable {
    private struct RuleAtLevel: Hashable {
        var rule: String
        var level: Level
    }

    /// The most that are kept.
    let most: Int
    private var seen: Set<RuleAtLevel> = []
    private var first: [Level: [Alert]] = [:]
    private var further: [Level: [Alert]] = [:]

    /// Keeps up to twice `most` alerts of each level.
    init(most: Int) { self.most = max(1, most) }

    /// Takes an alert, and keeps it if it may be among the most urgent.
    mutating func add(_ alert: Alert) {
        // What more urgent alerts fill already needs nothing less urgent.
        let above = first.lazy.filter { $0.key > alert.level }.reduce(0) { $0 + $1.value.count }
        guard above < most, alert.suppressed == nil else { return }
        let isFirst = seen.insert(RuleAtLevel(rule: alert.rule.identifier, level: alert.level)).inserted
        if isFirst {
            Self.insert(alert, into: &first[alert.level, default: []], most: most)
        } else {
            Self.insert(alert, into: &further[alert.level, default: []], most: most)
        }
    }

    /// Alerts mostly come in their order of output, so the place is looked for from the end.
    private static func insert(_ alert: Alert, into list: inout [Alert], most: Int) {
        var place = list.count
        while place > 0, Alert.precedes(alert, list[place - 1]) { place -= 1 }
        guard place < most else { return }
        list.insert(alert, at: place)
        if list.count > most { list.removeLast() }
    }

    /// The chosen alerts in the order in which they are shown.
    var chosen: [Alert] {
        var result: [Alert] = []
        for level in Level.allCases.reversed() { result += (first[level] ?? []) + (further[level] ?? []) }
        return Array(result.prefix(most))
    }
}
