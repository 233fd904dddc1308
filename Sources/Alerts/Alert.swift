// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Strategies

/// A rule that held for an entity, once or many times, with the evidence.
///
/// Documented in `docs/reference/alerts.md`.
public struct Alert: Hashable, Sendable {
    /// Names the JSON form; the number changes when a reader of the old form would misread the new one.
    public static let schema = "vedette.alert/1"

    /// The same for the same rule, entity and first time, in every run; given when the alert opens.
    public var id: String
    /// The rule.
    public var rule: RuleSummary
    /// How urgent it is, and why.
    public var priority: AlertPriority
    /// By which agreement it is silent; nil when it is to be looked at.
    public var suppressed: Suppression.Agreement?
    /// The strategy the rule belongs to.
    public var strategy: StrategyReference?
    /// What the strategy says to whoever looks at the alert.
    public var guidance: Guidance
    /// What of ATT&CK the rule is about.
    public var attack: AttackMapping
    /// How often the rule held.
    public var count: Int
    /// When it held first; nil when no event says.
    public var firstSeen: Timestamp?
    /// When it held last.
    public var lastSeen: Timestamp?
    /// Whom it is about.
    public var entity: Entity
    /// Why the rule held the first time.
    public var why: [Explanation]
    /// What a correlation measured the first time; nil for a plain rule.
    public var correlation: CorrelationDetail?
    /// Where the first event was read; nil when there is none.
    public var source: Source?
    /// How the events differed in the values that matched; empty when they did not.
    public var differing: [DifferingField]
    /// The inputs the events came from, in the order they were seen.
    public var sources: [AlertSource]
    /// How many events came from inputs there was no room for among `sources`.
    public var moreSources: Int
    /// The first few events, further ones that differ, and the latest one sampled after the first.
    public var events: [EventSnapshot]

    /// How urgent it is.
    public var level: Level { priority.level }

    /// Where an event was read.
    public struct Source: Hashable, Sendable {
        /// The input as the user named it.
        public var path: String
        /// Number of the record in the input, from 1.
        public var position: UInt64
        /// `product/category/service`.
        public var logsource: String

        /// Names a place.
        public init(path: String, position: UInt64, logsource: String) {
            self.path = path
            self.position = position
            self.logsource = logsource
        }
    }

    /// The order of output: most urgent first, then earliest first; alerts without a time come last of their level, and
    /// suppressed ones after all others.
    public static func precedes(_ a: Alert, _ b: Alert) -> Bool {
        if (a.suppressed == nil) != (b.suppressed == nil) { return a.suppressed == nil }
        if a.level != b.level { return a.level > b.level }
        let (first, second) = (a.firstSeen?.nanoseconds ?? .max, b.firstSeen?.nanoseconds ?? .max)
        if first != second { return first < second }
        return (a.rule.title, a.entity.id, a.id) < (b.rule.title, b.entity.id, b.id)
    }
}

extension Alert {
    /// An alert for the first time a rule held.
    public init(_ finding: Finding) {
        var folder = AlertFolder(
            vocabulary: finding.events.first?.vocabulary ?? Vocabulary(), limits: .unbounded, folding: .default)
        var changes: [AlertChange] = []
        folder.add(finding, into: &changes)
        self = changes[0].alert
    }
}

extension Alert.Source: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["path": .string(path), "position": .integer(Int64(clamping: position)), "logsource": .string(logsource)]
    }
}
