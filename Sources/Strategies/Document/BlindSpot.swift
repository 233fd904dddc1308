// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A way past the strategy.
///
/// An alert names its rule's blind spots by `id` and `statement` alone.
public struct BlindSpot: Sendable, Hashable {
    /// Unique in the document.
    public var id: String
    /// In a sentence.
    public var statement: String
    /// Ids or names of the rules that are blind; nil for all.
    public var rules: [String]?
    /// Name of the recorded expected miss.
    public var caseName: String?
    /// What would close it.
    public var mitigation: String?
    /// Where it stands in the document; in an alert nowhere, an empty file name.
    public var location: SourceLocation

    /// Describes a blind spot.
    public init(
        id: String, statement: String, rules: [String]? = nil, caseName: String? = nil, mitigation: String? = nil,
        location: SourceLocation = SourceLocation(file: "")
    ) {
        self.id = id
        self.statement = statement
        self.rules = rules
        self.caseName = caseName
        self.mitigation = mitigation
        self.location = location
    }
}

extension BlindSpot: Decodable {
    private enum CodingKeys: String, CodingKey { case id, statement }

    /// Reads what an alert carries of it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(String.self, forKey: .id),
            statement: try container.decode(String.self, forKey: .statement))
    }
}
