// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// What a run's alerts come to: which rules, where, when, how urgent.
///
/// Built alert by alert; no alert is kept. Memory is bounded by the number of rules and by constants.
public struct Overview: Sendable {
    /// What a rule's alerts come to.
    struct RuleLine: Sendable {
        /// The rule's title.
        var title: String
        /// The rule's id, name or title.
        var identifier: String
        /// The strategy's id; nil for a rule of none.
        var strategy: String?
        /// The highest level of its alerts.
        var highest: Level
        /// How many alerts.
        var alerts: UInt64 = 0
        /// How often the rule held in all of them.
        var matches: UInt64 = 0
        var hosts = DistinctNames(most: 100)
        /// When first and last; nil when no event says.
        var first: Timestamp?, last: Timestamp?

        /// The order of the overview: most urgent, then most alerts, then by title.
        static func precedes(_ a: RuleLine, _ b: RuleLine) -> Bool {
            (b.highest, b.alerts, a.title, a.identifier) < (a.highest, a.alerts, b.title, b.identifier)
        }
    }

    private struct RuleName: Hashable {
        var strategy: String?
        var rule: String
    }

    /// How many alerts there are, suppressed ones apart.
    public private(set) var alerts: UInt64 = 0
    /// How many more are suppressed.
    public private(set) var suppressed: UInt64 = 0
    /// Alerts by level.
    private(set) var levels: [Level: UInt64] = [:]
    private(set) var hosts = DistinctNames(most: 10_000)
    private(set) var first: Timestamp?
    private(set) var last: Timestamp?
    /// When alerts began.
    private(set) var histogram = TimeHistogram()
    /// Who comes up most often.
    private(set) var topHosts = TopValues()
    private(set) var topAccounts = TopValues()
    private(set) var topPrograms = TopValues()
    /// Titles of strategies by their ids.
    private(set) var strategies: [String: String] = [:]
    private var rules: [RuleName: RuleLine] = [:]
    /// How many rules have alerts.
    var ruleCount: Int { rules.count }

    /// An overview of nothing.
    public init() {}

    /// Counts an alert.
    public mutating func add(_ alert: Alert) {
        guard alert.suppressed == nil else {
            suppressed += 1
            return
        }
        alerts += 1
        let level = alert.level
        levels[level, default: 0] += 1
        if let strategy = alert.strategy { strategies[strategy.id] = strategy.title }
        let name = RuleName(strategy: alert.strategy?.id, rule: alert.rule.identifier)
        var line =
            rules[name]
            ?? RuleLine(
                title: alert.rule.title, identifier: alert.rule.identifier, strategy: alert.strategy?.id, highest: level
            )
        line.alerts += 1
        line.matches += UInt64(max(0, alert.count))
        line.highest = max(line.highest, level)
        Self.widen(&line.first, &line.last, alert)
        for host in alert.hosts {
            line.hosts.add(host)
            hosts.add(host)
            topHosts.add(host, level: level)
        }
        rules[name] = line
        Self.widen(&first, &last, alert)
        if let time = alert.firstSeen { histogram.add(time, level: level) }
        if let account = alert.user { topAccounts.add(account, level: level) }
        if let program = alert.program { topPrograms.add(program, level: level) }
    }

    private static func widen(_ first: inout Timestamp?, _ last: inout Timestamp?, _ alert: Alert) {
        if let time = alert.firstSeen { first = first.map { min($0, time) } ?? time }
        if let time = alert.lastSeen { last = last.map { max($0, time) } ?? time }
    }

    /// A strategy's rules, most urgent first.
    struct Group: Sendable {
        /// The strategy's title; nil for rules of none.
        var title: String?
        var lines: [RuleLine]
        /// How many rules and alerts of the strategy are left out.
        var leftOut = (rules: 0, alerts: UInt64(0), highest: Level.informational)
    }

    /// The rules by strategy, most urgent first: those that stand at `places` among all; what comes after them is counted.
    func groups(_ places: Range<Int>) -> [Group] {
        let all = rules.values.sorted(by: RuleLine.precedes)
        var groups: [Group] = []
        var groupPlaces: [String?: Int] = [:]
        for (number, line) in all.enumerated().dropFirst(places.lowerBound) {
            let place = groupPlaces[line.strategy] ?? groups.count
            if place == groups.count {
                groupPlaces[line.strategy] = place
                groups.append(Group(title: line.strategy.map { strategies[$0] ?? $0 }, lines: []))
            }
            if places.contains(number) {
                groups[place].lines.append(line)
            } else {
                groups[place].leftOut.rules += 1
                groups[place].leftOut.alerts += line.alerts
                groups[place].leftOut.highest = max(groups[place].leftOut.highest, line.highest)
            }
        }
        return groups
    }
}
