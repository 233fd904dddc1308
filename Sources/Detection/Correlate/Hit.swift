// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A match of a rule that some correlation counts.
public struct Hit: Sendable {
    /// When the event happened.
    public var time: Timestamp
    /// Position of the rule in its `RuleSet`.
    public var rule: Int
    /// The event alone (see `EventBatch.copy(of:)`).
    public var event: EventBatch

    /// Number of the event in its stream: the hits of one event have the same, and it breaks ties of time.
    public var identity: UInt64
    /// Whether the event is known to be benign: it counts, and a firing tells when nothing else did.
    public var isExcused: Bool

    /// Describes a hit.
    public init(time: Timestamp, rule: Int, identity: UInt64, event: EventBatch, isExcused: Bool = false) {
        self.time = time
        self.identity = identity
        self.rule = rule
        self.event = event
        self.isExcused = isExcused
    }
}

/// A correlation whose condition began to hold for a group.
public struct Firing: Sendable {
    /// Position of the correlation in its `RuleSet`.
    public var correlation: Int
    /// The values of the group-by fields, in their order.
    public var group: [String]
    /// Time of the event that made the condition hold.
    public var time: Timestamp
    /// What was measured: a count, a sum, a percentile; the number of members seen for temporal kinds.
    public var measured: Double
    /// Events that contributed: for temporal kinds the latest of each member, otherwise the latest few; fewer when the
    /// bound on their memory made some be given up.
    public var events: [MemberEvent]
    /// Whether every hit in the window was excused.
    public var isExcused: Bool
    /// What a correlation over this one sees: the event that made the condition hold, and the group's values, with
    /// those of the correlations it came through.
    var values: CorrelationValues
}

/// An event that contributed to a firing, with the rule it matched.
public struct MemberEvent: Sendable {
    /// Position of the rule in its `RuleSet`.
    public var rule: Int
    /// The event alone.
    public var event: EventBatch
}
