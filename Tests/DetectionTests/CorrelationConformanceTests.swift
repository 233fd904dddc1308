// SPDX-License-Identifier: Apache-2.0
import Sigma
import TestSupport
import Testing

/// An implementation of Sigma's correlations under test.
struct CorrelationImplementation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var correlate: CorrelationCase.Correlate

    /// Every implementation the correlation table runs against.
    static let all = [
        CorrelationImplementation(testDescription: "plain") { PlainCorrelator(rules: $0).firings(of: $1) }
    ]
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
