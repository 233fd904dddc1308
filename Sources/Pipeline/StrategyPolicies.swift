// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Sigma
import Strategies

/// The policies of a run's strategies, read from their documents and checked against their recorded attacks.
public struct StrategyPolicies: Sendable {
    /// One for each strategy whose document could be read.
    public private(set) var policies: [StrategyPolicy] = []
    /// What is wrong with the documents and could not be used, with its place and what comes of it.
    public private(set) var problems: [String] = []

    /// The largest document read, in bytes.
    public static let largestDocument = 4 << 20

    /// Reads documents.
    ///
    /// A suppression that would hide a recorded attack, or that could not be held against them, is refused: telling too
    /// much is mended by the reader, telling too little is not.
    public init(_ strategies: [Strategy]) {
        for strategy in strategies { add(strategy) }
    }

    private mutating func add(_ strategy: Strategy) {
        let reference = StrategyReference(strategy)
        guard let data = FileManager.default.contents(atPath: reference.path), data.count <= Self.largestDocument else {
            let most = Self.largestDocument >> 20
            problems.append("\(reference.path): cannot be read, or is larger than \(most) MiB; its sections do not act")
            return
        }
        let document = StrategyDocument(parsing: Array(data), path: reference.path)
        for diagnostic in document.diagnostics where diagnostic.severity == .error {
            problems.append("\(diagnostic.location): \(diagnostic.message)")
        }
        var policy = StrategyPolicy(document, of: reference)
        do throws(StrategyError) {
            let check = try SuppressionCheck(policy, strategy: strategy)
            policy = check.refusing(in: policy)
            if let reason = check.unchecked.first {
                for index in policy.suppressions.indices where policy.suppressions[index].refusal == nil {
                    policy.suppressions[index].refusal = "it cannot be held against a recorded attack: \(reason)"
                }
            }
            problems += check.unchecked.map { "\(reference.path): an attack could not be replayed: \($0)" }
        } catch {
            for index in policy.suppressions.indices {
                policy.suppressions[index].refusal = "it cannot be held against the recorded attacks: \(error)"
            }
        }
        policies.append(policy)
    }
}
