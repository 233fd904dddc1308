// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

/// Where a correlation takes its values from: an event, or the firing of a member correlation.
protocol CorrelationValues {
    /// The first value of a field; nil when it is missing or null.
    func text(_ field: FieldID, _ name: String) -> String?
}

struct EventValues: CorrelationValues {
    var event: EventBatch
    func text(_ field: FieldID, _ name: String) -> String? { event.text(field, of: 0) }
}

/// A firing is an event whose fields are the group-by fields.
struct FiringValues: CorrelationValues {
    var fields: [String]
    var values: [String]
    func text(_ field: FieldID, _ name: String) -> String? {
        fields.firstIndex(of: name).map { values[$0] }
    }
}

/// A correlation with its members and fields found.
struct CompiledCorrelation {
    let source: Correlation
    let memberCount: Int
    /// Rule -> the members it stands for (a rule may be listed more than once).
    let ruleMembers: [Int: [Int]]
    /// Correlation -> the members it stands for.
    let correlationMembers: [Int: [Int]]
    /// Width of the window in nanoseconds.
    let span: Int64
    private let fields: [(name: String, id: FieldID)]
    /// For each member the fields it is grouped by.
    private let groupFields: [[(name: String, id: FieldID)]]

    init(_ resolved: ResolvedCorrelation, _ vocabulary: Vocabulary) {
        source = resolved.correlation
        memberCount = resolved.members.count
        var rules: [Int: [Int]] = [:]
        var correlations: [Int: [Int]] = [:]
        for (place, member) in resolved.members.enumerated() {
            switch member {
            case .rule(let number): rules[number, default: []].append(place)
            case .correlation(let number): correlations[number, default: []].append(place)
            }
        }
        ruleMembers = rules
        correlationMembers = correlations
        let width = Int64(clamping: resolved.correlation.timespan).multipliedReportingOverflow(by: 1_000_000_000)
        span = width.overflow ? Int64.max / 4 : width.partialValue
        func named(_ name: String) -> (name: String, id: FieldID) {
            (name, vocabulary.field(ItemResolver.canonical(name)))
        }
        fields = resolved.correlation.fields.map(named)
        groupFields = resolved.correlation.rules.map { member in
            resolved.correlation.groupBy.map { entry in
                named(resolved.correlation.aliases[entry]?[member] ?? entry)
            }
        }
    }

    /// The group an event belongs to; nil when it lacks one of the fields.
    func group(of values: some CorrelationValues, member: Int) -> [String]? {
        var group: [String] = []
        for (name, id) in groupFields[member] {
            guard let value = values.text(id, name) else { return nil }
            group.append(value)
        }
        return group
    }

    /// What an event adds to the window; nil when it lacks the counted field, or it is no number where one is needed.
    func contribution(of values: some CorrelationValues, members: [Int], identity: UInt64) -> Group.Contribution? {
        var contribution = Group.Contribution(members: members, identity: identity, key: 0, number: 0)
        switch source.kind {
        case .eventCount, .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended: break
        case .valueCount:
            var hash: UInt64 = 0
            for (name, id) in fields {
                guard let value = values.text(id, name) else { return nil }
                hash = (hash ^ hashBytes(Array(value.utf8).span)) &* 0x9E37_79B9_7F4A_7C15
            }
            contribution.key = hash
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian:
            guard let (name, id) = fields.first, let text = values.text(id, name), let number = Double(text),
                number.isFinite
            else { return nil }
            contribution.number = number
        }
        return contribution
    }

    /// Whether the condition holds at the group's last event.
    func holds(_ group: Group) -> Bool {
        switch source.kind {
        case .temporal: return group.membersSeen(span: span).allSatisfy { $0 }
        case .temporalOrdered: return group.isInOrder(span: span)
        case .temporalExtended, .temporalOrderedExtended:
            let seen = group.membersSeen(span: span)
            guard let condition = source.condition else { return seen.allSatisfy { $0 } }
            if source.kind == .temporalOrderedExtended && !group.isInOrder(span: span) { return false }
            return evaluate(condition, seen)
        default:
            let measured = group.measured(source, span: span)
            return source.bounds.allSatisfy { bound in
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
    }

    private func evaluate(_ condition: Condition, _ seen: [Bool]) -> Bool {
        func isSeen(_ name: String) -> Bool { zip(source.rules, seen).contains { $0 == name && $1 } }
        switch condition {
        case .search(let name): return isSeen(name)
        case .not(let inner): return !evaluate(inner, seen)
        case .and(let children): return children.allSatisfy { evaluate($0, seen) }
        case .or(let children): return children.contains { evaluate($0, seen) }
        case .of(let quantifier, let names):
            let count = names.count(where: isSeen)
            switch quantifier {
            case .any: return count > 0
            case .all: return count == names.count
            case .atLeast(let wanted): return count >= wanted
            }
        }
    }
}
