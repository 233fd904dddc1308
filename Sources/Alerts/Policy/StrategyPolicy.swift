// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What a strategy's document says about the alerts of its rules, ready to be compiled into an `AlertPolicy`.
public struct StrategyPolicy: Sendable {
    /// The strategy.
    public var strategy: StrategyReference
    /// The priority and the suppressions of its document.
    ///
    /// In order, the first criterion that holds sets the level, and
    /// the first suppression that holds is the one an alert names.
    public var blocks = StrategyBlocks()
    /// Why a suppression must not be used, whatever its date, by its id; for those that nothing speaks against there is
    /// no entry.
    public var refusals: [String: String] = [:]
    /// What alerts tell the responder.
    public var guidance = Guidance()

    /// A policy that changes nothing.
    public init(strategy: StrategyReference) { self.strategy = strategy }

    /// What a document says about the alerts of its strategy.
    public init(_ document: StrategyDocument, of strategy: StrategyReference) {
        self.strategy = strategy
        blocks = document.blocks
        guidance = Guidance(document)
    }

    /// The criteria of the priority, in their order.
    var criteria: [PriorityBlock.Criterion] { blocks.priority?.criteria ?? [] }
    /// The level when no criterion holds; nil for the rule's own.
    var defaultLevel: Level? { blocks.priority?.defaultLevel }
}

extension StrategyReference {
    /// The part of a strategy that alerts carry.
    public init(_ strategy: Strategy) {
        self.init(id: strategy.id, title: strategy.title, path: strategy.documentPath)
    }
}
