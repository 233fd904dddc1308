// SPDX-License-Identifier: Apache-2.0
import Sigma

/// One correlation, read.
struct PlainCorrelationReading {
    let correlation: Correlation
    /// The names each member may be called by, member by member.
    private let names: [Set<String>]

    init(_ resolved: ResolvedCorrelation, in rules: RuleSet) {
        correlation = resolved.correlation
        names = zip(resolved.members, resolved.correlation.rules).map { member, reference in
            let metadata =
                switch member {
                case .rule(let index): rules.rules[index].metadata
                case .correlation(let index): rules.correlations[index].correlation.metadata
                }
            return Set([reference, metadata.name, metadata.id].compactMap { $0 })
        }
    }

    /// The group an occurrence belongs to; nil when it lacks one of the fields.
    func group(of occurrence: PlainOccurrence) -> [String]? {
        let values = correlation.groupBy.map { value($0, of: occurrence) }
        return values.contains(nil) ? nil : values.compactMap { $0 }
    }

    /// Whether an occurrence has what is counted or measured.
    func takesPart(_ occurrence: PlainOccurrence) -> Bool {
        switch correlation.kind {
        case .eventCount, .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended: true
        case .valueCount: tuple(of: occurrence) != nil
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian: number(of: occurrence) != nil
        }
    }

    /// Whether a time lies in the window that ends at another: less than the timespan before it.
    func window(endingAt end: Int64, holds time: Int64) -> Bool {
        let (span, tooWide) = Int64(correlation.timespan).multipliedReportingOverflow(by: 1_000_000_000)
        let (age, tooOld) = end.subtractingReportingOverflow(time)
        return time <= end && (tooWide || (!tooOld && age < span))
    }

    /// Whether the condition holds of a window, given in order.
    func holds(of window: [PlainOccurrence]) -> Bool {
        let seen = window.reduce(into: Set<Int>()) { $0.formUnion($1.members) }
        let all = Set(names.indices)
        switch correlation.kind {
        case .eventCount: return isWithinBounds(Double(window.count))
        case .valueCount: return isWithinBounds(Double(Set(window.compactMap { tuple(of: $0) }).count))
        case .valueSum, .valueAverage, .valuePercentile, .valueMedian: return isWithinBounds(measure(window))
        case .temporal:
            return correlation.bounds.isEmpty ? seen == all : isWithinBounds(Double(seen.count))
        case .temporalOrdered: return PlainSequence.occurs(all.sorted(), in: window)
        case .temporalExtended:
            return correlation.condition.map { holds($0, happened: seen, seen: seen, isNegated: false) }
                ?? (seen == all)
        case .temporalOrderedExtended:
            guard let condition = correlation.condition else { return PlainSequence.occurs(all.sorted(), in: window) }
            return Self.subsets(of: seen.sorted()).contains { chosen in
                holds(condition, happened: Set(chosen), seen: seen, isNegated: false)
                    && PlainSequence.occurs(chosen, in: window)
            }
        }
    }

    private func isWithinBounds(_ value: Double) -> Bool {
        correlation.bounds.allSatisfy { bound in
            switch bound.comparison {
            case .gt: value > bound.value
            case .gte: value >= bound.value
            case .lt: value < bound.value
            case .lte: value <= bound.value
            case .eq: value == bound.value
            case .neq: value != bound.value
            }
        }
    }

    /// A condition over members: what stands under `not` must be nowhere in the window, everything else among the
    /// members chosen.
    private func holds(_ condition: Condition, happened: Set<Int>, seen: Set<Int>, isNegated: Bool) -> Bool {
        func occurs(_ name: String) -> Bool {
            names.indices.contains { names[$0].contains(name) && (isNegated ? seen : happened).contains($0) }
        }
        switch condition {
        case .search(let name): return occurs(name)
        case .and(let parts):
            return parts.allSatisfy { holds($0, happened: happened, seen: seen, isNegated: isNegated) }
        case .or(let parts):
            return parts.contains { holds($0, happened: happened, seen: seen, isNegated: isNegated) }
        case .not(let part): return !holds(part, happened: happened, seen: seen, isNegated: !isNegated)
        case .of(let quantifier, let members):
            let count = members.count { occurs($0) }
            switch quantifier {
            case .any: return count >= 1
            case .all: return count == members.count
            case .atLeast(let wanted): return count >= wanted
            }
        }
    }

    private static func subsets(of members: [Int]) -> [[Int]] {
        members.reduce([[]]) { subsets, member in subsets + subsets.map { $0 + [member] } }
    }
}

extension PlainCorrelationReading {
    /// The first value of a field or alias.
    private func value(_ name: String, of occurrence: PlainOccurrence) -> String? {
        var field = name
        if let alias = correlation.aliases[name] {
            let called = occurrence.members.reduce(into: Set<String>()) { $0.formUnion(names[$1]) }
            field = alias.first { called.contains($0.key) }?.value ?? name
        }
        return occurrence.fields[field]?.first
    }

    /// The values that are counted; nil when one is missing.
    private func tuple(of occurrence: PlainOccurrence) -> [String]? {
        let values = correlation.fields.map { value($0, of: occurrence) }
        return values.contains(nil) ? nil : values.compactMap { $0 }
    }

    /// The number that is measured.
    private func number(of occurrence: PlainOccurrence) -> Double? {
        guard let field = correlation.fields.first, let text = value(field, of: occurrence),
            let number = PlainNumber(text: text)?.real, number.isFinite
        else { return nil }
        return number
    }

    private func measure(_ window: [PlainOccurrence]) -> Double {
        let numbers = window.compactMap { number(of: $0) }.sorted()
        let sum = numbers.reduce(0, +)
        switch correlation.kind {
        case .valueSum: return sum
        case .valueAverage: return sum / Double(numbers.count)
        case .valueMedian:
            let middle = numbers.count / 2
            return numbers.count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2
        default:
            // Nearest rank: the smallest number that at least this share of all numbers does not exceed. Multiplied first,
            // so that whole percentages come out exact.
            let rank = ((correlation.percentile ?? 50) * Double(numbers.count) / 100).rounded(.up)
            return numbers[min(max(Int(rank), 1), numbers.count) - 1]
        }
    }
}

/// Members in order.
enum PlainSequence {
    /// Whether the members happen one after the other, each by an occurrence of its own.
    ///
    /// Occurrences of one event count as simultaneous. Taking the earliest that fits never spoils what follows.
    static func occurs(_ members: [Int], in window: [PlainOccurrence]) -> Bool {
        var used: Set<Int> = []
        var last: PlainOccurrence.Moment?
        for member in members {
            let next = window.indices.first { index in
                window[index].members.contains(member) && !used.contains(index)
                    && last.map { $0 <= window[index].moment } ?? true
            }
            guard let next else { return false }
            used.insert(next)
            last = window[next].moment
        }
        return true
    }
}
