// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Something benign that is not to alert.
public struct Suppression: Sendable, Hashable {
    /// Who agreed to it, and until when: the part that alerts carry.
    public var agreement: Agreement
    /// What tells it from an attack.
    public var characteristic: String
    /// Ids or names of the rules it silences; nil for all of the strategy.
    public var rules: [String]?
    /// What it looks like.
    public var match: Detection
    /// Where it stands.
    public var location: SourceLocation

    /// Describes a suppression.
    public init(
        _ agreement: Agreement, characteristic: String, rules: [String]? = nil, match: Detection,
        location: SourceLocation
    ) {
        self.agreement = agreement
        self.characteristic = characteristic
        self.rules = rules
        self.match = match
        self.location = location
    }

    /// Unique in the document.
    public var id: String { agreement.id }
    /// Who answers for it.
    public var owner: String? { agreement.owner }
    /// The day from which it no longer works, `YYYY-MM-DD`.
    public var expires: String? { agreement.expires }
    /// Why it was agreed.
    public var reason: String? { agreement.reason }

    /// The agreement by which an alert is silent.
    public struct Agreement: Sendable, Hashable, Decodable {
        /// The suppression's id in the strategy's document.
        public var id: String
        /// Who answers for it.
        public var owner: String?
        /// Why it was agreed.
        public var reason: String?
        /// The day from which it no longer works, `YYYY-MM-DD`; nil for never.
        public var expires: String?

        /// Describes an agreement.
        public init(id: String, owner: String? = nil, reason: String? = nil, expires: String? = nil) {
            self.id = id
            self.owner = owner
            self.reason = reason
            self.expires = expires
        }
    }
}
