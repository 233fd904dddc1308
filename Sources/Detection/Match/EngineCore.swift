// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// The moving parts of an engine.
final class EngineCore {
    let rules: CompiledRules
    let plan: Plan
    let program: Program
    let tester: ValueTester
    var states: [RouteState?] = []
    var eventCount: UInt64 = 0
    private let truth: TruthTable
    private let scratch = FoldingBuffer()
    private let memo = ValueMemo()
    private let wokenAt: RawBlock<UInt64>
    private let candidates: RawBlock<Int32>
    /// One for each set of keywords that routes look for.
    var keywordMaps: [KeywordMap] = []
    var mapOfSweep: [ObjectIdentifier: KeywordMap] = [:]
    /// How many bytes the batch at hand has.
    var byteCount = 0
    /// The short keywords that were not found in the event at hand yet.
    private var wantedShort: UInt16 = 0
    /// Numbers the looks at events, explanations included.
    private var stamp: UInt64 = 0
    // PERF: kept here rather than handed down through the program's steps.
    private var state: RouteState
    private var tables: RouteTables
    private var lookedAt = LogSourceID(rawValue: 0)
    private var hasLooked = false
    private var view: EventView

    init(_ rules: CompiledRules) {
        self.rules = rules
        plan = rules.plan
        program = rules.program
        tester = ValueTester(regexes: plan.regexes)
        truth = TruthTable(program)
        wokenAt = RawBlock(repeating: 0, count: plan.rules.count)
        candidates = RawBlock(repeating: 0, count: plan.rules.count)
        let none = RouteState(Route.none, nil)
        state = none
        tables = none.tables
        view = EventBatch().withMemory { unsafe EventView(memory: $0, own: 0..<0, added: 0..<0) }
    }

    /// Adds the rules that hold for the events of a batch.
    func evaluate(_ batch: EventBatch, into found: inout [Match]) {
        start(batch)
        batch.withMemory { memory in
            for (event, header) in batch.events.enumerated() {
                // SAFETY: used before the next event takes its place.
                view = unsafe EventView(memory: memory, own: header.slots, added: header.added)
                evaluate(event, header.source, into: &found)
            }
        }
        eventCount &+= UInt64(batch.events.count)
    }

    /// What is known of the batch before no longer holds.
    private func start(_ batch: EventBatch) {
        byteCount = batch.bytes.count
        for map in keywordMaps { map.start(byteCount: byteCount) }
    }

    private func evaluate(_ event: Int, _ source: LogSourceID, into found: inout [Match]) {
        look(through: source)
        state.events &+= 1
        let first = found.count
        let tables = tables
        let marks = truth.marks
        tables.unconditional.forEach { decide($0, marks, event, &found) }
        let woken = wake(tables)
        for index in 0..<woken {
            // SAFETY: `wake` filled as many places.
            unsafe decide(candidates.pointer[index], marks, event, &found)
        }
        if found.count - first > 1 { found[first...].sort() }
    }

    /// Lists the rules whose witness holds, each once; gives their number.
    private func wake(_ tables: RouteTables) -> Int {
        var woken = 0
        let stamp = stamp
        for index in 0..<truth.hitCount {
            tables.forEachRule(wokenBy: truth.hit(index)) { rule in
                // SAFETY: rules are numbered below the blocks' counts, and each is listed once an event.
                if unsafe wokenAt.pointer[Int(rule)] != stamp {
                    unsafe wokenAt.pointer[Int(rule)] = stamp
                    unsafe candidates.pointer[woken] = rule
                    woken &+= 1
                }
            }
        }
        return woken
    }

    @inline(__always)
    private func decide(_ rule: Int32, _ marks: TruthTable.Marks, _ event: Int, _ found: inout [Match]) {
        if program.holds(program.root(ofRule: rule), marks, self) {
            found.append(Match(event: event, rule: program.number(ofRule: rule)))
        }
    }

    /// Looks at one event and calls `body`, which may ask about it.
    func considering<Result>(_ event: Int, of batch: EventBatch, _ body: () -> Result) -> Result {
        start(batch)
        return batch.withMemory { memory in
            let header = batch.events[event]
            // SAFETY: `body` is the last to use it.
            view = unsafe EventView(memory: memory, own: header.slots, added: header.added)
            look(through: header.source)
            return body()
        }
    }

    /// Whether a step of the program holds for the event that was looked at last.
    func holds(_ step: Int32) -> Bool { program.holds(step, truth.marks, self) }

    /// Whether a predicate holds for the event that was looked at last.
    func holds(predicate number: Int32) -> Bool {
        if plan.isDeferred(number) { settle(plan.predicates[Int(number)].field) }
        if plan.predicates[Int(number)].test.isIndexed { return truth.isMarked(number) }
        return answer(number)
    }

    /// Answers a predicate the index does not answer, once an event.
    @inline(__always)
    func answer(_ number: Int32) -> Bool { truth.answer(number) ?? ask(number) }

    @inline(never)
    private func ask(_ number: Int32) -> Bool {
        let holds = tester.holds(plan.predicates[Int(number)], slots(of: plan.predicates[Int(number)].field), view)
        truth.remember(number, holds)
        return holds
    }

    /// The first slot that satisfies a predicate; for tests of presence the field's first.
    func satisfyingSlot(_ predicate: Predicate) -> Slot? {
        let slots = slots(of: predicate.field)
        if case .exists(true) = predicate.test { return view.firstSlot(predicate.wantedField, in: slots) { _ in true } }
        return tester.firstSlot(satisfying: predicate, slots, view)
    }

    /// Where the values of a field are, or all values for keywords.
    private func slots(of field: UInt32) -> Range<Int> {
        if field == Predicate.keyword { return 0..<Int.max }
        let place = state.route.place(of: FieldID(rawValue: field))
        return place < 0 ? 0..<0 : state.slots(place, stamp: stamp)
    }

    /// Shows every value some rule asks about to the index of its field.
    private func look(through source: LogSourceID) {
        stamp &+= 1
        truth.startEvent()
        if source != lookedAt || !hasLooked {
            state = routeState(for: source)
            tables = state.tables
            (lookedAt, hasLooked) = (source, true)
        }
        let tables = tables
        wantedShort = tables.shortKeywords
        for index in view.own { look(at: index, tables) }
        for index in view.added { look(at: index, tables) }
    }

    @inline(__always)
    private func look(at index: Int, _ tables: RouteTables) {
        let slot = view.slot(index)
        let hasText = slot.kind != .null && slot.kind != .container
        if hasText, wantedShort != 0 { lookForShortKeywords(slot, tables) }
        let place = tables.place(of: slot.field)
        if place >= 0 {
            let isFirst = tables.note(place, slot: index, stamp: stamp)
            // SAFETY: the tables are those of `state`.
            let matcher = unsafe tables.matcher(place)
            if unsafe matcher.pointee.presence >= 0 { unsafe truth.mark(matcher.pointee.presence) }
            if hasText, unsafe matcher.pointee.hasLiterals {
                unsafe match(matcher, place, slot, isFirst: isFirst, isDeferred: false)
            }
        }
        if hasText, slot.length >= tables.shortestKeyword, mayHoldKeyword(slot, tables) {
            scanForKeywords(slot, tables)
        }
    }

    /// Answers the tests of a field for one of its values.
    @inline(__always)
    @unsafe private func match(
        _ matcher: UnsafeMutablePointer<Route.FieldMatcher>, _ place: Int, _ slot: Slot, isFirst: Bool, isDeferred: Bool
    ) {
        if isFirst, place <= ValueMemo.lastPlace, slot.length > 0, slot.length <= UInt32(ValueMemo.longestValue) {
            unsafe recallOrScan(matcher, place, slot, isDeferred: isDeferred)
        } else {
            unsafe scan(matcher, slot)
        }
    }

    @inline(__always)
    @unsafe private func recallOrScan(
        _ matcher: UnsafeMutablePointer<Route.FieldMatcher>, _ field: Int, _ slot: Slot, isDeferred: Bool
    ) {
        let tag = ValueMemo.tag(
            source: lookedAt.rawValue, place: field, isDeferred: isDeferred, kind: slot.kind.rawValue,
            length: Int(slot.length))
        let place = view.withValue(of: slot) { value in
            let place = memo.place(tag, value)
            return memo.recall(place, tag, value, into: truth) ? -1 : place
        }
        if place >= 0 { unsafe scanAndRemember(matcher, place, tag, slot) }
    }

    @inline(never)
    @unsafe private func scanAndRemember(
        _ matcher: UnsafeMutablePointer<Route.FieldMatcher>, _ place: Int, _ tag: UInt64, _ slot: Slot
    ) {
        let firstHit = truth.hitCount
        unsafe scan(matcher, slot)
        view.withValue(of: slot) { memo.remember(place, tag, $0, truth, since: firstHit) }
    }

    /// Asks the deferred tests of a field, or of all keywords, unless that was done for the event at hand.
    @inline(__always)
    func settle(_ field: UInt32) {
        let place = field == Predicate.keyword ? tables.keywordPlace : tables.place(of: FieldID(rawValue: field))
        // SAFETY: the tables are those of `state`.
        if place >= 0, let matcher = unsafe tables.unsettled(place, stamp: stamp) { unsafe settle(place, matcher) }
    }

    @inline(never)
    @unsafe private func settle(_ place: Int, _ matcher: UnsafeMutablePointer<Route.FieldMatcher>) {
        let isKeyword = place == tables.keywordPlace
        let field = isKeyword ? nil : state.route.fields[place]
        let slots = isKeyword ? 0..<Int.max : state.slots(place, stamp: stamp)
        var isFirst = !isKeyword
        _ = view.firstSlot(field, in: slots) { slot in
            if slot.kind != .null, slot.kind != .container {
                unsafe match(matcher, place, slot, isFirst: isFirst, isDeferred: true)
            }
            isFirst = false
            return false
        }
    }

    @inline(__always)
    private func lookForShortKeywords(_ slot: Slot, _ tables: RouteTables) {
        let likely = view.withValue(of: slot) { tables.shortKeywords(wantedShort, in: $0) }
        if likely != 0 { confirmShortKeywords(likely, slot) }
    }

    @inline(never)
    private func confirmShortKeywords(_ likely: UInt16, _ slot: Slot) {
        let value = view.withValue(of: slot) { scratch.fold($0) }
        wantedShort &= ~state.route.shortKeywords.confirm(likely, in: value, truth)
    }

    /// Whether a keyword may stand in a value.
    ///
    /// The text of a fraction may not be the one it equals.
    @inline(__always)
    private func mayHoldKeyword(_ slot: Slot, _ tables: RouteTables) -> Bool {
        guard let pages = unsafe tables.keywordPages, slot.kind != .float else { return true }
        return slot.length > 0 && (unsafe view.mayHoldKeyword(slot, pages))
    }

    @inline(never)
    private func scanForKeywords(_ slot: Slot, _ tables: RouteTables) {
        // SAFETY: the tables are those of `state`; without keywords no value is long enough for the shortest.
        if let keywords = unsafe tables.keywords { unsafe scan(keywords, slot) }
    }

    @unsafe private func scan(_ matcher: UnsafeMutablePointer<Route.FieldMatcher>, _ slot: Slot) {
        let first = unsafe view.firstSubstring(of: matcher.pointee.literals, in: slot)
        if first < 0, unsafe matcher.pointee.literals.isOnlySubstrings { return }
        let value = view.withValue(of: slot) { scratch.fold($0) }
        unsafe matcher.pointee.literals.scan(value, substringsFrom: first, into: truth)
        if slot.kind == .float { unsafe scanCanonical(matcher.pointee.literals, slot) }
    }

    /// `42.0` equals the rule's `42`.
    private func scanCanonical(_ literals: LiteralIndex, _ slot: Slot) {
        let text = view.withValue(of: slot) { String(decoding: $0) }
        guard let number = Double(text) else { return }
        let canonical = Array(canonicalNumber(number).utf8)
        if canonical != CaseFolding.fold(text) { literals.scanNumber(scratch.fold(canonical.span), into: truth) }
    }
}
