// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

@Suite struct ReasonTests {
    private static let rule = """
        title: Shell on a terminal of its own
        logsource: {product: linux}
        detection:
            parent:
                process.parent.python.source|exists: true
            shell:
                Image|endswith: ['/sh', '/bash']
                process.tty|fieldref|neq: process.parent.tty
            filter:
                User: root
            condition: parent and shell and not filter
        """

    @Test func `a match is explained by the items that held, with the values that made them hold`() throws {
        let rules = RuleLoader().load(text: Self.rule, file: "rule.yml")
        let vocabulary = Vocabulary()
        let engine = Engine(rules: rules, vocabulary: vocabulary)
        let batch = event(
            source: LogSource(product: "linux"),
            [
                "process.parent.python.source": "file", "Image": "/bin/bash", "process.tty": "pts1",
                "process.parent.tty": "pts0", "User": "mallory",
            ], vocabulary: vocabulary)
        let matches = engine.matches(in: batch)
        #expect(matches == [Match(event: 0, rule: 0)])
        let reasons = engine.reasons(for: try #require(matches.first), in: batch)
        #expect(
            reasons.map { [$0.selection, $0.field ?? "", $0.pattern, $0.value] } == [
                ["parent", "process.parent.python.source", "exists: true", "file"],
                ["shell", "Image", "endswith: /bash", "/bin/bash"],
                ["shell", "process.tty", "fieldref|neq: process.parent.tty", "pts1"],
            ])
    }
}
