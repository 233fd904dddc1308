// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Readers
import Sigma
import Strategies
import TestSupport
import Testing

/// The shipped strategies against their own recordings.
@Suite struct StrategyTests {
    static let together = Hunting.rules(StrategyCase.strategies)
    static let alone = Dictionary(
        uniqueKeysWithValues: StrategyCase.strategies.map { ($0.id, Hunting.rules([$0])) })

    @Test func `there are strategies and cases to look at`() {
        #expect(StrategyCase.strategies.map(\.id).contains("python-execution"))
        #expect(StrategyCase.strategies.map(\.id).contains("container-evasion"))
        #expect(StrategyCase.all.count >= 60)
    }

    @Test(arguments: StrategyCase.strategies)
    func `all rules of a strategy load and compile`(strategy: Strategy) throws {
        let rules = try #require(Self.alone[strategy.id])
        #expect(rules.rules.count >= 10)
        #expect(rules.refused == 0)
        #expect(rules.diagnostics.filter { $0.severity != .note }.map(\.message) == [])
    }

    @Test(arguments: StrategyCase.strategies)
    func `every recording belongs to a case and every case has its recordings`(strategy: Strategy) throws {
        let folder = strategy.path + "/telemetry/"
        let present = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "cases.yml" }
        let named = LoadedStrategy(strategy).cases.flatMap(\.files)
        #expect(Set(named) == Set(present.map { folder + $0 }))
    }

    @Test(arguments: StrategyCase.all)
    func `exactly the rules of the case fire on its recording`(example: StrategyCase) throws {
        let rules = try #require(Self.alone[example.strategy.id])
        let result = Hunting.run(Hunting.inputs(example.telemetry), rules: rules)
        #expect(result.report.problems.isEmpty, "\(result.report.samples)")
        #expect(result.report.events > 0)
        #expect(result.fired == example.fires)
        #expect((example.telemetry.kind == .attack) != example.fires.isEmpty, "attacks fire, others do not")
    }

    @Test(arguments: StrategyCase.all.filter { $0.telemetry.kind != .attack })
    func `other strategies' rules stay silent on look-alikes and blind spots too`(example: StrategyCase) {
        let result = Hunting.run(Hunting.inputs(example.telemetry), rules: Self.together)
        #expect(result.alerts.map { "\($0.rule.title): \($0.entity.id)" } == [])
    }

    @Test(arguments: StrategyCase.strategies)
    func `every rule fires in some case`(strategy: Strategy) throws {
        let rules = try #require(Self.alone[strategy.id])
        let expected = StrategyCase.of(strategy).reduce(into: Set<String>()) { $0.formUnion($1.fires) }
        let audible = rules.rules.indices.filter { !rules.silentRules.contains($0) }.map { rules.rules[$0].metadata }
        let correlations = rules.correlations.filter { !$0.isSilent }.map(\.correlation.metadata)
        #expect(Set((audible + correlations).compactMap(\.id)) == expected)
    }
}
