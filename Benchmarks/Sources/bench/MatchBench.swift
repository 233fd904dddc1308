// SPDX-License-Identifier: Apache-2.0
import Detection
import Enrichment
import Events
import Readers
import Sigma

/// Looks at the same events again and again; two runs with different `times` differ in nothing but matching, so the
/// difference of their instruction or allocation counts is what matching costs.
enum MatchBench {
    /// How many events and matches each of some inputs holds.
    static func counts(_ subject: Agreement.Subject) -> [String: Any] {
        let rules = RuleLoader().load(paths: subject.rules + subject.strategies.map { $0 + "/rules" })
        let vocabulary = Vocabulary()
        let engine = Engine(rules: rules, vocabulary: vocabulary)
        let inputs = subject.inputs.map { input -> [String: Any] in
            var (events, matches) = (0, 0)
            var enricher = Enricher(vocabulary: vocabulary)
            var source = EventPump(paths: [input], vocabulary: vocabulary)
            var batch = EventBatch()
            while source.next(&batch) {
                enricher.enrich(&batch)
                events += batch.events.count
                matches += engine.matches(in: batch).count
            }
            return ["path": input, "events": events, "matches": matches]
        }
        return ["inputs": inputs]
    }

    static func run(rules path: String, inputs: [String], times: Int) -> [String: Any] {
        let rules = RuleLoader().load(paths: [path])
        let vocabulary = Vocabulary()
        let engine = Engine(rules: rules, vocabulary: vocabulary)
        var enricher = Enricher(vocabulary: vocabulary)
        var batches: [EventBatch] = []
        for input in inputs {
            var source = EventPump(paths: [input], vocabulary: vocabulary)
            var batch = EventBatch()
            while source.next(&batch) {
                enricher.enrich(&batch)
                batches.append(batch)
            }
        }
        var found: [Match] = []
        found.reserveCapacity(1 << 16)
        var matches = 0
        for _ in 0..<times {
            for batch in batches {
                found.removeAll(keepingCapacity: true)
                engine.findMatches(in: batch, into: &found)
                matches += found.count
            }
        }
        return [
            "rules": rules.rules.count, "events": batches.reduce(0) { $0 + $1.events.count }, "times": times,
            "matches": matches,
        ]
    }
}
