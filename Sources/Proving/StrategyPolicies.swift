// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

/// The policies of a run's strategies, taken from their documents and held against their recorded attacks.
public struct StrategyPolicies: Sendable {
    /// One for each strategy.
    public private(set) var policies: [StrategyPolicy] = []
    /// What is wrong with the documents and does not act, with its place.
    public private(set) var problems: [String] = []

    /// Takes policies from loaded strategies.
    ///
    /// A suppression that would hide a recorded attack, or that could not be held against them, is refused: telling too
    /// much is mended by the reader, telling too little is not.
    public init(_ strategies: [LoadedStrategy], memory: inout ReplayMemory) {
        for strategy in strategies { add(strategy, &memory) }
    }

    private mutating func add(_ strategy: LoadedStrategy, _ memory: inout ReplayMemory) {
        let document = strategy.document
        // What is wrong with cases and emulations changes no alert.
        let beside = strategy.diagnostics.filter { $0.location.file == document.path }
        for diagnostic in document.diagnostics + beside where diagnostic.severity == .error {
            problems.append("\(diagnostic.location): \(diagnostic.message)")
        }
        var policy = StrategyPolicy(document, of: StrategyReference(strategy.strategy))
        do throws(StrategyError) {
            let check = try SuppressionCheck(strategy, memory: &memory)
            policy = check.refusing(in: policy)
            if let reason = check.unchecked.first {
                policy.refuseAll("it cannot be held against a recorded attack: \(reason)")
            }
            problems += check.unchecked.map { "\(document.path): an attack could not be replayed: \($0)" }
        } catch {
            policy.refuseAll("it cannot be held against the recorded attacks: \(error)")
        }
        policies.append(policy)
    }
}

extension StrategyPolicy {
    /// Refuses the suppressions that are not refused yet.
    fileprivate mutating func refuseAll(_ reason: String) {
        for one in blocks.suppressions where refusals[one.id] == nil { refusals[one.id] = reason }
    }
}
