// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// What a rule set was compiled into, in figures: what decides how fast it is.
public struct PlanSummary: Sendable {
    /// Rules that take part.
    public var rules = 0
    /// Rules that could not be compiled.
    public var refusedRules = 0
    /// Different predicates: one test on one field.
    public var predicates = 0
    /// Predicates that more than one rule asks, and that are therefore answered once for all of them.
    public var sharedPredicates = 0
    /// How often rules ask predicates, had none been shared.
    public var predicateUses = 0
    /// Steps of all conditions.
    public var steps = 0
    /// Predicates by what answers them.
    public var tests: [TestCount] = []
    /// Regular expressions.
    public var regexes = 0
    /// Regular expressions that are searched for only where a literal of theirs was found.
    public var gatedRegexes = 0
    /// Positions of rules without a necessary condition: they are evaluated for every event of their log source.
    public var unconditionalRules: [Int] = []
    /// Positions of rules whose only necessary condition is that a field is there at all.
    public var rulesWokenByPresence: [Int] = []
    /// The log sources rules ask for, with the tables made for each.
    public var routes: [RouteSummary] = []

    /// How many predicates there are of a kind.
    public struct TestCount: Sendable, Hashable {
        /// What the predicate asks: `equals`, `contains`, `regex` and so on.
        public var kind: String
        /// Whether one look at a value answers all of them together.
        public var isIndexed: Bool
        /// How many there are.
        public var count: Int
    }

    /// What looks at the events of one log source.
    public struct RouteSummary: Sendable {
        /// The log source, as rules name it.
        public var source: LogSource
        /// Rules that look at it.
        public var rules: Int
        /// Fields they look at.
        public var fields: Int
        /// Literals filed for these fields.
        public var literals: Int
        /// Literals every value is searched for.
        public var keywords: Int
        /// Rules evaluated for every event.
        public var unconditional: Int
        /// The field with most literals, and how many.
        public var busiest: (field: String, literals: Int)?
    }
}

extension Engine {
    /// Describes what the rules were compiled into; makes the tables of every log source they ask for.
    public func planSummary() -> PlanSummary {
        let plan = core.plan
        var summary = PlanSummary()
        summary.rules = plan.rules.count
        summary.refusedRules = plan.diagnostics.count
        summary.steps = plan.nodes.count
        summary.regexes = plan.regexes.count
        summary.gatedRegexes = plan.regexLiterals.count { !$0.isEmpty }
        var uses = [Int](repeating: 0, count: plan.predicates.count)
        for rule in plan.rules {
            var own = Set<Int32>()
            plan.gatherPredicates(of: rule.root, into: &own)
            for number in own { uses[Int(number)] += 1 }
            guard let witness = rule.witness else {
                summary.unconditionalRules.append(rule.number)
                continue
            }
            if witness.contains(where: { plan.predicates[Int($0)].test == .exists(true) }) {
                summary.rulesWokenByPresence.append(rule.number)
            }
        }
        summary.predicates = uses.count { $0 > 0 }
        summary.sharedPredicates = uses.count { $0 > 1 }
        summary.predicateUses = uses.reduce(0, +)
        summary.tests = testCounts(uses)
        let sources = Set(plan.logsources.map { LogSource($0).lowercased })
        summary.routes = sources.map(route).sorted {
            ($1.rules, $0.source.description) < ($0.rules, $1.source.description)
        }
        return summary
    }

    private func testCounts(_ uses: [Int]) -> [PlanSummary.TestCount] {
        var counts: [String: PlanSummary.TestCount] = [:]
        for (number, predicate) in core.plan.predicates.enumerated() where uses[number] > 0 {
            let kind = predicate.test.kind
            counts[
                kind, default: PlanSummary.TestCount(kind: kind, isIndexed: predicate.test.isIndexed, count: 0)
            ].count += 1
        }
        return counts.values.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
    }

    private func route(_ source: LogSource) -> PlanSummary.RouteSummary {
        let route = core.rules.route(for: core.rules.vocabulary.source(source))
        let counts = route.fields.indices.map {
            (field: route.fields[$0], literals: (route.literals[$0]?.count ?? 0) + (route.deferred[$0]?.count ?? 0))
        }
        let busiest = counts.max { $0.literals < $1.literals }
        return PlanSummary.RouteSummary(
            source: source, rules: route.rules.count, fields: route.fields.count,
            literals: counts.reduce(0) { $0 + $1.literals },
            keywords: (route.keywords?.count ?? 0) + route.shortKeywords.all.nonzeroBitCount
                + (route.deferred[route.fields.count]?.count ?? 0),
            unconditional: route.unconditional.count,
            busiest: busiest.map { (core.rules.vocabulary.name(of: $0.field), $0.literals) })
    }
}

extension Test {
    /// What it asks, in a word.
    fileprivate var kind: String {
        switch self {
        case .equals: "equals"
        case .equalsNumber: "equals number"
        case .prefix: "startswith"
        case .suffix: "endswith"
        case .contains: "contains"
        case .pattern: "wildcards"
        case .cased: "cased"
        case .present: "present"
        case .null: "null"
        case .exists: "exists"
        case .number, .integer: "compare"
        case .regex: "regex"
        case .network: "cidr"
        case .reference: "fieldref"
        case .datePart: "date part"
        }
    }
}
