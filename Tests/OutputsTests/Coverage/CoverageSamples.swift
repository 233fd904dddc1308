// SPDX-License-Identifier: Apache-2.0
import Outputs
import Proving
import Sigma
import Strategies

/// Strategies made up for tests of coverage and catalogue.
enum CoverageSamples {
    static let date = "2026-03-04T05:06:07Z"

    static func rule(
        _ id: String, _ tags: [String], level: ProofState.Level = .recorded, date: String = date
    ) -> CoveredStrategy.Rule {
        var metadata = Metadata(title: "Rule \(id)", location: SourceLocation(file: "\(id).yml", line: 1))
        metadata.id = id
        metadata.tags = tags
        metadata.level = .high
        return CoveredStrategy.Rule(metadata, proof: ProofState(level, date: date))
    }

    /// The block of a document; `analytics` in YAML.
    static func categorization(_ techniques: [String], platforms: [String], analytics: String) -> Categorization? {
        let text = """
            # A strategy

            ## Categorization

            ```yaml vedette
            categorization:
              attack: "18.1"
              techniques: [\(techniques.joined(separator: ", "))]
              tactics: [execution]
              platforms: [\(platforms.joined(separator: ", "))]
              analytics: \(analytics)
            ```
            """
        return StrategyDocument(parsing: Array(text.utf8), path: "strategy.md").blocks.categorization
    }

    static func strategy(
        _ id: String, claims: Categorization?, rules: [CoveredStrategy.Rule], level: ProofState.Level = .recorded
    ) -> CoveredStrategy {
        CoveredStrategy(
            id: id, title: "Strategy \(id)", categorization: claims, rules: rules,
            proof: ProofState(level, date: date))
    }

    /// Two strategies, with a technique both have rules for, one only claimed, one revoked and one that does not exist.
    static let two = [
        strategy(
            "python",
            claims: categorization(
                ["T1059.006", "T1546.018"], platforms: ["linux"],
                analytics: """
                    {AN0174: {ScriptDir: {values: [/tmp]}, ScheduledContext: {learned: hours}, \
                    NetworkActivity: {unbound: no network telemetry}}}
                    """),
            rules: [
                rule("one", ["attack.execution", "attack.t1059.006", "attack.t1059.004"]),
                rule("two", ["attack.t1059.006", "attack.t9999"], level: .lint, date: "2026-03-01T00:00:00Z"),
            ]),
        strategy(
            "containers", claims: nil, rules: [rule("three", ["attack.t1059.004", "attack.t1086"])], level: .lint),
    ]
}
