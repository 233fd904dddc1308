// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import Strategies

/// The priority criteria and suppressions of strategies, compiled.
///
/// Matchers are Sigma detections without a log source. Those of one strategy are compiled into an engine of their own,
/// which is asked about single events, and only once a rule has matched: events that match nothing cost nothing. A
/// policy belongs to one thread.
public struct AlertPolicy {
    /// Matchers that could not be compiled; a suppression among them is refused, a criterion never holds.
    public private(set) var diagnostics: [Diagnostic] = []
    /// The day suppressions are held against; nil holds every date for the future.
    public var today: CalendarDay? { didSet { updateStates() } }
    /// How many events were evaluated.
    public var evaluations: UInt64 { strategies.reduce(0) { $0 + $1.engine.eventCount } }
    /// All suppressions, in the order of the strategies and documents, and what they silenced.
    public internal(set) var records: [SuppressionRecord] = []

    /// A strategy's matchers.
    struct Compiled {
        var policy: StrategyPolicy
        var engine: Engine
        /// Position of its first suppression among `records`.
        var firstRecord: Int
        /// For each suppression: the day it ends; nil for never.
        var ends: [CalendarDay?]
    }

    /// What of a strategy concerns one rule.
    struct Concern: Hashable {
        var strategy: Int
        var criteria: [Int]
        var suppressions: [Int]
        /// Whether nothing needs to be looked at.
        var isEmpty: Bool { criteria.isEmpty && suppressions.isEmpty }
    }

    var strategies: [Compiled] = []
    let ruleConcerns: [Concern?]
    let correlationConcerns: [Concern?]
    /// For each rule: the correlations of the same strategy that it feeds, directly or through others.
    let fed: [[Int]]
    let metadata: (rules: [Metadata], correlations: [Metadata])
    let ruleFields: (id: FieldID, level: FieldID, title: FieldID)
    var scratch = EventBatch()

    /// Compiles policies for the rules of a run.
    ///
    /// - Parameters:
    ///   - policies: One for each strategy.
    ///   - rules: The rules.
    ///   - vocabulary: That of the events.
    ///   - today: The day suppressions are held against.
    ///   - strategy: Which strategy a rule file belongs to; its path is that of a policy's strategy.
    public init(
        _ policies: [StrategyPolicy], rules: RuleSet, vocabulary: Vocabulary, today: CalendarDay? = nil,
        strategy: (String) -> StrategyReference? = { _ in nil }
    ) {
        ruleFields = (vocabulary.field("rule.id"), vocabulary.field("rule.level"), vocabulary.field("rule.title"))
        metadata = (rules.rules.map(\.metadata), rules.correlations.map(\.correlation.metadata))
        let places = Dictionary(
            policies.enumerated().map { ($0.element.strategy.path, $0.offset) }, uniquingKeysWith: { first, _ in first }
        )
        func concern(_ metadata: Metadata) -> Concern? {
            guard let path = strategy(metadata.location.file)?.path, let place = places[path] else { return nil }
            return Concern(policies[place], at: place, metadata)
        }
        ruleConcerns = metadata.rules.map(concern)
        correlationConcerns = metadata.correlations.map(concern)
        fed = Self.fed(rules, ruleConcerns, correlationConcerns)
        self.today = today
        for policy in policies { compile(policy, vocabulary) }
        updateStates()
    }

    /// Holds suppressions against the day it has become by the clock on the wall; recorded input brings none.
    public mutating func advance(to time: StreamTime) {
        guard let today, let day = CalendarDay(time.now), day > today else { return }
        self.today = day
    }

    /// The guidance of the strategy a rule or correlation belongs to.
    public func guidance(for rule: RuleKey) -> Guidance? {
        concern(rule).map { strategies[$0.strategy].policy.guidance }
    }

    func concern(_ rule: RuleKey) -> Concern? {
        switch rule {
        case .rule(let number): ruleConcerns[number]
        case .correlation(let number): correlationConcerns[number]
        }
    }

    func metadata(of rule: RuleKey) -> Metadata {
        switch rule {
        case .rule(let number): metadata.rules[number]
        case .correlation(let number): metadata.correlations[number]
        }
    }

    private mutating func compile(_ policy: StrategyPolicy, _ vocabulary: Vocabulary) {
        let engine = Engine(rules: policy.blocks.matchers, vocabulary: vocabulary)
        diagnostics += engine.diagnostics
        let firstRecord = records.count
        var ends: [CalendarDay?] = []
        for (index, one) in policy.blocks.suppressions.enumerated() {
            var refusal = policy.refusals[one.id]
            let end = one.expires.flatMap { CalendarDay($0) }
            ends.append(end)
            if let expires = one.expires, end == nil {
                refusal = refusal ?? "`\(expires)` is no day; write `expires` as YYYY-MM-DD"
            }
            if !engine.canEvaluate(rule: policy.criteria.count + index) {
                refusal = refusal ?? "its matcher cannot be evaluated"
            }
            var agreement = one.agreement
            agreement.reason = agreement.reason ?? one.characteristic
            records.append(
                SuppressionRecord(
                    strategy: policy.strategy.id, suppression: agreement.bounded,
                    state: refusal == nil ? .inForce : .refused, refusal: refusal))
        }
        strategies.append(Compiled(policy: policy, engine: engine, firstRecord: firstRecord, ends: ends))
    }

    /// A suppression no longer works from the day it expires on; what is refused stays so.
    private mutating func updateStates() {
        for compiled in strategies {
            for (index, end) in compiled.ends.enumerated() {
                let place = compiled.firstRecord + index
                guard records[place].state != .refused else { continue }
                let isOver = if let today, let end { end <= today } else { false }
                records[place].state = isOver ? .expired : .inForce
            }
        }
    }

    private static func fed(_ rules: RuleSet, _ ruleConcerns: [Concern?], _ concerns: [Concern?]) -> [[Int]] {
        var fed = [[Int]](repeating: [], count: rules.rules.count)
        var reached: [Set<Int>] = []
        for (number, correlation) in rules.correlations.enumerated() {
            var members = Set<Int>()
            for member in correlation.members {
                switch member {
                case .rule(let rule): members.insert(rule)
                // Members come before the correlations that use them.
                case .correlation(let inner): if inner < reached.count { members.formUnion(reached[inner]) }
                }
            }
            reached.append(members)
            guard let concern = concerns[number] else { continue }
            for rule in members.sorted() where ruleConcerns[rule]?.strategy == concern.strategy {
                fed[rule].append(number)
            }
        }
        return fed
    }
}

extension AlertPolicy.Concern {
    init(_ policy: StrategyPolicy, at place: Int, _ metadata: Metadata) {
        let names = Set([metadata.id, metadata.name].compactMap { $0?.lowercased() })
        func concerns(_ rules: [String]?) -> Bool {
            guard let rules else { return true }
            return rules.contains { names.contains($0.lowercased()) }
        }
        strategy = place
        criteria = policy.criteria.indices.filter { concerns(policy.criteria[$0].rules) }
        suppressions = policy.blocks.suppressions.indices.filter { concerns(policy.blocks.suppressions[$0].rules) }
    }
}
