// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Evaluates a rule set over batches of events.
///
/// Rules compile once into a `Plan`; each log source gets a `Route` the first time it is seen. An event costs one look
/// at each value some rule of its route asks about, and then only the rules a found literal woke are evaluated.
/// One engine belongs to one thread; more threads make more engines of the same `RuleSet`.
public struct Engine: Evaluator {
    /// Rules that could not be compiled, with the reason.
    public let diagnostics: [Diagnostic]
    /// How many events were evaluated.
    public private(set) var eventCount: UInt64 = 0

    let plan: Plan
    let vocabulary: Vocabulary
    private(set) var routes: [Route?] = []
    private(set) var arrivals: [Arrival] = []
    private var truth: TruthTable
    private var tester: ValueTester
    private var folded: [UInt8] = []
    /// Rule number -> its place in the plan.
    let compiledPlaces: [Int: Int]
    private var wokenAt: [UInt64]
    private var candidates: [Int32] = []

    /// What has arrived of a log source.
    struct Arrival {
        var events: UInt64 = 0
        /// For each matcher of the route: whether its field was ever there.
        var seen: [Bool] = []
    }

    /// Compiles rules.
    ///
    /// Those that cannot be compiled are named in `diagnostics` and take no part.
    public init(rules: RuleSet, vocabulary: Vocabulary) {
        var compiler = RuleCompiler(vocabulary: vocabulary)
        for (number, rule) in rules.rules.enumerated() { compiler.add(rule, number: number) }
        compiler.plan.findWitnesses()
        plan = compiler.plan
        self.vocabulary = vocabulary
        diagnostics = compiler.plan.diagnostics
        compiledPlaces = Dictionary(
            plan.rules.enumerated().map { ($0.element.number, $0.offset) }, uniquingKeysWith: { first, _ in first })
        truth = TruthTable(count: plan.predicates.count)
        tester = ValueTester(regexes: plan.regexes)
        wokenAt = Array(repeating: 0, count: plan.rules.count)
    }

    /// How many searches of regular expressions gave up at their limit.
    public var regexLimitsReached: Int { tester.limitsReached }

    /// The matches of a batch, sorted by event and rule.
    public mutating func matches(in batch: EventBatch) -> [Match] {
        var found: [Match] = []
        for event in batch.events.indices { evaluate(event, in: batch, into: &found) }
        return found
    }

    private mutating func evaluate(_ event: Int, in batch: EventBatch, into found: inout [Match]) {
        eventCount += 1
        let source = batch.events[event].source
        guard let route = route(for: source) else { return }
        look(at: event, in: batch, through: route, source: Int(source.rawValue))
        candidates.removeAll(keepingCapacity: true)
        for rule in route.unconditional { candidates.append(rule) }
        for hit in truth.hits {
            route.forEachRule(wokenBy: hit) { rule in
                if wokenAt[Int(rule)] != eventCount {
                    wokenAt[Int(rule)] = eventCount
                    candidates.append(rule)
                }
            }
        }
        let first = found.count
        for rule in candidates where holds(plan.rules[Int(rule)].root, event, batch) {
            found.append(Match(event: event, rule: plan.rules[Int(rule)].number))
        }
        if found.count - first > 1 { found[first...].sort() }
    }

    /// Looks at an event that was counted before.
    mutating func look(again event: Int, in batch: EventBatch, through route: Route) {
        let source = Int(batch.events[event].source.rawValue)
        look(at: event, in: batch, through: route, source: source)
        arrivals[source].events -= 1
    }

    /// The first slot that satisfies a test; for tests of presence the field's first.
    mutating func satisfyingSlot(_ test: Test, _ field: FieldID?, _ event: Int, _ batch: EventBatch) -> Slot? {
        if case .exists(true) = test { return field.flatMap { batch.slot($0, of: event) } }
        return tester.firstSlot(satisfying: test, field: field, event: event, in: batch)
    }

    /// Shows every value some rule asks about to the index of its field.
    private mutating func look(at event: Int, in batch: EventBatch, through route: Route, source: Int) {
        truth.startEvent()
        arrivals[source].events += 1
        let header = batch.events[event]
        // Taken out of `self` for the while, so that the index may read it and write the truth table.
        var folded: [UInt8] = []
        swap(&folded, &self.folded)
        look(at: header.slots, batch, route, source, &folded)
        if !header.added.isEmpty { look(at: header.added, batch, route, source, &folded) }
        swap(&folded, &self.folded)
    }

    private mutating func look(
        at range: Range<Int>, _ batch: EventBatch, _ route: Route, _ source: Int, _ folded: inout [UInt8]
    ) {
        for index in range {
            let slot = batch.slots[index]
            let field = Int(slot.field.rawValue)
            let place = field < route.places.count ? Int(route.places[field]) : -1
            if place < 0 && route.keywords == nil { continue }
            let hasText = slot.kind != .null && slot.kind != .container
            if hasText {
                folded.removeAll(keepingCapacity: true)
                CaseFolding.append(batch.bytes.span.extracting(slot.range), to: &folded)
            }
            if place >= 0 {
                arrivals[source].seen[place] = true
                let matcher = route.matchers[place]
                if matcher.presence >= 0 { truth.mark(matcher.presence) }
                if hasText, let literals = matcher.literals {
                    literals.scan(folded.span, into: &truth)
                    if slot.kind == .float { scanCanonical(slot, batch, literals, folded.span) }
                }
            }
            if hasText, let keywords = route.keywords {
                keywords.scan(folded.span, into: &truth)
                if slot.kind == .float { scanCanonical(slot, batch, keywords, folded.span) }
            }
        }
    }

    /// `42.0` equals the rule's `42`.
    private mutating func scanCanonical(
        _ slot: Slot, _ batch: EventBatch, _ literals: LiteralIndex, _ folded: Span<UInt8>
    ) {
        guard let number = Double(String(decoding: batch.bytes.span.extracting(slot.range))) else { return }
        let canonical = Array(canonicalNumber(number).utf8)
        if !equalBytes(canonical.span, folded) { literals.scanNumber(canonical.span, into: &truth) }
    }

    mutating func route(for source: LogSourceID) -> Route? {
        let index = Int(source.rawValue)
        if index >= routes.count || routes[index] == nil {
            while routes.count <= index {
                routes.append(nil)
                arrivals.append(Arrival())
            }
            let made = Route(plan: plan, source: vocabulary.source(of: source))
            routes[index] = made
            arrivals[index].seen = Array(repeating: false, count: made.matchers.count)
        }
        return routes[index]
    }

    /// Whether a node of the plan holds for the event that was looked at last.
    mutating func holds(_ node: Int32, _ event: Int, _ batch: EventBatch) -> Bool {
        switch plan.nodes[Int(node)] {
        case .always: return true
        case .never: return false
        case .predicate(let number): return holds(predicate: number, event, batch)
        case .not(let inner): return !holds(inner, event, batch)
        case .and(let children):
            for child in children where !holds(child, event, batch) { return false }
            return true
        case .or(let children):
            for child in children where holds(child, event, batch) { return true }
            return false
        case .atLeast(let count, let children):
            var missing = count
            for child in children {
                if missing <= 0 { break }
                if holds(child, event, batch) { missing -= 1 }
            }
            return missing <= 0
        }
    }

    mutating func holds(predicate number: Int32, _ event: Int, _ batch: EventBatch) -> Bool {
        let predicate = plan.predicates[Int(number)]
        if predicate.test.isIndexed { return truth.isMarked(number) }
        if let known = truth.answer(number) { return known }
        let field = predicate.field == Predicate.keyword ? nil : FieldID(rawValue: predicate.field)
        let holds = tester.holds(predicate.test, field: field, event: event, in: batch)
        truth.remember(number, holds)
        return holds
    }
}
