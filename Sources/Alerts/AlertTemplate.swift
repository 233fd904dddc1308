// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What all alerts of a rule have in common, kept once.
final class AlertTemplate: Sendable {
    let rule: RuleSummary
    let attack: AttackMapping
    let strategy: StrategyReference?
    let guidance: Guidance?
    /// As the strategy's guidance asks for it.
    let metadata: Metadata

    init(_ finding: Finding) {
        metadata = finding.rule
        rule = RuleSummary(finding.rule)
        attack = AttackMapping(tags: finding.rule.tags)
        strategy = finding.strategy
        guidance = finding.guidance
    }

    /// Takes up what another run knew.
    init(_ rule: RuleSummary, _ strategy: StrategyReference?, _ guidance: Guidance?) {
        var metadata = Metadata(title: rule.title, location: SourceLocation(file: rule.path, line: rule.line))
        metadata.id = rule.id
        metadata.name = rule.name
        self.metadata = metadata
        self.rule = rule
        attack = AttackMapping(tags: rule.tags)
        self.strategy = strategy
        self.guidance = guidance
    }

    /// Whether it is that of a finding.
    func fits(_ finding: Finding) -> Bool {
        metadata == finding.rule && strategy == finding.strategy && guidance == finding.guidance
    }
}
