// SPDX-License-Identifier: Apache-2.0

/// Puts documents together into a rule set: filters, then variables, then pipelines, then references.
///
/// The order is pySigma's: a filter's fields are mapped with those of the rule it joins. Correlations come last, because
/// a rule that was refused cannot be a member.
struct Assembly {
    private let chain: PipelineChain
    private let variables: [String: [Value]]
    private var rules: [Rule] = []
    private var correlations: [Correlation] = []
    private var filters: [Filter] = []
    private var result = RuleSet()

    /// Starts with nothing loaded.
    init(pipelines: [Pipeline], variables: [String: [Value]]) {
        chain = PipelineChain(pipelines)
        self.variables = variables
        result.diagnostics += chain.diagnostics
    }

    /// Adds what a file holds.
    mutating func add(_ file: ParsedFile) {
        result.diagnostics += file.diagnostics
        result.refused += file.refused
        for document in file.documents {
            switch document {
            case .rule(let rule): rules.append(rule)
            case .correlation(let correlation): correlations.append(correlation)
            case .filter(let filter): filters.append(filter)
            }
        }
    }

    /// Keeps an error about something that could not be read at all.
    mutating func refuse(_ refusal: Refusal) {
        result.diagnostics.append(refusal.diagnostic)
        result.refused += 1
    }

    mutating func finish() -> RuleSet {
        result.diagnostics += FilterApplication.apply(filters, to: &rules, correlations: correlations)
        result.rules.reserveCapacity(rules.count)
        for rule in rules {
            do {
                result.rules.append(try processed(rule))
            } catch {
                refuse(error)
            }
        }
        guard !correlations.isEmpty else { return result }
        var resolution = CorrelationResolution(rules: result.rules, chain: chain)
        resolution.resolve(correlations)
        for refusal in resolution.refusals { refuse(refusal) }
        result.diagnostics += resolution.diagnostics
        result.correlations = resolution.resolved
        result.silentRules = resolution.silentRules
        return result
    }

    /// A rule after variables and pipelines; refused when a placeholder is left or what came out breaks Sigma's rules.
    private func processed(_ rule: Rule) throws(Refusal) -> Rule {
        guard !chain.isEmpty || rule.detection.searches.contains(where: { $0.search.hasPlaceholders }) else {
            return rule
        }
        var rule = rule
        try fillIn(&rule)
        try chain.apply(to: &rule)
        try fillIn(&rule)
        if let open = PlaceholderTemplate.open(in: rule) {
            let names = open.names.map { "%\($0)%" }.joined(separator: ", ")
            throw Refusal(
                .unresolvedPlaceholder, "nobody gave values for \(names); define the variable or use a pipeline",
                at: open.location)
        }
        return rule
    }

    /// Resolves variables, and checks the items that changed.
    private func fillIn(_ rule: inout Rule) throws(Refusal) {
        var quiet = ReadingContext(file: rule.metadata.location.file)
        for index in rule.detection.searches.indices {
            let search = rule.detection.searches[index].search
            guard search.items.contains(where: { $0.modifiers.contains(.expand) }) else { continue }
            let mapped = try search.mapItems { (item) throws(Refusal) in
                guard item.modifiers.contains(.expand) else { return .item(item) }
                var item = item
                try PlaceholderTemplate.resolve(&item) { variables[$0] }
                return .item(try ModifierRules.check(item, &quiet))
            }
            if let mapped { rule.detection.searches[index].search = mapped }
        }
    }
}
