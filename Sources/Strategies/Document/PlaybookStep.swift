// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A step of the response.
public struct PlaybookStep: Sendable, Hashable {
    /// Unique in the document.
    public var id: String
    /// What to do.
    public var action: String
    /// A command that does it.
    ///
    /// In the document `{field}` stands for a field of the alert's event; in an alert its value
    /// does, where there was one that could be written safely.
    public var command: String?
    /// In an alert: the names still in braces in the command, each once.
    public var unfilled: [String]
    /// Where to go next.
    public var decisions: [Decision]
    /// Where it stands in the document; in an alert nowhere, an empty file name.
    public var location: SourceLocation

    /// Describes a step.
    public init(
        id: String, action: String, command: String? = nil, unfilled: [String] = [], decisions: [Decision] = [],
        location: SourceLocation = SourceLocation(file: "")
    ) {
        self.id = id
        self.action = action
        self.command = command
        self.unfilled = unfilled
        self.decisions = decisions
        self.location = location
    }

    /// Where a step leads.
    public struct Decision: Sendable, Hashable {
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
}

extension PlaybookStep: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, command, unfilled
        case action = "do"
        case decisions = "decide"
    }

    /// Reads what an alert carries of it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            action: try container.decode(String.self, forKey: .action),
            command: try container.decodeIfPresent(String.self, forKey: .command),
            unfilled: try container.decodeIfPresent([String].self, forKey: .unfilled) ?? [],
            decisions: try container.decode([Decision].self, forKey: .decisions))
    }
}

extension PlaybookStep.Decision: Decodable {
    private enum CodingKeys: String, CodingKey {
        case condition = "if"
        case next = "then"
    }
}
