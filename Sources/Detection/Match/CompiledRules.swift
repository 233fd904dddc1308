// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Synchronization

/// What all engines of a rule set share: the plan, its program, and the routes made so far.
///
/// SAFETY: everything but the routes is set once; the routes are behind a lock.
final class CompiledRules: @unchecked Sendable {
    let plan: Plan
    let program: Program
    let vocabulary: Vocabulary
    /// Rule number -> its place in the plan.
    let places: [Int: Int]
    private let made = Mutex(Made())

    private struct Made {
        var routes: [LogSourceID: Route] = [:]
        private var sweeps: [(texts: Set<[UInt8]>, sweep: KeywordSweep)] = []

        /// A sweep for some texts, and perhaps some more: one for two routes costs less than one for each.
        mutating func sweep(for texts: [[UInt8]]) -> KeywordSweep? {
            let wanted = Set(texts)
            let known = sweeps.first { $0.texts.count <= 2 * wanted.count && wanted.isSubset(of: $0.texts) }
            if let known { return known.sweep }
            guard let made = KeywordSweep(texts) else { return nil }
            sweeps.append((wanted, made))
            return made
        }
    }

    init(plan: Plan, vocabulary: Vocabulary) {
        self.plan = plan
        self.vocabulary = vocabulary
        program = Program(plan)
        places = Dictionary(
            plan.rules.enumerated().map { ($0.element.number, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// The route of a log source, made when it is first asked for.
    func route(for source: LogSourceID) -> Route {
        // Made under the lock, so that threads that meet a new source at once do not all build the same tables.
        made.withLock { made in
            if let known = made.routes[source] { return known }
            let route = Route(plan: plan, source: vocabulary.source(of: source)) { made.sweep(for: $0) }
            made.routes[source] = route
            return route
        }
    }
}
