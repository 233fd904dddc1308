// SPDX-License-Identifier: Apache-2.0
import Alerts
import Attack
import Proving
import Strategies

/// ATT&CK techniques against strategies and rules, with what is proved of each and since when.
public struct Coverage: Sendable {
    /// The version of ATT&CK it is stated in.
    public var attackVersion: String
    /// When it was computed, as an RFC 3339 time in UTC.
    public var date: String
    /// The strategies it is about.
    public var strategies: [CoveredStrategy]
    /// The techniques, in the order of their ids.
    public var techniques: [Technique]
    /// What of the strategies' analytics is bound to values of the environment, and what is not.
    public var elements: [Element]

    /// A technique that a strategy claims or a rule is tagged with.
    public struct Technique: Sendable, Hashable {
        /// Its id as the strategies and rules write it.
        public var id: String
        /// What ATT&CK says about it; nil when this version of ATT&CK does not have it.
        public var attack: AttackRelease.Technique?
        /// The name, with that of the technique a sub-technique belongs to in front.
        public var name: String
        /// The rules that are about it.
        public var rows: [Row]
        /// Strategies that claim it and have no rule for it.
        public var unmetClaims: [String]

        /// The best that is proved of one of its rules; nil when there is none.
        public var proof: ProofState? {
            rows.map(\.proof).max { ($0.level, $0.date) < ($1.level, $1.date) }
        }

        /// What is wrong with the id itself; nil when it stands.
        public var remark: String? {
            switch attack?.status {
            case .current: nil
            case .deprecated: "deprecated"
            case .revoked(let other): "revoked" + (other.map { " by \($0)" } ?? "")
            case nil: "not in this version of ATT&CK"
            }
        }
    }

    /// A rule that is about a technique.
    public struct Row: Sendable, Hashable {
        /// The strategy's id.
        public var strategy: String
        /// The rule's id.
        public var rule: String
        /// The rule's title.
        public var title: String
        /// What was proved of the rule.
        public var proof: ProofState
    }

    /// Something that an analytic of a claimed technique leaves to the environment.
    public struct Element: Sendable, Hashable {
        /// The strategy's id.
        public var strategy: String
        /// The id of the technique, such as `T1059.006`.
        public var technique: String
        /// The id of the analytic, such as `AN0431`.
        public var analytic: String
        /// Its element.
        public var field: String
        /// What ATT&CK says about it.
        public var description: String
        /// What the strategy binds it to; nil when it does not mention it.
        public var binding: Categorization.Binding?

        /// Whether it has a value, given or learned.
        public var isBound: Bool {
            switch binding {
            case .values, .learned: true
            case .unbound, nil: false
            }
        }
    }

    /// Computes the coverage of strategies.
    public init(_ strategies: [CoveredStrategy], attack: AttackRelease = .pinned, date: String) {
        attackVersion = attack.version
        self.date = date
        self.strategies = strategies
        var rows: [String: [Row]] = [:]
        var claims: [String: [String]] = [:]
        for strategy in strategies {
            for rule in strategy.rules {
                let row = Row(strategy: strategy.id, rule: rule.id, title: rule.title, proof: rule.proof)
                for technique in rule.attack.techniques { rows[technique.id, default: []].append(row) }
            }
            for id in Self.claimed(by: strategy) {
                if !strategy.rules.contains(where: { $0.attack.techniques.contains { $0.id == id } }) {
                    claims[id, default: []].append(strategy.id)
                }
            }
        }
        techniques = Set(rows.keys).union(claims.keys).sorted().map { id in
            let known = attack.technique(id)
            let parent = known.flatMap { $0.isSubtechnique ? attack.technique($0.parent) : nil }
            return Technique(
                id: id, attack: known, name: [parent?.name, known?.name].compactMap { $0 }.joined(separator: ": "),
                rows: rows[id] ?? [], unmetClaims: claims[id] ?? [])
        }
        elements = strategies.flatMap { Self.elements(of: $0, attack) }
    }

    /// The techniques a strategy claims, each once.
    private static func claimed(by strategy: CoveredStrategy) -> [String] {
        var seen: Set<String> = []
        return (strategy.categorization?.techniques ?? []).map { $0.uppercased() }.filter { seen.insert($0).inserted }
    }

    private static func elements(of strategy: CoveredStrategy, _ attack: AttackRelease) -> [Element] {
        guard let block = strategy.categorization else { return [] }
        let platforms = Set(block.platforms.map(platform))
        var elements: [Element] = []
        for technique in claimed(by: strategy) {
            for analytic in attack.analytics(of: technique)
            where platforms.isEmpty || analytic.platforms.contains(where: { platforms.contains($0.lowercased()) }) {
                for element in analytic.mutableElements {
                    let own = block.analytics.first {
                        $0.analytic.uppercased() == analytic.id && $0.element == element.field
                    }
                    elements.append(
                        Element(
                            strategy: strategy.id, technique: technique, analytic: analytic.id, field: element.field,
                            description: element.description, binding: own?.binding))
                }
            }
        }
        return elements
    }

    /// ATT&CK's word, in lower case, for what documents call a platform.
    private static func platform(_ word: String) -> String {
        switch word.lowercased() {
        case "kubernetes", "docker", "container": "containers"
        case let word: word
        }
    }
}
