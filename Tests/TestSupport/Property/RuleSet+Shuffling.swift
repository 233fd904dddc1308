// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A rule set loaded in another order, and which number there is which here.
public struct ShuffledRules: Sendable {
    /// The same rules and correlations under other numbers.
    public let rules: RuleSet
    /// For each rule of it the number it had.
    public let ruleNumbers: [Int]
    /// For each correlation of it the number it had.
    public let correlationNumbers: [Int]

    /// Shuffles; members still stand before the correlations that use them.
    ///
    /// Correlations may keep their order: which of them is looked at first decides what a bound that is reached within
    /// one event gives up.
    public init(_ original: RuleSet, keepsCorrelations: Bool = false, using random: inout SeededGenerator) {
        var set = original
        let ruleNumbers = original.rules.indices.shuffled(using: &random)
        set.rules = ruleNumbers.map { original.rules[$0] }
        set.silentRules = Set(original.silentRules.compactMap { ruleNumbers.firstIndex(of: $0) })
        set.correlations = []
        var order: [Int] = []
        while order.count < original.correlations.count {
            let ready = original.correlations.indices.filter { number in
                !order.contains(number)
                    && original.correlations[number].members.allSatisfy { member in
                        if case .correlation(let inner) = member { order.contains(inner) } else { true }
                    }
            }
            let number = keepsCorrelations ? ready[0] : random.pick(ready)
            var resolved = original.correlations[number]
            resolved.members = resolved.members.map { member in
                switch member {
                case .rule(let rule): .rule(ruleNumbers.firstIndex(of: rule) ?? 0)
                case .correlation(let inner): .correlation(order.firstIndex(of: inner) ?? 0)
                }
            }
            set.correlations.append(resolved)
            order.append(number)
        }
        rules = set
        self.ruleNumbers = ruleNumbers
        correlationNumbers = order
    }

    /// The number a rule has here that had another one before.
    public func number(of rule: Int) -> Int { ruleNumbers.firstIndex(of: rule) ?? 0 }
}
