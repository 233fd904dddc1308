// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What a strategy tells the responder, in its own words.
///
/// A strategy's guidance has the commands of its playbook as templates and all its blind spots; an alert's has the
/// commands filled from its event and the blind spots of its rule.
public struct Guidance: Hashable, Sendable {
    /// What the strategy wants to catch.
    public private(set) var goal: String?
    /// What a stranger must know to judge an alert, as plain text.
    public private(set) var technicalContext: String?
    /// Ways past the strategy, or past the alert's rule.
    public private(set) var blindSpots: [BlindSpot] = []
    /// What to do, in order.
    public private(set) var response: [PlaybookStep] = []

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

    /// Says nothing.
    public init() {}

    /// Puts guidance together; what is too long is cut, which its text says.
    public init(
        goal: String? = nil, technicalContext: String? = nil, blindSpots: [BlindSpot] = [],
        response: [PlaybookStep] = []
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
            if let command = step.command, command.utf8.count > Limits.command { step.command = nil }
            step.decisions = step.decisions.prefix(Limits.count).map {
                .init(
                    condition: Bounded.text($0.condition, limit: Limits.sentence),
                    next: Bounded.text($0.next, limit: Limits.sentence))
            }
            return step
        }
    }

    /// Takes over guidance that was bounded before.
    init(goal: String?, technicalContext: String?, blindSpots: [BlindSpot], response: [PlaybookStep], isWhole: Bool) {
        self.goal = goal
        self.technicalContext = technicalContext
        self.blindSpots = blindSpots
        self.response = response
    }

    /// The guidance for an alert: blind spots of its rule before those of all rules, commands with the values of its
    /// first event.
    func filled(for rule: Metadata, event: EventSnapshot?) -> Guidance {
        let names = [rule.id, rule.name].compactMap { $0?.lowercased() }
        let shell: CommandTemplate.Shell = event?.logsource.hasPrefix("windows/") ?? false ? .windows : .posix
        let fields = event?.fields ?? NamedValues()
        let own = blindSpots.filter { $0.rules?.contains { names.contains($0.lowercased()) } ?? false }
        var filled = self
        filled.blindSpots = (own + blindSpots.filter { $0.rules == nil }).map {
            BlindSpot(id: $0.id, statement: $0.statement)
        }
        filled.response = response.map { step in
            var step = PlaybookStep(
                id: step.id, action: step.action, command: step.command, decisions: step.decisions)
            if let command = step.command {
                (step.command, step.unfilled) = CommandTemplate(command).filled(from: fields, shell: shell)
            }
            return step
        }
        return filled
    }

    /// About how many bytes of memory it holds for itself; the strategy's texts are shared by all its alerts.
    var footprint: Int { response.reduce(64) { $0 + 64 + ($1.command?.utf8.count ?? 0) } }
}

extension Guidance: Decodable {
    private enum CodingKeys: String, CodingKey {
        case goal, response
        case technicalContext = "technical_context"
        case blindSpots = "blind_spots"
    }

    /// The members that stand beside the strategy's id, title and path.
    var members: [JSONValue.Member] {
        [
            .init("goal", .text(goal)), .init("technical_context", .text(technicalContext)),
            .init("blind_spots", .array(blindSpots.map(\.json))), .init("response", .array(response.map(\.json))),
        ]
    }

    /// Reads the members; those that are absent say nothing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        goal = try container.decodeIfPresent(String.self, forKey: .goal)
        technicalContext = try container.decodeIfPresent(String.self, forKey: .technicalContext)
        blindSpots = try container.decodeIfPresent([BlindSpot].self, forKey: .blindSpots) ?? []
        response = try container.decodeIfPresent([PlaybookStep].self, forKey: .response) ?? []
    }
}
