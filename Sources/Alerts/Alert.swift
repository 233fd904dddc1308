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

    /// The same for the same rule, entity and first time, in every run.
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
    /// The first few events, and the latest one sampled after them.
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

    /// An alert for the first time a rule held.
    public init(_ finding: Finding) {
        rule = RuleSummary(finding.rule)
        priority = finding.priority
        suppressed = finding.suppression
        strategy = finding.strategy
        guidance = finding.guidance?.filled(for: finding.rule, event: finding.events.first) ?? Guidance()
        attack = AttackMapping(tags: finding.rule.tags)
        count = 1
        firstSeen = finding.events.compactMap(\.time).min()
        lastSeen = finding.events.compactMap(\.time).max()
        entity = finding.entity
        why = finding.reasons.prefix(Explanation.most).map(Explanation.init)
        correlation = finding.correlation
        source = finding.events.first.map {
            Source(path: $0.path, position: $0.position, logsource: $0.logsource)
        }
        events = finding.events
        id = ""
        id = identity()
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

    /// FNV-1a over rule, entity and first time, and what else keeps alerts apart.
    ///
    /// Without a time the first event's position tells alerts apart.
    func identity() -> String {
        var hash = FNV128()
        hash.add(rule.identifier)
        hash.add(correlation == nil ? "rule" : "correlation")
        hash.add(entity.kind.rawValue)
        for entry in entity.fields.entries {
            hash.add(entry.name)
            for value in entry.values { hash.add(value.scalarText ?? "") }
        }
        hash.add(firstSeen?.rfc3339 ?? "position \(source?.position ?? 0)")
        if let criterion = priority.criterion { hash.add("criterion \(criterion)") }
        if let suppressed { hash.add("suppressed \(suppressed.id)") }
        return hash.description
    }
}

extension Alert.Source: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["path": .string(path), "position": .integer(Int64(clamping: position)), "logsource": .string(logsource)]
    }
}
