// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

@Suite struct PublicRulesTests {
    @Test(.enabled(if: Corpora.root != nil, "\(Corpora.absent)"))
    func `every public rule that loads also compiles`() throws {
        let root = try #require(Corpora.root)
        let rules = RuleLoader().load(paths: [root + "/sigma"])
        let engine = Engine(rules: rules, vocabulary: Vocabulary())
        #expect(engine.diagnostics.map { "\($0.location): \($0.message)" } == [])
        #expect(rules.rules.count > 3_700)
    }
}
