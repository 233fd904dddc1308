// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

@Suite struct PropertyTests {
    /// How often items met events and did not.
    private struct Tally {
        var met = 0
        var missed = 0
        var share: Double { Double(met) / Double(max(met + missed, 1)) }
    }

    @Test func `generated events meet about half of the items, under every modifier some and not all`() {
        var all = Tally()
        var tallies: [String: Tally] = [:]
        for seed in 0..<UInt64(200) {
            let each = PropertyCase(seed: seed)
            let vocabulary = Vocabulary()
            let single = each.items.map { item in rule(["s": .item(item)], .search("s")) }
            var evaluator = PlainEvaluator(rules: ruleSet(single), vocabulary: vocabulary)
            let matches = Set(evaluator.matches(in: batch(each.events, vocabulary: vocabulary)))
            for (index, item) in each.items.enumerated() {
                let features = Self.features(of: item)
                for event in each.events.indices {
                    let isMet = matches.contains(Match(event: event, rule: index))
                    all.met += isMet ? 1 : 0
                    all.missed += isMet ? 0 : 1
                    for feature in features {
                        tallies[feature, default: Tally()].met += isMet ? 1 : 0
                        tallies[feature, default: Tally()].missed += isMet ? 0 : 1
                    }
                }
            }
        }
        #expect((0.3...0.7).contains(all.share), "of all items \(all.share) match")
        let wanted = Set(Modifier.allCases.map(\.rawValue)).subtracting(["expand"])
            .union(["keyword", "null", "empty", "number", "boolean", "wildcard", "plain"])
        #expect(wanted.subtracting(tallies.keys) == [])
        for (feature, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            #expect((0.1...0.9).contains(tally.share), "\(feature): \(tally.met) met, \(tally.missed) missed")
        }
    }

    private static func features(of item: DetectionItem) -> Set<String> {
        var features = Set(item.modifiers.map(\.rawValue))
        if item.field == nil { features.insert("keyword") }
        if item.modifiers.isEmpty { features.insert("plain") }
        for value in item.values {
            switch value {
            case .null: features.insert("null")
            case .string(""): features.insert("empty")
            case .string(let text): if text.contains("*") || text.contains("?") { features.insert("wildcard") }
            case .integer, .float: features.insert("number")
            case .boolean: features.insert("boolean")
            case .pattern: features.insert("pattern")
            }
        }
        return features
    }

    @Test func `rules match some events and not others`() throws {
        var tally = Tally()
        for seed in 0..<UInt64(100) {
            let each = PropertyCase(seed: seed)
            let found = try each.matches { PlainEvaluator(rules: $0, vocabulary: $1) }.count
            tally.met += found
            tally.missed += each.rules.count * each.events.count - found
        }
        #expect((0.15...0.7).contains(tally.share), "\(tally.share) of rules and events match")
    }

    @Test func `a seed always gives the same case`() {
        for seed in 0..<UInt64(20) {
            let (one, other) = (PropertyCase(seed: seed), PropertyCase(seed: seed))
            #expect(one.rules == other.rules)
            #expect(one.events.map(\.description) == other.events.map(\.description))
        }
        #expect(PropertyCase(seed: 1).rules != PropertyCase(seed: 2).rules)
    }

    @Test(arguments: Modifier.allCases.filter { $0 != .expand })
    func `an implementation that overlooks a modifier is found out`(modifier: Modifier) throws {
        let plain: ConformanceCase.Make = { PlainEvaluator(rules: $0, vocabulary: $1) }
        let careless: ConformanceCase.Make = { rules, vocabulary in
            var stripped = rules
            for index in stripped.rules.indices {
                stripped.rules[index].detection.searches = stripped.rules[index].detection.searches.map { named in
                    var named = named
                    named.search = Self.search(named.search, without: modifier)
                    return named
                }
            }
            return PlainEvaluator(rules: stripped, vocabulary: vocabulary)
        }
        let isFound = try (0..<UInt64(400)).contains { seed in
            let each = PropertyCase(seed: seed)
            guard each.items.contains(where: { $0.modifiers.contains(modifier) }) else { return false }
            return try !each.disagreements(between: plain, and: careless).isEmpty
        }
        #expect(isFound)
    }

    private static func search(_ search: Search, without modifier: Modifier) -> Search {
        switch search {
        case .all(let parts): return .all(parts.map { Self.search($0, without: modifier) })
        case .any(let parts): return .any(parts.map { Self.search($0, without: modifier) })
        case .item(var item):
            item.modifiers.removeAll { $0 == modifier }
            return .item(item)
        }
    }

    @Test(arguments: Implementation.all)
    func `an implementation agrees with the plain evaluator on generated rules`(implementation: Implementation) throws {
        for seed in 0..<UInt64(100) {
            let plain: ConformanceCase.Make = { PlainEvaluator(rules: $0, vocabulary: $1) }
            let found = try PropertyCase(seed: seed).disagreements(between: plain, and: implementation.make)
            #expect(found == [], "seed \(seed): \(found)")
        }
    }
}
