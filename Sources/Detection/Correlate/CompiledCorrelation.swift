// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A correlation with its members and fields found.
struct CompiledCorrelation: Sendable {
    /// A rule or correlation that is counted.
    struct Member {
        var source: ResolvedCorrelation.Member
        /// The places in the list where it stands.
        var places: [Int]
        /// The group-by fields, aliases resolved.
        var groupBy: [NamedField]
        /// The fields whose values are counted, summed or ranked.
        var fields: [NamedField]
    }

    /// A field of a member.
    struct NamedField {
        var name: String
        var id: FieldID
    }

    /// What is counted or ordered.
    let kind: Correlation.Kind
    /// The members, each once.
    let members: [Member]
    /// Those that are correlations, by their number: where they stand in `members`.
    let inner: [(correlation: Int, member: Int)]
    /// For each place in the list the first one that holds the same member.
    let representative: [Int]
    /// Width of the window in nanoseconds.
    let span: Int64
    /// All must hold of the measured value.
    let bounds: [Correlation.Bound]
    /// The percentile measured.
    let percentile: Double
    /// For the extended kinds: the condition.
    let condition: CorrelationCondition?
    /// Names of the group-by fields.
    let groupBy: [String]

    /// How many places the list has.
    var placeCount: Int { representative.count }

    init(_ resolved: ResolvedCorrelation, _ rules: RuleSet, _ vocabulary: Vocabulary) {
        let source = resolved.correlation
        kind = source.kind
        bounds = source.bounds
        percentile = source.percentile ?? 50
        groupBy = source.groupBy
        representative = resolved.members.map { member in resolved.members.firstIndex(of: member) ?? 0 }
        let width = Int64(clamping: source.timespan).multipliedReportingOverflow(by: 1_000_000_000)
        span = width.overflow ? Int64.max : width.partialValue
        // The names each place may be called by in aliases and conditions.
        let names = resolved.members.enumerated().map { place, member in
            let metadata =
                switch member {
                case .rule(let number): rules.rules[number].metadata
                case .correlation(let number): rules.correlations[number].correlation.metadata
                }
            return Set([source.rules[place], metadata.name, metadata.id].compactMap { $0 })
        }
        func field(_ name: String, _ place: Int) -> NamedField {
            let own = source.aliases[name]?.first { names[place].contains($0.key) }?.value ?? name
            return NamedField(name: own, id: vocabulary.field(ItemResolver.canonical(own)))
        }
        var members: [Member] = []
        for (place, first) in representative.enumerated() where first == place {
            members.append(
                Member(
                    source: resolved.members[place],
                    places: representative.indices.filter { [representative] in representative[$0] == place },
                    groupBy: source.groupBy.map { field($0, place) }, fields: source.fields.map { field($0, place) }))
        }
        self.members = members
        inner = members.enumerated().compactMap { number, member in
            if case .correlation(let inner) = member.source { (inner, number) } else { nil }
        }.sorted { $0.correlation < $1.correlation }
        condition = source.condition.map { condition in
            CorrelationCondition(condition) { name in names.indices.filter { names[$0].contains(name) } }
        }
    }

    /// Whether members are looked for rather than counted.
    var isTemporal: Bool {
        switch kind {
        case .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended: true
        default: false
        }
    }

    /// The latest time that is outside of the window that ends at `time`.
    func oldest(at time: Int64) -> Int64 {
        let (start, overflowed) = time.subtractingReportingOverflow(span)
        return overflowed ? .min : start
    }

    /// Whether all bounds hold of a measured value.
    func isWithinBounds(_ measured: Double) -> Bool {
        for bound in bounds {
            let holds =
                switch bound.comparison {
                case .gt: measured > bound.value
                case .gte: measured >= bound.value
                case .lt: measured < bound.value
                case .lte: measured <= bound.value
                case .eq: measured == bound.value
                case .neq: measured != bound.value
                }
            guard holds else { return false }
        }
        return true
    }
}

/// Where a correlation over another one takes its values from: the event that completed it, and its group.
struct CorrelationValues: Sendable {
    var event: EventBatch
    var group: [String: [UInt8]] = [:]
}
