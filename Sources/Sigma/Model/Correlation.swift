// SPDX-License-Identifier: Apache-2.0

/// A correlation (Sigma specification 2.1, "Sigma Correlation Rules").
public struct Correlation: Sendable, Hashable {
    /// What is counted or ordered.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case eventCount = "event_count"
        case valueCount = "value_count"
        case temporal
        case temporalOrdered = "temporal_ordered"
        case valueSum = "value_sum"
        case valueAverage = "value_avg"
        case valuePercentile = "value_percentile"
        case valueMedian = "value_median"
        case temporalExtended = "temporal_extended"
        case temporalOrderedExtended = "temporal_ordered_extended"
    }

    /// One bound of the condition.
    public struct Bound: Sendable, Hashable {
        /// How the measured value is compared with `value`.
        public enum Comparison: String, Sendable, Hashable, CaseIterable {
            case gt, gte, lt, lte, eq, neq
        }
        /// The comparison.
        public var comparison: Comparison
        /// The threshold.
        public var value: Double

        /// Makes a bound.
        public init(_ comparison: Comparison, _ value: Double) {
            self.comparison = comparison
            self.value = value
        }
    }

    /// Most rules of an ordered correlation with an expression, since any choice of them may be what satisfies it.
    public static let mostRulesOfChoices = 10

    /// Title, id, level and the rest.
    public var metadata: Metadata
    /// What is counted or ordered.
    public var kind: Kind
    /// The members, by id or name, in order; resolved in `RuleSet`.
    public var rules: [String]
    /// Fields that must be equal among the events of one group.
    public var groupBy: [String]
    /// Width of the sliding window in seconds.
    public var timespan: Int
    /// All must hold of the measured value; empty for temporal kinds.
    public var bounds: [Bound] = []
    /// The fields whose values are counted, summed, averaged or ranked.
    public var fields: [String] = []
    /// Which percentile (0 to 100) of the values is measured, for `valuePercentile`.
    public var percentile: Double?
    /// For the extended temporal kinds: a condition over member rules.
    public var condition: Condition?
    /// alias -> member rule -> that rule's field.
    public var aliases: [String: [String: String]] = [:]
    /// Whether the member rules also give alerts of their own.
    public var generate = false

    /// Puts a correlation together.
    public init(metadata: Metadata, kind: Kind, rules: [String], groupBy: [String], timespan: Int) {
        self.metadata = metadata
        self.kind = kind
        self.rules = rules
        self.groupBy = groupBy
        self.timespan = timespan
    }
}

/// A filter (Sigma specification 2.1, "Sigma Filters"): its condition is ANDed to the rules it names.
public struct Filter: Sendable, Hashable {
    /// Title, id and the rest.
    public var metadata: Metadata
    /// The rule's log source must be covered by this one.
    public var logsource: RuleLogSource
    /// The rules it applies to by id or name; nil for any.
    public var rules: [String]?
    /// Searches and condition.
    public var detection: Detection

    /// Puts a filter together.
    public init(metadata: Metadata, logsource: RuleLogSource, rules: [String]?, detection: Detection) {
        self.metadata = metadata
        self.logsource = logsource
        self.rules = rules
        self.detection = detection
    }
}
