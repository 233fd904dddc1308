// SPDX-License-Identifier: Apache-2.0
import Sigma
import TestSupport
import Testing

@Suite struct CorrelationPropertyTests {
    @Test func `generated streams make every kind of correlation fire, some seldom or never`() {
        var fired: [Correlation.Kind: Int] = [:]
        var silent: [Correlation.Kind: Int] = [:]
        var chained = 0
        var repeated = 0
        for seed in 0..<UInt64(300) {
            let each = CorrelationPropertyCase(seed: seed)
            let firings = PlainCorrelator(rules: each.rules).firings(of: each.hits)
            for (index, resolved) in each.rules.correlations.enumerated() {
                let own = firings.filter { $0.correlation == index }
                let isFired = !own.isEmpty
                fired[resolved.correlation.kind, default: 0] += isFired ? 1 : 0
                silent[resolved.correlation.kind, default: 0] += isFired ? 0 : 1
                if own.count > Set(own.map(\.group)).count { repeated += 1 }
                let isChained = resolved.members.contains { if case .correlation = $0 { true } else { false } }
                if isFired && isChained { chained += 1 }
            }
        }
        for kind in Correlation.Kind.allCases {
            #expect(fired[kind, default: 0] >= 10, "\(kind) fires")
            #expect(silent[kind, default: 0] >= 2, "\(kind) stays silent")
        }
        #expect(chained >= 10, "a correlation of a correlation fires")
        #expect(repeated >= 50, "a group fires in several episodes")
    }

    @Test func `the order in which hits arrive does not matter`() throws {
        for seed in 0..<UInt64(60) {
            let each = CorrelationPropertyCase(seed: seed)
            var random = SeededGenerator(seed: seed)
            let shuffled = each.hits.shuffled(using: &random)
            #expect(try each.disagreement { rules, _ in PlainCorrelator(rules: rules).firings(of: shuffled) } == nil)
        }
    }

    @Test(arguments: CorrelationImplementation.all)
    func `an implementation agrees with the plain correlator on generated streams`(
        implementation: CorrelationImplementation
    ) throws {
        for seed in 0..<UInt64(400) {
            let found = try CorrelationPropertyCase(seed: seed).disagreement(with: implementation.correlate)
            #expect(found == nil, "seed \(seed): \(found ?? "")")
        }
    }
}
