// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// An implementation of Sigma's correlations under test.
struct CorrelationImplementation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var correlate: CorrelationCase.Correlate

    /// Every implementation the correlation table runs against.
    static let all = [
        CorrelationImplementation(testDescription: "plain") { PlainCorrelator(rules: $0).firings(of: $1) },
        CorrelationImplementation(testDescription: "engine") { engineFirings($0, $1) },
    ]

    /// Runs a stream through the engine's correlator, in the order it comes.
    private static func engineFirings(_ rules: RuleSet, _ hits: [PlainHit]) -> [PlainFiring] {
        let vocabulary = Vocabulary()
        var correlator = Correlator(rules: rules, vocabulary: vocabulary)
        let source = vocabulary.source(LogSource(product: "test"))
        var found: [Firing] = []
        for hit in hits {
            var event = EventBatch()
            for (name, values) in hit.fields {
                for value in values { event.append(vocabulary.field(name), text: value) }
            }
            let time = Timestamp(nanoseconds: hit.time)
            event.commit(time: time, source: source, slotsFrom: 0, record: 0..<0, position: 1)
            found += correlator.add(Hit(time: time, rule: hit.rule, identity: UInt64(hit.event), event: event))
        }
        found += correlator.finish()
        return found.map { PlainFiring(correlation: $0.correlation, group: $0.group, time: $0.time.nanoseconds) }
    }
}

@Suite struct CorrelationConformanceTests {
    @Test(arguments: CorrelationImplementation.all, CorrelationCase.all)
    func `an implementation correlates as documented`(
        implementation: CorrelationImplementation, each: CorrelationCase
    ) throws {
        #expect(try each.failure(of: implementation.correlate) == nil)
    }

    @Test func `the table is whole: each name once, each kind used`() {
        let cases = CorrelationCase.all
        #expect(Set(cases.map(\.name)).count == cases.count)
        let used = Set(cases.flatMap { $0.rules.correlations.map(\.correlation.kind) })
        #expect(used == Set(Correlation.Kind.allCases))
    }

    @Test func `a firing names the events in its window`() {
        let rules = correlations(correlation(.eventCount, ["a"], within: 10, .init(.gte, 2)))
        let hits = stream([(1, "a", [:]), (20, "b", [:]), (21, "a", [:]), (22, "a", [:])])
        #expect(PlainCorrelator(rules: rules).explainedFirings(of: hits).map(\.contributors) == [[2, 3]])
    }
}
