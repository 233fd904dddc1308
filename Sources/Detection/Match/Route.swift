// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// The part of a plan that concerns one log source; the same for every engine of the rules.
///
/// SAFETY: the memory is written while the object is made, then only read, on any thread.
final class Route: @unchecked Sendable {
    /// Positions in `Plan.rules` of the rules that look at this source.
    let rules: [Int32]
    /// The fields rules look at; a field's position is its place.
    let fields: [FieldID]
    /// Keywords of a few bytes.
    let shortKeywords: ShortKeywords
    /// The literals of all other keywords.
    let keywords: LiteralStore?
    /// The literals of each place that are asked of every event.
    let literals: [LiteralStore?]
    /// Stands for the literals of the places that have none.
    private let nothing: LiteralStore
    /// Rules that must be looked at whatever the event holds.
    let unconditional: RawBlock<Int32>
    let places: RawBlock<Int32>
    let matchers: RawBlock<FieldMatcher>
    /// For each predicate where the rules it wakes begin in `witnessRules`; one start more stands behind the last.
    let witnessStarts: RawBlock<Int32>
    let witnessRules: RawBlock<Int32>

    /// The deferred literals of each place, and behind them those of keywords; see `Plan.isDeferred`.
    let deferred: [LiteralStore?]
    let deferredMatchers: RawBlock<FieldMatcher>
    /// Tells where no keyword can be, when that can be told.
    let keywordSweep: KeywordSweep?
    /// One element that applies to every value, when some rule has keywords.
    let keywordMatcher: RawBlock<FieldMatcher>
    /// The length in bytes of the shortest value that can hold a keyword; the largest number when no rule has any.
    let shortestKeyword: UInt32

    /// The literal tests of one field.
    struct FieldMatcher: BitwiseCopyable {
        /// Whether rules ask anything of the field's text.
        let hasLiterals: Bool
        let literals: LiteralIndex
        /// The predicate that the field is there at all; -1 when no rule needs it.
        let presence: Int32
    }

    /// The route of no log source.
    static let none = Route(plan: Plan(), source: LogSource()) { _ in nil }

    /// What a value that is no fraction must contain for some keyword test to hold, those of `apart` left out; nil where
    /// a test asks for nothing.
    private static func wantedTexts(
        _ tests: [(predicate: Int32, test: Test)], apart: ShortKeywords
    ) -> [[UInt8]]? {
        var wanted: [[UInt8]] = []
        for (predicate, test) in tests where !apart.holds(predicate) {
            switch test {
            case .equals(let bytes), .equalsNumber(let bytes), .prefix(let bytes), .suffix(let bytes),
                .contains(let bytes):
                if bytes.isEmpty { return nil }
                wanted.append(bytes)
            default: continue
            }
        }
        return wanted.isEmpty ? nil : wanted
    }

    /// `sweep` gives the sweep for texts: routes that look for the same share one.
    init(plan: Plan, source: LogSource, sweep: ([[UInt8]]) -> KeywordSweep?) {
        let isCovered = plan.logsources.map { source.isCovered(by: $0) }
        let chosen = plan.rules.indices.filter { isCovered[plan.rules[$0].logsource] }
        rules = chosen.map { Int32($0) }
        let asked = Asked(plan, chosen)
        let known = asked.fields
        var places = [Int32](repeating: -1, count: known.last.map { Int($0) + 1 } ?? 0)
        for (place, field) in known.enumerated() { places[Int(field)] = Int32(place) }
        var byPlace = [[Int32]](repeating: [], count: known.count)
        var byKeyword: [Int32] = []
        // The last place stands for keywords.
        var late = [[Int32]](repeating: [], count: known.count + 1)
        var presence = [Int32](repeating: -1, count: known.count)
        for number in asked.predicates {
            let field = plan.predicates[Int(number)].field
            if field == Predicate.keyword {
                if plan.isEager(number) { byKeyword.append(number) }
                if plan.isDeferred(number) { late[known.count].append(number) }
            } else if Int(field) < places.count, places[Int(field)] >= 0 {
                let place = Int(places[Int(field)])
                if plan.isEager(number) { byPlace[place].append(number) }
                if plan.isDeferred(number) { late[place].append(number) }
                if case .exists(true) = plan.predicates[Int(number)].test { presence[place] = number }
            }
        }
        func store(_ numbers: [Int32]) -> LiteralStore? {
            numbers.isEmpty ? nil : LiteralStore(numbers.map { ($0, plan.predicates[Int($0)].test) })
        }
        let literals = byPlace.map { store($0) }
        self.places = RawBlock(places)
        self.literals = literals
        let nothing = LiteralStore([])
        self.nothing = nothing
        let deferred = late.map { store($0) }
        self.deferred = deferred
        deferredMatchers = RawBlock(
            deferred.map { FieldMatcher(hasLiterals: $0 != nil, literals: ($0 ?? nothing).index, presence: -1) })
        matchers = RawBlock(
            zip(literals, presence).map {
                FieldMatcher(hasLiterals: $0 != nil, literals: ($0 ?? nothing).index, presence: $1)
            })
        self.fields = known.map { FieldID(rawValue: $0) }
        var keywordTests = byKeyword.map { (predicate: $0, test: plan.predicates[Int($0)].test) }
        shortKeywords = ShortKeywords(takingFrom: &keywordTests)
        keywords = keywordTests.isEmpty ? nil : LiteralStore(keywordTests)
        keywordMatcher = RawBlock(
            keywords.map { [FieldMatcher(hasLiterals: true, literals: $0.index, presence: -1)] } ?? [])
        shortestKeyword = keywords?.shortestValue ?? .max
        keywordSweep = Self.wantedTexts(keywordTests, apart: shortKeywords).flatMap { sweep($0) }
        let (unconditional, starts, list) = Self.invert(plan, chosen)
        self.unconditional = RawBlock(unconditional)
        witnessStarts = RawBlock(starts)
        witnessRules = RawBlock(list)
    }

    /// What the rules of a route ask.
    private struct Asked {
        /// Numbers of predicates, ascending.
        private(set) var predicates: [Int32] = []
        /// Ids of fields, ascending; those the vocabulary had no room for left out.
        private(set) var fields: [UInt32] = []

        // PERF: flat tables; sets and dictionaries took longer than all else.
        init(_ plan: Plan, _ rules: [Int]) {
            var isAsked = [Bool](repeating: false, count: plan.predicates.count)
            var isSeen = [Bool](repeating: false, count: plan.nodes.count)
            var isField: [Bool] = []
            for index in rules {
                for number in plan.rules[index].witness ?? [] { isAsked[Int(number)] = true }
                plan.markPredicates(of: plan.rules[index].root, &isAsked, &isSeen)
                // Explanations ask for what simplifying the condition may have left out.
                for search in plan.rules[index].searches {
                    for item in search.items { for test in item.tests { isAsked[Int(test.predicate)] = true } }
                }
                for field in plan.rules[index].fields where field != .overflow {
                    let number = Int(field.rawValue)
                    while isField.count <= number { isField.append(false) }
                    isField[number] = true
                }
            }
            for number in isAsked.indices where isAsked[number] { predicates.append(Int32(number)) }
            for field in isField.indices where isField[field] { fields.append(UInt32(field)) }
        }
    }

    /// Turns "rule needs one of these predicates" into "this predicate wakes these rules".
    private static func invert(_ plan: Plan, _ chosen: [Int]) -> ([Int32], [Int32], [Int32]) {
        var unconditional: [Int32] = []
        var starts = [Int32](repeating: 0, count: plan.predicates.count + 1)
        for index in chosen {
            guard let witness = plan.rules[index].witness else {
                unconditional.append(Int32(index))
                continue
            }
            for predicate in witness { starts[Int(predicate) + 1] += 1 }
        }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var list = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        var next = starts
        for index in chosen {
            for predicate in plan.rules[index].witness ?? [] {
                list[Int(next[Int(predicate)])] = Int32(index)
                next[Int(predicate)] += 1
            }
        }
        return (unconditional, starts, list)
    }

    /// The place of a field, -1 when no rule looks at it.
    @inline(__always)
    func place(of field: FieldID) -> Int {
        // SAFETY: guarded by the comparison.
        Int(field.rawValue) < places.count ? unsafe Int(places.pointer[Int(field.rawValue)]) : -1
    }
}
