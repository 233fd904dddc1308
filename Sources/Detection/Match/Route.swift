// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// The part of a plan that concerns one log source.
final class Route {
    /// Positions in `Plan.rules` of the rules that look at this source.
    let rules: [Int32]
    /// The fields rules look at; a field's position is its place in `matchers`.
    let fields: [FieldID]
    private let places: RawBlock<Int16>
    private let matchers: [FieldMatcher]
    /// Applied to every value, when some rule has keywords.
    let keywords: LiteralIndex?
    /// Rules that must be looked at whatever the event holds.
    let unconditional: [Int32]
    private let witnessStarts: RawBlock<Int32>
    private let witnessRules: RawBlock<Int32>
    /// For each place: whether its field was ever there.
    private let seen: RawBlock<Bool>
    /// How many events of the source were looked at.
    var events: UInt64 = 0

    /// The literal tests of one field.
    final class FieldMatcher {
        /// Nil when rules ask nothing of the field's text.
        let literals: LiteralIndex?
        /// The predicate that the field is there at all; -1 when no rule needs it.
        let presence: Int32

        init(literals: LiteralIndex?, presence: Int32) {
            self.literals = literals
            self.presence = presence
        }
    }

    /// Whether the source of an event satisfies what a rule asks for.
    static func covers(_ wanted: RuleLogSource, _ source: LogSource) -> Bool {
        func same(_ a: String?, _ b: String?) -> Bool { a == nil || a?.lowercased() == b?.lowercased() }
        guard same(wanted.product, source.product), same(wanted.service, source.service) else { return false }
        guard let category = wanted.category?.lowercased() else { return true }
        return LogSource.categories(coveredBy: category).contains(source.category ?? "")
    }

    init(plan: Plan, source: LogSource) {
        let chosen = plan.rules.indices.filter { Self.covers(plan.rules[$0].logsource, source) }
        rules = chosen.map { Int32($0) }
        var byField: [UInt32: [(predicate: Int32, test: Test)]] = [:]
        var presence: [UInt32: Int32] = [:]
        var wanted = Set<Int32>()
        var fields = Set<UInt32>()
        for index in chosen {
            let rule = plan.rules[index]
            wanted.formUnion(rule.witness ?? [])
            for search in rule.searches { for item in search.items { wanted.formUnion(item.tests.map(\.predicate)) } }
            fields.formUnion(rule.fields.map(\.rawValue))
        }
        for number in wanted.sorted() {
            let predicate = plan.predicates[Int(number)]
            if case .exists(true) = predicate.test { presence[predicate.field] = number }
            if predicate.test.isIndexed { byField[predicate.field, default: []].append((number, predicate.test)) }
        }
        let top = fields.filter { $0 != FieldID.overflow.rawValue }.max().map { Int($0) + 1 } ?? 0
        var places = [Int16](repeating: -1, count: top)
        var matchers: [FieldMatcher] = []
        for field in fields.sorted() where Int(field) < top {
            places[Int(field)] = Int16(matchers.count)
            matchers.append(
                FieldMatcher(literals: byField[field].map { LiteralIndex($0) }, presence: presence[field] ?? -1))
        }
        self.places = RawBlock(places)
        self.matchers = matchers
        self.fields = fields.sorted().filter { Int($0) < top }.map { FieldID(rawValue: $0) }
        seen = RawBlock(repeating: false, count: matchers.count)
        keywords = byField[Predicate.keyword].map { LiteralIndex($0) }
        let (unconditional, starts, list) = Self.invert(plan, chosen)
        self.unconditional = unconditional
        witnessStarts = RawBlock(starts)
        witnessRules = RawBlock(list)
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
            for predicate in Set(witness) { starts[Int(predicate) + 1] += 1 }
        }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var list = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        var next = starts
        for index in chosen {
            for predicate in Set(plan.rules[index].witness ?? []) {
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

    /// The tests of the field at a place.
    @inline(__always)
    func matcher(_ place: Int) -> FieldMatcher { matchers[place] }

    /// The fields rules look at that were there in some event.
    var seenFields: [FieldID] {
        // SAFETY: as many places as fields.
        fields.indices.filter { unsafe seen.pointer[$0] }.map { fields[$0] }
    }

    /// Notes that the field of a place was there.
    @inline(__always)
    func note(_ place: Int) {
        // SAFETY: places are numbered below the block's count.
        unsafe seen.pointer[place] = true
    }

    /// The rules a predicate wakes, as positions in `Plan.rules`.
    @inline(__always)
    func forEachRule(wokenBy predicate: Int32, _ body: (Int32) -> Void) {
        // SAFETY: one start more than there are predicates; what lies between two starts lies in the list.
        let end = unsafe Int(witnessStarts.pointer[Int(predicate) &+ 1])
        var index = unsafe Int(witnessStarts.pointer[Int(predicate)])
        while index < end {
            unsafe body(witnessRules.pointer[index])
            index &+= 1
        }
    }
}
