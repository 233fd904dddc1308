// SPDX-License-Identifier: Apache-2.0
import Alerts
import Proving
import Sigma
import Strategies

/// What coverage is made of: a strategy's claims, its rules, and what was proved of them.
public struct CoveredStrategy: Sendable {
    /// The strategy's id.
    public var id: String
    /// Its title.
    public var title: String
    /// Its categorization; nil when the document has no such block.
    public var categorization: Categorization?
    /// Its rules and correlations that give alerts.
    public var rules: [Rule]
    /// What was proved of it.
    public var proof: ProofState

    /// A rule or correlation.
    public struct Rule: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its title.
        public var title: String
        /// How urgent a match of it is; nil when the rule names none.
        public var level: Level?
        /// What of ATT&CK its tags name.
        public var attack: AttackMapping
        /// What was proved of it.
        public var proof: ProofState

        /// Describes a rule.
        public init(_ metadata: Metadata, proof: ProofState) {
            id = metadata.identifier
            title = metadata.title
            level = metadata.level
            attack = AttackMapping(tags: metadata.tags)
            self.proof = proof
        }
    }

    /// Puts a strategy together.
    public init(id: String, title: String, categorization: Categorization?, rules: [Rule], proof: ProofState) {
        self.id = id
        self.title = title
        self.categorization = categorization
        self.rules = rules
        self.proof = proof
    }

    /// What coverage takes from a proof.
    public init(_ proof: StrategyProof) {
        let strategy = proof.strategy
        self.init(
            id: strategy.id, title: strategy.strategy.title, categorization: strategy.document.blocks.categorization,
            rules: proof.rules.map { Rule($0.metadata, proof: $0.state) }, proof: proof.state)
    }
}
