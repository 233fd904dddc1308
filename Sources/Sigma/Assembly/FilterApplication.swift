// SPDX-License-Identifier: Apache-2.0

/// Joins filters to the rules they are for (specification 2.1, "Sigma Filters").
///
/// The searches of the nth filter become `filter:<n>:<name>` in a copy of the rule, so names and `them` stay private to
/// each side, and the filter's condition is ANDed to each condition of the rule.
enum FilterApplication {
    /// What the names of joined searches begin with.
    static let prefix = "filter:"

    /// Applies the filters in order; gives the warnings.
    static func apply(_ filters: [Filter], to rules: inout [Rule], correlations: [Correlation]) -> [Diagnostic] {
        guard !filters.isEmpty else { return [] }
        var diagnostics: [Diagnostic] = []
        let index = ReferenceIndex(rules.map(\.metadata))
        let correlationIndex = ReferenceIndex(correlations.map(\.metadata))
        for (number, filter) in filters.enumerated() {
            func warn(_ code: SigmaDiagnosticCode, _ message: String) {
                diagnostics.append(Diagnostic(.warning, code.rawValue, message, at: filter.metadata.location))
            }
            var applied = 0
            for position in targets(of: filter, among: rules, index, correlationIndex, warn) {
                join(filter, number: number, to: &rules[position])
                applied += 1
            }
            if applied == 0 { warn(.filterWithoutEffect, "the filter '\(filter.metadata.title)' applies to no rule") }
        }
        return diagnostics
    }

    private static func targets(
        of filter: Filter, among rules: [Rule], _ index: ReferenceIndex, _ correlations: ReferenceIndex,
        _ warn: (SigmaDiagnosticCode, String) -> Void
    ) -> [Int] {
        guard let names = filter.rules else {
            return rules.indices.filter { filter.logsource.covers(rules[$0].logsource) }
        }
        var targets: [Int] = []
        for name in names {
            let found = index.positions(of: name)
            if found.isEmpty {
                if correlations.positions(of: name).isEmpty {
                    warn(.filterRuleNotFound, "the filter names '\(name)', which is not loaded")
                } else {
                    warn(.filterOnCorrelation, "the filter names '\(name)', which is a correlation; name its rules")
                }
            }
            for position in found where !targets.contains(position) {
                if filter.logsource.covers(rules[position].logsource) {
                    targets.append(position)
                } else {
                    warn(
                        .filterLogsourceMismatch,
                        "the filter's log source does not cover '\(rules[position].metadata.title)', which it names")
                }
            }
        }
        return targets.sorted()
    }

    private static func join(_ filter: Filter, number: Int, to rule: inout Rule) {
        func rename(_ name: String) -> String { "\(prefix)\(number):\(name)" }
        rule.detection.searches += filter.detection.searches.map { search in
            NamedSearch(name: rename(search.name), search: search.search, location: search.location)
        }
        let added = filter.detection.conditions.map { $0.renamed(rename) }
        rule.detection.conditions = rule.detection.conditions.map { .and([$0] + added) }
    }
}

extension RuleLogSource {
    /// Whether every part this names is the same in `other` (compared without regard to case).
    func covers(_ other: RuleLogSource) -> Bool {
        func covers(_ mine: String?, _ its: String?) -> Bool {
            guard let mine else { return true }
            return mine.lowercased() == its?.lowercased()
        }
        return covers(category, other.category) && covers(product, other.product) && covers(service, other.service)
    }
}

/// Finds documents by id (without regard to case) or name.
struct ReferenceIndex {
    private var positionsByKey: [String: [Int]] = [:]

    /// Indexes documents by their positions.
    init(_ documents: [Metadata]) {
        for (position, metadata) in documents.enumerated() {
            if let id = metadata.id { positionsByKey["id:" + id.lowercased(), default: []].append(position) }
            if let name = metadata.name { positionsByKey["name:" + name, default: []].append(position) }
        }
    }

    /// The documents with this id, or else with this name.
    func positions(of reference: String) -> [Int] {
        positionsByKey["id:" + reference.lowercased()] ?? positionsByKey["name:" + reference] ?? []
    }
}
