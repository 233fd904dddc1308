// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Evaluates a rule set over batches of events.
///
/// Rules compile once into a `Plan`; each log source gets a `Route` the first time it is seen. An event costs one look
/// at each value some rule of its route asks about, and then only the rules a found literal woke are evaluated.
/// One engine belongs to one thread; other threads use its forks.
public final class Engine: Evaluator {
    /// Rules that could not be compiled, with the reason.
    public let diagnostics: [Diagnostic]
    let core: EngineCore

    /// Compiles rules.
    ///
    /// Those that cannot be compiled are named in `diagnostics` and take no part.
    public init(rules: RuleSet, vocabulary: Vocabulary) {
        let plan = RuleCompiler.plan(of: rules.rules, vocabulary: vocabulary)
        diagnostics = plan.diagnostics
        core = EngineCore(CompiledRules(plan: plan, vocabulary: vocabulary))
    }

    private init(forking other: Engine) {
        diagnostics = other.diagnostics
        core = EngineCore(other.core.rules)
    }

    /// Another engine of the same rules, for another thread: what was compiled is shared, counts start at nothing.
    public func forked() -> Engine { Engine(forking: self) }

    /// Counts in what a fork saw, so that this engine answers for both.
    public func absorb(_ fork: Engine) { core.absorb(fork.core) }

    /// Whether a rule was compiled and takes part.
    public func canEvaluate(rule: Int) -> Bool { core.rules.places[rule] != nil }

    /// How many searches of regular expressions gave up at their limit.
    public var regexLimitsReached: Int { core.tester.limitsReached }

    /// How many events were evaluated.
    public var eventCount: UInt64 { core.eventCount }

    /// Adds the matches of a batch, sorted by event and rule; allocates nothing but what they need.
    public func findMatches(in batch: EventBatch, into found: inout [Match]) {
        core.evaluate(batch, into: &found)
    }

    /// The matches of a batch, sorted by event and rule.
    public func matches(in batch: EventBatch) -> [Match] {
        var found: [Match] = []
        core.evaluate(batch, into: &found)
        return found
    }
}
