// SPDX-License-Identifier: Apache-2.0

/// A rule that matched an event of a stream.
public struct PlainHit: Sendable {
    /// When the event happened, in nanoseconds since the epoch.
    public var time: Int64
    /// The event's place in the stream: breaks ties of time, and hits of one event share it.
    public var event: Int
    /// Position of the rule in its `RuleSet`.
    public var rule: Int
    /// The event's values as text; null and objects are left out.
    public var fields: [String: [String]]

    /// Describes a hit.
    public init(time: Int64, event: Int, rule: Int, fields: [String: [String]]) {
        self.time = time
        self.event = event
        self.rule = rule
        self.fields = fields
    }
}

/// A correlation whose condition has come to hold.
public struct PlainFiring: Hashable, Sendable {
    /// Position of the correlation in its `RuleSet`.
    public var correlation: Int
    /// The values of the group-by fields, in their order.
    public var group: [String]
    /// The time of the event that completed it, in nanoseconds since the epoch.
    public var time: Int64

    /// Describes a firing.
    public init(correlation: Int, group: [String], time: Int64) {
        self.correlation = correlation
        self.group = group
        self.time = time
    }
}

/// A firing with what led to it.
public struct PlainExplainedFiring: Sendable {
    /// The firing.
    public var firing: PlainFiring
    /// Place in the stream of the event that completed it.
    public var event: Int
    /// Places in the stream of the events in its window, each once, in order.
    public var contributors: [Int]
    /// The values a correlation over this one sees: those of the completing event, with the group's.
    public var fields: [String: [String]]
}
