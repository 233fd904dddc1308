// SPDX-License-Identifier: Apache-2.0

/// What an alert tells its responder, in its strategy's own words.
public struct Guidance: Hashable, Sendable {
    /// What the strategy wants to catch.
    public var goal: String?
    /// What a stranger must know to judge the alert, as plain text.
    public var technicalContext: String?
    /// Ways past the rule.
    public var blindSpots: [BlindSpot] = []
    /// What to do, in order.
    public var response: [Step] = []

    /// Says nothing.
    public init() {}

    /// Puts guidance together.
    public init(goal: String?, technicalContext: String?, blindSpots: [BlindSpot], response: [Step]) {
        self.goal = goal
        self.technicalContext = technicalContext
        self.blindSpots = blindSpots
        self.response = response
    }

    /// A way past the rule.
    public struct BlindSpot: Hashable, Sendable {
        /// Its id in the document.
        public var id: String
        /// In a sentence.
        public var statement: String

        /// Describes a blind spot.
        public init(id: String, statement: String) {
            self.id = id
            self.statement = statement
        }
    }

    /// A step of the response.
    public struct Step: Hashable, Sendable {
        /// Its id in the document.
        public var id: String
        /// What to do.
        public var action: String
        /// A command that does it, with the values of the alert's first event; `{field}` where a value was not there or
        /// could not be written safely.
        public var command: String?
        /// Where to go next.
        public var decisions: [Decision]

        /// Describes a step.
        public init(id: String, action: String, command: String? = nil, decisions: [Decision] = []) {
            self.id = id
            self.action = action
            self.command = command
            self.decisions = decisions
        }
    }

    /// Where a step leads.
    public struct Decision: Hashable, Sendable {
        /// When.
        public var condition: String
        /// The id of another step, `close` or `escalate`.
        public var next: String

        /// Describes a decision.
        public init(condition: String, next: String) {
            self.condition = condition
            self.next = next
        }
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
        response = try container.decodeIfPresent([Step].self, forKey: .response) ?? []
    }
}

extension Guidance.BlindSpot: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue { ["id": .string(id), "statement": .string(statement)] }
}

extension Guidance.Step: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, command
        case action = "do"
        case decisions = "decide"
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "id": .string(id), "do": .string(action), "command": .text(command),
            "decide": .array(decisions.map(\.json)),
        ]
    }
}

extension Guidance.Decision: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case condition = "if"
        case next = "then"
    }

    /// The JSON form.
    public var json: JSONValue { ["if": .string(condition), "then": .string(next)] }
}
