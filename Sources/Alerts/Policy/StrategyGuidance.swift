// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What a strategy tells the responder, before an event fills its commands.
public struct StrategyGuidance: Hashable, Sendable {
    /// What the strategy wants to catch.
    public private(set) var goal: String?
    /// What a stranger must know to judge an alert, as plain text.
    public private(set) var technicalContext: String?
    /// Ways past the strategy.
    public private(set) var blindSpots: [BlindSpot]
    /// What to do, in order.
    public private(set) var response: [Step]

    /// How much is kept, in bytes and counts.
    public enum Limits {
        /// Longest goal, and longest technical context.
        public static let prose = 2048
        /// Longest statement, step or condition.
        public static let sentence = 1024
        /// Longest command.
        public static let command = 4096
        /// Most blind spots, steps, or decisions of a step.
        public static let count = 32
    }

    /// Puts guidance together; what is too long is cut, which its text says.
    public init(
        goal: String? = nil, technicalContext: String? = nil, blindSpots: [BlindSpot] = [], response: [Step] = []
    ) {
        self.goal = goal.map { Bounded.text($0, limit: Limits.prose) }
        self.technicalContext = technicalContext.map { Bounded.text($0, limit: Limits.prose) }
        self.blindSpots = blindSpots.prefix(Limits.count).map { spot in
            var spot = spot
            spot.statement = Bounded.text(spot.statement, limit: Limits.sentence)
            return spot
        }
        self.response = response.prefix(Limits.count).map { step in
            var step = step
            step.action = Bounded.text(step.action, limit: Limits.sentence)
            // Half a command is worse than none.
            if let command = step.command, command.text.utf8.count > Limits.command { step.command = nil }
            step.decisions = step.decisions.prefix(Limits.count).map {
                .init(
                    condition: Bounded.text($0.condition, limit: Limits.sentence),
                    next: Bounded.text($0.next, limit: Limits.sentence))
            }
            return step
        }
    }

    /// A way past the strategy.
    public struct BlindSpot: Hashable, Sendable {
        /// Unique in the document.
        public var id: String
        /// In a sentence.
        public var statement: String
        /// Ids or names of the rules that are blind; nil for all.
        public var rules: [String]?

        /// Describes a blind spot.
        public init(id: String, statement: String, rules: [String]? = nil) {
            self.id = id
            self.statement = statement
            self.rules = rules
        }
    }

    /// A step of the response.
    public struct Step: Hashable, Sendable {
        /// Unique in the document.
        public var id: String
        /// What to do.
        public var action: String
        /// A command that does it.
        public var command: CommandTemplate?
        /// Where to go next.
        public var decisions: [Guidance.Decision]

        /// Describes a step.
        public init(
            id: String, action: String, command: CommandTemplate? = nil, decisions: [Guidance.Decision] = []
        ) {
            self.id = id
            self.action = action
            self.command = command
            self.decisions = decisions
        }
    }

    /// The guidance for an alert: blind spots of its rule before those of all rules, commands with the values of its first event.
    func guidance(for rule: Metadata, event: EventSnapshot?) -> Guidance {
        let names = [rule.id, rule.name].compactMap { $0?.lowercased() }
        let shell: CommandTemplate.Shell = event?.logsource.hasPrefix("windows/") ?? false ? .windows : .posix
        let own = blindSpots.filter { $0.rules?.contains { names.contains($0.lowercased()) } ?? false }
        return Guidance(
            goal: goal, technicalContext: technicalContext,
            blindSpots: (own + blindSpots.filter { $0.rules == nil }).map { .init(id: $0.id, statement: $0.statement) },
            response: response.map { step in
                .init(
                    id: step.id, action: step.action,
                    command: step.command?.filled(from: event?.fields ?? NamedValues(), shell: shell),
                    decisions: step.decisions)
            })
    }
}
