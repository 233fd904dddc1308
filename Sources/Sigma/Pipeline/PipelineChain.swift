// SPDX-License-Identifier: Apache-2.0

/// Several pipelines as one: in the order of their priorities, with common variables and state (pySigma's resolver).
struct PipelineChain: Sendable {
    private let items: [ProcessingItem]
    private let variables: [String: [Value]]
    /// The pipelines' notes.
    let diagnostics: [Diagnostic]

    /// Joins pipelines.
    ///
    /// Those of equal priority keep their order; later variables go before earlier ones.
    init(_ pipelines: [Pipeline]) {
        let ordered = pipelines.enumerated().sorted {
            ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset)
        }.map(\.element)
        items = ordered.flatMap(\.items)
        variables = ordered.reduce(into: [:]) { $0.merge($1.variables) { $1 } }
        diagnostics = ordered.flatMap(\.diagnostics)
    }

    /// Whether there is nothing to do.
    var isEmpty: Bool { items.isEmpty }

    /// Applies the steps to a rule, and checks what came out.
    func apply(to rule: inout Rule) throws(Refusal) {
        guard !isEmpty else { return }
        var run = PipelineRun(subject: .rule(RuleWork(rule)), variables: variables)
        for item in items { try run.apply(item) }
        guard case .rule(let work) = run.subject else { return }
        rule = try work.rule()
        var quiet = ReadingContext(file: rule.metadata.location.file)
        for index in rule.detection.searches.indices {
            let checked = try rule.detection.searches[index].search.mapItems { (item) throws(Refusal) in
                .item(try ModifierRules.check(item, &quiet))
            }
            if let checked { rule.detection.searches[index].search = checked }
        }
    }

    /// Applies the steps to a correlation over rules of these log sources.
    func apply(to correlation: inout Correlation, logsources: [RuleLogSource]) throws(Refusal) {
        guard !isEmpty else { return }
        var run = PipelineRun(subject: .correlation(correlation, logsources), variables: variables)
        for item in items { try run.apply(item) }
        if case .correlation(let changed, _) = run.subject { correlation = changed }
    }
}

/// A rule taken apart so that steps can mark the items they changed.
struct RuleWork {
    var metadata: Metadata
    var logsource: RuleLogSource
    var searches: [(name: String, search: SearchWork, location: SourceLocation)]
    var conditions: [Condition]

    init(_ rule: Rule) {
        metadata = rule.metadata
        logsource = rule.logsource
        searches = rule.detection.searches.map { ($0.name, SearchWork($0.search), $0.location) }
        conditions = rule.detection.conditions
    }

    /// Puts the rule together again.
    ///
    /// A search that lost all its items would hold for every event or for none, so the rule is refused.
    func rule() throws(Refusal) -> Rule {
        var named: [NamedSearch] = []
        for (name, work, location) in searches {
            guard let search = work.search else {
                throw Refusal(
                    .pipelineRefusal,
                    "the pipeline leaves nothing of the search '\(name)'; exclude the rule from the step",
                    at: location)
            }
            named.append(NamedSearch(name: name, search: search, location: location))
        }
        return Rule(
            metadata: metadata, logsource: logsource, detection: Detection(searches: named, conditions: conditions))
    }
}

/// A detection item and the steps that changed it.
struct ItemWork {
    var item: DetectionItem
    var applied: Set<String> = []
}

/// A search made of such items.
indirect enum SearchWork {
    case item(ItemWork)
    case all([SearchWork])
    case any([SearchWork])

    init(_ search: Search) {
        switch search {
        case .item(let item): self = .item(ItemWork(item: item))
        case .all(let searches): self = .all(searches.map(SearchWork.init))
        case .any(let searches): self = .any(searches.map(SearchWork.init))
        }
    }

    /// The search; nil when nothing is left of it.
    var search: Search? {
        switch self {
        case .item(let work): return .item(work.item)
        case .all(let works), .any(let works):
            let searches = works.compactMap(\.search)
            if searches.isEmpty { return nil }
            if case .all = self { return .all(searches) }
            return .any(searches)
        }
    }

    /// All items.
    var items: [ItemWork] {
        switch self {
        case .item(let item): [item]
        case .all(let works), .any(let works): works.flatMap(\.items)
        }
    }

    /// The search with each item replaced by what `transform` gives; an empty list removes it.
    func map(_ transform: (ItemWork) throws(Refusal) -> SearchWork) throws(Refusal) -> SearchWork {
        switch self {
        case .item(let item): return try transform(item)
        case .all(let works):
            var mapped: [SearchWork] = []
            for work in works { mapped.append(try work.map(transform)) }
            return .all(mapped)
        case .any(let works):
            var mapped: [SearchWork] = []
            for work in works { mapped.append(try work.map(transform)) }
            return .any(mapped)
        }
    }
}
