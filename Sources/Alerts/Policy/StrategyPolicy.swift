// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What a strategy's document says about the alerts of its rules, ready to be compiled into an `AlertPolicy`.
public struct StrategyPolicy: Sendable {
    /// The strategy.
    public var strategy: StrategyReference
    /// The level when no criterion holds; nil for the rule's own.
    public var defaultLevel: Level?
    /// In order: the first that holds sets the level.
    public var criteria: [Criterion] = []
    /// In order: the first that holds is the one an alert names.
    public var suppressions: [Suppression] = []
    /// What alerts tell the responder.
    public var guidance = StrategyGuidance()

    /// A policy that changes nothing.
    public init(strategy: StrategyReference) { self.strategy = strategy }

    /// Something that makes an alert more or less urgent.
    public struct Criterion: Sendable, Hashable {
        /// The level it sets.
        public var level: Level
        /// Why.
        public var because: String
        /// Ids or names of the rules it concerns; nil for all of the strategy.
        public var rules: [String]?
        /// What one event of the alert must look like.
        public var match: Detection
        /// Where it stands.
        public var location: SourceLocation

        /// Describes a criterion.
        public init(
            level: Level, because: String, rules: [String]? = nil, match: Detection, location: SourceLocation
        ) {
            self.level = level
            self.because = because
            self.rules = rules
            self.match = match
            self.location = location
        }
    }

    /// Something benign that is not to alert.
    public struct Suppression: Sendable, Hashable {
        /// Unique in the document.
        public var id: String
        /// Who answers for it.
        public var owner: String?
        /// Why it was agreed.
        public var reason: String?
        /// The day from which it no longer works, `YYYY-MM-DD`; nil for never.
        public var expires: String?
        /// Ids or names of the rules it silences; nil for all of the strategy.
        public var rules: [String]?
        /// What the events look like.
        public var match: Detection
        /// Why it must not be used, whatever its date; nil when nothing speaks against it.
        public var refusal: String?
        /// Where it stands.
        public var location: SourceLocation

        /// Describes a suppression.
        public init(
            id: String, owner: String? = nil, reason: String? = nil, expires: String? = nil, rules: [String]? = nil,
            match: Detection, location: SourceLocation
        ) {
            self.id = id
            self.owner = owner
            self.reason = reason
            self.expires = expires
            self.rules = rules
            self.match = match
            self.location = location
        }
    }
}
