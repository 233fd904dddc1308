// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// A correlation with its members and fields found.
struct CompiledCorrelation {
    let source: Correlation
    let memberCount: Int
    /// Rule -> the places in the list where it stands.
    let ruleMembers: [Int: [Int]]
    /// Correlation -> the places in the list where it stands.
    let correlationMembers: [Int: [Int]]
    /// For each place the first one that holds the same member.
    let representative: [Int]
    /// Width of the window in nanoseconds.
    let span: Int64
    /// The names each member may be called by in aliases and conditions.
    private let names: [Set<String>]
    private let fields: [[NamedField]]
    private let groupFields: [[NamedField]]

    /// A field of a member, aliases resolved.
    struct NamedField {
        var name: String
        var id: FieldID
    }

    init(_ resolved: ResolvedCorrelation, _ rules: RuleSet, _ vocabulary: Vocabulary) {
        source = resolved.correlation
        memberCount = resolved.members.count
        var ruleMembers: [Int: [Int]] = [:]
        var correlationMembers: [Int: [Int]] = [:]
        var names: [Set<String>] = []
        for (place, member) in resolved.members.enumerated() {
            let metadata: Metadata
            switch member {
            case .rule(let number):
                ruleMembers[number, default: []].append(place)
                metadata = rules.rules[number].metadata
            case .correlation(let number):
                correlationMembers[number, default: []].append(place)
                metadata = rules.correlations[number].correlation.metadata
            }
            names.append(Set([resolved.correlation.rules[place], metadata.name, metadata.id].compactMap { $0 }))
        }
        self.ruleMembers = ruleMembers
        self.correlationMembers = correlationMembers
        self.names = names
        representative = resolved.members.map { member in resolved.members.firstIndex(of: member) ?? 0 }
        let width = Int64(clamping: resolved.correlation.timespan).multipliedReportingOverflow(by: 1_000_000_000)
        span = width.overflow ? Int64.max : width.partialValue
        let aliases = resolved.correlation.aliases
        func field(_ name: String, _ place: Int) -> NamedField {
            let own = aliases[name]?.first { names[place].contains($0.key) }?.value ?? name
            return NamedField(name: own, id: vocabulary.field(ItemResolver.canonical(own)))
        }
        fields = names.indices.map { place in resolved.correlation.fields.map { field($0, place) } }
        groupFields = names.indices.map { place in resolved.correlation.groupBy.map { field($0, place) } }
    }

    /// Whether members are looked for rather than counted.
    var isTemporal: Bool {
        switch source.kind {
        case .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended: true
        default: false
        }
    }

    /// The group a match belongs to; nil when it lacks one of the fields.
    func group(of values: CorrelationValues, member: Int) -> [String]? {
        var group: [String] = []
        for field in groupFields[member] {
            guard let value = values.text(field) else { return nil }
            group.append(value)
        }
        return group
    }

    /// What a match adds to the window; nil when it lacks the counted field, or it is no number where one is needed.
    func contribution(of values: CorrelationValues, members: [Int], events: [MemberEvent]) -> Group.Contribution? {
        var contribution = Group.Contribution(members: members, key: 0, number: 0, events: events)
        switch source.kind {
        case .valueCount:
            for field in fields[members[0]] {
                guard let value = values.text(field) else { return nil }
                contribution.key =
                    (contribution.key ^ hashBytes(Array(value.utf8).span)) &* 0x9E37_79B9_7F4A_7C15
            }
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
            guard let field = fields[members[0]].first, let text = values.text(field),
                let number = decimalNumber(Array(text.utf8).span), number.isFinite
            else { return nil }
            contribution.number = number
        default: break
        }
        return contribution
    }

    /// Whether the condition holds at the group's last event.
    func holds(_ group: Group) -> Bool {
        switch source.kind {
        case .temporal where source.bounds.isEmpty: return group.membersSeen(span).allSatisfy { $0 }
        case .temporalOrdered: return group.isInOrder(span)
        case .temporalExtended:
            let seen = group.membersSeen(span)
            guard let condition = source.condition else { return seen.allSatisfy { $0 } }
            return evaluate(condition, happened: seen, seen: seen, isNegated: false)
        case .temporalOrderedExtended:
            guard let condition = source.condition else { return group.isInOrder(span) }
            let seen = group.membersSeen(span)
            return group.choicesInOrder(span).contains { choice in
                let happened = seen.indices.map { choice >> $0 & 1 == 1 }
                return evaluate(condition, happened: happened, seen: seen, isNegated: false)
            }
        default: return isWithinBounds(group.measured(self))
        }
    }

    private func isWithinBounds(_ measured: Double) -> Bool {
        source.bounds.allSatisfy { bound in
            switch bound.comparison {
            case .gt: measured > bound.value
            case .gte: measured >= bound.value
            case .lt: measured < bound.value
            case .lte: measured <= bound.value
            case .eq: measured == bound.value
            case .neq: measured != bound.value
            }
        }
    }

    /// A condition over members: what stands under `not` must be nowhere in the window, everything else among the
    /// members that happened (in their order, for the ordered kind).
    private func evaluate(_ condition: Condition, happened: [Bool], seen: [Bool], isNegated: Bool) -> Bool {
        func occurs(_ name: String) -> Bool {
            names.indices.contains { names[$0].contains(name) && (isNegated ? seen : happened)[$0] }
        }
        switch condition {
        case .search(let name): return occurs(name)
        case .not(let inner): return !evaluate(inner, happened: happened, seen: seen, isNegated: !isNegated)
        case .and(let children):
            return children.allSatisfy { evaluate($0, happened: happened, seen: seen, isNegated: isNegated) }
        case .or(let children):
            return children.contains { evaluate($0, happened: happened, seen: seen, isNegated: isNegated) }
        case .of(let quantifier, let names):
            let count = names.count(where: occurs)
            switch quantifier {
            case .any: return count > 0
            case .all: return count == names.count
            case .atLeast(let wanted): return count >= wanted
            }
        }
    }
}

/// Where a correlation takes its values from: an event, and for the firing of a member correlation also its group.
struct CorrelationValues {
    var event: EventBatch
    var group: [String: String] = [:]

    /// The first value of a field; nil when it is missing, null or an object.
    func text(_ field: CompiledCorrelation.NamedField) -> String? {
        if let value = group[field.name] { return value }
        guard let slot = event.slot(field.id, of: 0) else { return nil }
        return slot.kind == .null || slot.kind == .container ? nil : event.text(slot)
    }
}
