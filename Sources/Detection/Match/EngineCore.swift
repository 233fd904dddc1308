// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// The moving parts of an engine.
final class EngineCore {
    let plan: Plan
    let program: Program
    let vocabulary: Vocabulary
    /// Rule number -> its place in the plan.
    let places: [Int: Int]
    var tester: ValueTester
    private(set) var routes: [Route?] = []
    private(set) var eventCount: UInt64 = 0
    private let truth: TruthTable
    private let scratch = FoldingBuffer()
    private let wokenAt: RawBlock<UInt64>
    private let candidates: RawBlock<Int32>
    // PERF: kept here rather than handed down, for each hand it passes through costs a retain and a release an array.
    private var batch = EventBatch()
    private var event = 0

    init(plan: Plan, vocabulary: Vocabulary) {
        self.plan = plan
        self.vocabulary = vocabulary
        program = Program(plan)
        places = Dictionary(
            plan.rules.enumerated().map { ($0.element.number, $0.offset) }, uniquingKeysWith: { first, _ in first })
        tester = ValueTester(regexes: plan.regexes)
        truth = TruthTable(count: plan.predicates.count)
        wokenAt = RawBlock(repeating: 0, count: plan.rules.count)
        candidates = RawBlock(repeating: 0, count: plan.rules.count)
    }

    /// Adds the rules that hold for the events of a batch.
    func evaluate(_ batch: EventBatch, into found: inout [Match]) {
        self.batch = batch
        for event in batch.events.indices { evaluate(event, batch, into: &found) }
        self.batch = EventBatch()
    }

    private func evaluate(_ event: Int, _ batch: EventBatch, into found: inout [Match]) {
        self.event = event
        eventCount &+= 1
        let route = route(for: batch.events[event].source)
        route.events &+= 1
        look(at: event, of: batch, through: route)
        let first = found.count
        for rule in route.unconditional { decide(rule, &found) }
        let woken = wake(route)
        for index in 0..<woken {
            // SAFETY: `wake` filled as many places.
            unsafe decide(candidates.pointer[index], &found)
        }
        if found.count - first > 1 { found[first...].sort() }
    }

    /// Lists the rules whose witness holds, each once; gives their number.
    private func wake(_ route: Route) -> Int {
        var woken = 0
        for index in 0..<truth.hitCount {
            route.forEachRule(wokenBy: truth.hit(index)) { rule in
                // SAFETY: rules are numbered below the blocks' counts, and each is listed once an event.
                if unsafe wokenAt.pointer[Int(rule)] != eventCount {
                    unsafe wokenAt.pointer[Int(rule)] = eventCount
                    unsafe candidates.pointer[woken] = rule
                    woken &+= 1
                }
            }
        }
        return woken
    }

    private func decide(_ rule: Int32, _ found: inout [Match]) {
        if program.holds(program.root(ofRule: rule), truth, self) {
            found.append(Match(event: event, rule: program.number(ofRule: rule)))
        }
    }

    /// Looks at one event, for questions about it.
    func consider(_ event: Int, of batch: EventBatch) {
        self.batch = batch
        self.event = event
        look(at: event, of: batch, through: route(for: batch.events[event].source))
    }

    /// Whether a step of the program holds for the event that was looked at last.
    func holds(_ step: Int32) -> Bool { program.holds(step, truth, self) }

    /// Whether a predicate holds for the event that was looked at last.
    func holds(predicate number: Int32) -> Bool {
        if plan.predicates[Int(number)].test.isIndexed { return truth.isMarked(number) }
        return truth.answer(number) ?? ask(number)
    }

    /// Answers a predicate the index does not answer, and remembers the answer for the event.
    func ask(_ number: Int32) -> Bool {
        let predicate = plan.predicates[Int(number)]
        let field = predicate.field == Predicate.keyword ? nil : FieldID(rawValue: predicate.field)
        let holds = tester.holds(predicate.test, field: field, event: event, in: batch)
        truth.remember(number, holds)
        return holds
    }

    /// The first slot that satisfies a test; for tests of presence the field's first.
    func satisfyingSlot(_ test: Test, _ field: FieldID?) -> Slot? {
        if case .exists(true) = test { return field.flatMap { batch.slot($0, of: event) } }
        return tester.firstSlot(satisfying: test, field: field, event: event, in: batch)
    }

    /// Shows every value some rule asks about to the index of its field.
    private func look(at event: Int, of batch: EventBatch, through route: Route) {
        truth.startEvent()
        let slots = batch.slots.span
        let bytes = batch.bytes.span
        let header = batch.events[event]
        for index in header.slots { look(at: slots[index], bytes, route) }
        for index in header.added { look(at: slots[index], bytes, route) }
    }

    @inline(__always)
    private func look(at slot: Slot, _ bytes: Span<UInt8>, _ route: Route) {
        let place = route.place(of: slot.field)
        if place < 0 && route.keywords == nil { return }
        let hasText = slot.kind != .null && slot.kind != .container
        var literals: LiteralIndex?
        if place >= 0 {
            route.note(place)
            let matcher = route.matcher(place)
            if matcher.presence >= 0 { truth.mark(matcher.presence) }
            literals = matcher.literals
        }
        guard hasText, literals != nil || route.keywords != nil else { return }
        let value = bytes.extracting(slot.range)
        scratch.fold(value)
        if let literals { scan(literals, slot, value) }
        if let keywords = route.keywords { scan(keywords, slot, value) }
    }

    @inline(__always)
    private func scan(_ literals: LiteralIndex, _ slot: Slot, _ value: Span<UInt8>) {
        scratch.withFolded { literals.scan($0, into: truth) }
        if slot.kind == .float { scanCanonical(literals, value) }
    }

    /// `42.0` equals the rule's `42`.
    private func scanCanonical(_ literals: LiteralIndex, _ value: Span<UInt8>) {
        guard let number = Double(String(decoding: value)) else { return }
        let canonical = Array(canonicalNumber(number).utf8)
        if !scratch.withFolded({ equalBytes(canonical.span, $0) }) { literals.scanNumber(canonical.span, into: truth) }
    }

    /// The route of a log source, made when it is first seen.
    func route(for source: LogSourceID) -> Route {
        let index = Int(source.rawValue)
        if index < routes.count, let known = routes[index] { return known }
        while routes.count <= index { routes.append(nil) }
        let made = Route(plan: plan, source: vocabulary.source(of: source))
        routes[index] = made
        return made
    }
}
