// SPDX-License-Identifier: Apache-2.0
import Events

/// A rule that holds for an event of a batch.
public struct Match: Hashable, Sendable, Comparable {
    /// Position of the event in its batch.
    public var event: Int
    /// Position of the rule in its `RuleSet`.
    public var rule: Int

    /// Names a rule and an event.
    public init(event: Int, rule: Int) {
        self.event = event
        self.rule = rule
    }

    /// Orders by event, then by rule.
    public static func < (a: Match, b: Match) -> Bool { (a.event, a.rule) < (b.event, b.rule) }
}

/// Anything that evaluates a rule set over events: the engine, and in the tests the plain evaluator it is held against.
public protocol Evaluator {
    /// The matches of a batch, sorted.
    mutating func matches(in batch: EventBatch) -> [Match]
}

/// Why a rule matched: one item of one search, with the value that satisfied it.
public struct Reason: Hashable, Sendable {
    /// The search identifier.
    public var selection: String
    /// The field; nil for a keyword.
    public var field: String?
    /// The pattern as the rule writes it, with its modifiers such as `contains: pty.spawn`.
    public var pattern: String
    /// The event's value.
    public var value: String
    /// The field the value was found in, as the events name it; nil when no value was looked at.
    public var place: FieldID?

    /// Puts a reason together.
    public init(selection: String, field: String?, pattern: String, value: String, place: FieldID? = nil) {
        self.selection = selection
        self.field = field
        self.pattern = pattern
        self.value = value
        self.place = place
    }

    /// Whether two reasons say the same, wherever their value was found.
    public func saysTheSame(as other: Reason) -> Bool {
        selection == other.selection && field == other.field && pattern == other.pattern && value == other.value
    }
}
