// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

/// The whole of SigmaHQ's active rules.
@Suite(.enabled(if: !Corpora.files(under: "sigma", suffix: ".yml").isEmpty, Comment(rawValue: Corpora.absent)))
struct SigmaHQTests {
    private func load(variables: [String: [Value]] = [:]) -> RuleSet {
        RuleLoader().load(paths: [(Corpora.root ?? "") + "/sigma"], variables: variables)
    }

    @Test func `every rule loads, or is refused for a reason that is known`() {
        let clock = ContinuousClock()
        var set = RuleSet()
        let time = clock.measure { set = load() }
        print("loaded", set.rules.count, "in", time)
        var counts: [String: Int] = [:]
        for d in set.diagnostics { counts["\(d.severity) \(d.code)", default: 0] += 1 }
        print(counts.sorted { $0.value > $1.value })
        for d in set.diagnostics where d.severity == .error { print(d.code, d.message, d.location) }
        var seen: [String: Int] = [:]
        for d in set.diagnostics where d.severity != .error {
            seen[d.code, default: 0] += 1
            if seen[d.code]! < 4 { print(d.code, d.message, d.location) }
        }
    }
}
