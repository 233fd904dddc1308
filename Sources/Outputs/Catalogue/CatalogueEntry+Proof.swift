// SPDX-License-Identifier: Apache-2.0
import Foundation
import Proving
import Sigma
import Strategies

extension CatalogueEntry {
    /// What the catalogue takes from a proof; reads the rule files for the text of the rules' logic.
    public init(_ proof: StrategyProof) {
        let strategy = proof.strategy
        self.init(
            strategy: CoveredStrategy(proof), document: strategy.document, rules: Self.written(strategy.rules),
            cases: strategy.cases.map { one in
                let result = proof.report.cases.first { $0.name == one.name }
                return Case(one, fired: result?.fired.sorted(), failures: result?.failures ?? [])
            })
    }

    /// The rules with the text of their logic.
    private static func written(_ rules: RuleSet) -> [Rule] {
        var texts: [String: String] = [:]
        func logic(_ metadata: Metadata) -> String {
            let file = metadata.location.file
            let text =
                texts[file] ?? FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
                ?? ""
            texts[file] = text
            return Rule.logic(in: text, documentLine: metadata.location.line)
        }
        return rules.rules.map { .init(metadata: $0.metadata, logsource: $0.logsource, logic: logic($0.metadata)) }
            + rules.correlations.map(\.correlation.metadata).map {
                .init(metadata: $0, logsource: nil, logic: logic($0))
            }
    }
}
