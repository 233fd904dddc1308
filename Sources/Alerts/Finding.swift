// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import Strategies

/// A rule or correlation by its position in the `RuleSet`.
public typealias RuleKey = ResolvedCorrelation.Member

/// One time a rule held: what the folder makes alerts of.
public struct Finding: Sendable {
    /// Which rule, for folding.
    public var key: RuleKey
    /// The rule's title, level and the rest.
    public var rule: Metadata
    /// What a correlation measured; nil for a plain rule.
    public var correlation: CorrelationDetail?
    /// Whom it is about.
    public var entity: Entity
    /// The same as a number.
    public var entityKey: EntityKey
    /// Why the rule matched.
    public var reasons: [Reason]
    /// The events that made it match.
    public var events: [PackedEvent]
    /// The strategy the rule belongs to.
    public var strategy: StrategyReference?
    /// What the strategy tells the responder.
    public var guidance: Guidance?
    /// How urgent it is, and why.
    public var priority: AlertPriority
    /// By which agreement it is silent.
    public var suppression: Suppression.Agreement?
    /// What keeps it apart from others of its rule and entity.
    public var distinction = Verdict.Distinction.plain

    /// A rule that held for one event.
    public init(
        rule: Metadata, number: Int, entity: Entity, entityKey: EntityKey, reasons: [Reason], event: PackedEvent,
        strategy: StrategyReference? = nil
    ) {
        key = .rule(number)
        self.rule = rule
        self.entity = entity
        self.entityKey = entityKey
        self.reasons = reasons
        events = [event]
        self.strategy = strategy
        priority = AlertPriority(rule: rule.level ?? RuleSummary.defaultLevel)
    }

    /// A rule that held for one event, of which there is a snapshot.
    public init(
        rule: Metadata, number: Int, entity: Entity, entityKey: EntityKey, reasons: [Reason], event: EventSnapshot,
        strategy: StrategyReference? = nil
    ) {
        self.init(
            rule: rule, number: number, entity: entity, entityKey: entityKey, reasons: reasons,
            event: PackedEvent(event, vocabulary: Self.names), strategy: strategy)
    }

    /// A correlation that held for a group of events, of which there are snapshots.
    public init(
        correlation: Metadata, number: Int, detail: CorrelationDetail, reasons: [Reason] = [],
        events: [EventSnapshot], strategy: StrategyReference? = nil
    ) {
        self.init(
            correlation: correlation, number: number, detail: detail, reasons: reasons,
            events: events.map { PackedEvent($0, vocabulary: Self.names) }, strategy: strategy)
    }

    /// The names in snapshots, which know no vocabulary; a folder translates them.
    private static let names = Vocabulary()

    /// A correlation that held for a group of events; the group's values are its entity.
    ///
    /// `secret` is that of the folder the finding is for.
    public init(
        correlation: Metadata, number: Int, detail: CorrelationDetail, reasons: [Reason] = [],
        events: [PackedEvent], strategy: StrategyReference? = nil, secret: Secret = .process
    ) {
        key = .correlation(number)
        rule = correlation
        self.correlation = detail
        let group = detail.group.entries.map { ($0.name, $0.values.first?.scalarText ?? "") }
        entity = Entity(group: group)
        entityKey = EntityKey(group: group, secret: secret)
        self.reasons = reasons
        self.events = events
        self.strategy = strategy
        priority = AlertPriority(rule: correlation.level ?? RuleSummary.defaultLevel)
    }

    /// The fields that made it match, in the order of its reasons.
    func matchedFields(_ vocabulary: Vocabulary) -> [FieldID?] {
        reasons.map { $0.place ?? $0.field.map(vocabulary.field) }
    }

    /// Takes over what a policy says about it.
    public mutating func apply(_ verdict: Verdict, of policy: AlertPolicy) {
        priority = policy.priority(of: verdict, for: key)
        suppression = policy.suppression(of: verdict)
        guidance = policy.guidance(for: key)
        distinction = verdict.distinction
    }
}

/// What a correlation measured.
public struct CorrelationDetail: Hashable, Sendable {
    /// What is counted or ordered, in Sigma's word, such as `event_count`.
    public var type: String
    /// Width of the window in seconds.
    public var timespan: Int
    /// The group-by fields with their values.
    public var group: NamedValues
    /// The measured value; nil for temporal correlations.
    public var value: Double?

    /// Describes a measurement.
    public init(kind: Correlation.Kind, timespan: Int, group: [(name: String, value: String)], value: Double?) {
        type = kind.rawValue
        self.timespan = timespan
        self.group = NamedValues(group)
        self.value = value
    }
}

extension CorrelationDetail: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        [
            "type": .string(type), "timespan": .integer(Int64(timespan)), "group": group.json,
            "value": value.map(JSONValue.number) ?? .null,
        ]
    }
}

/// The strategy a rule belongs to.
public struct StrategyReference: Hashable, Sendable {
    /// Name of the strategy's folder.
    public var id: String
    /// Title of the document.
    public var title: String
    /// The document as the user named it.
    public var path: String

    /// Names a strategy.
    public init(id: String, title: String, path: String) {
        self.id = id
        self.title = title
        self.path = path
    }
}

extension StrategyReference: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue { ["id": .string(id), "title": .string(title), "path": .string(path)] }
}
