// SPDX-License-Identifier: Apache-2.0

extension PipelineRun {
    /// What a step makes of a field name (nil for keywords): nil leaves it, several names are alternatives.
    private func names(for field: String?, _ transformation: Transformation) -> [String]? {
        switch transformation {
        case .fieldMapping(let mapping): return mapping[field]
        case .fieldPrefixMapping(let mapping):
            guard let field, let match = mapping.first(where: { field.hasPrefix($0.prefix) }) else { return nil }
            return match.replacements.map { $0 + field.dropFirst(match.prefix.count) }
        case .fieldFunction(let function, let exceptions):
            guard let field else { return nil }
            return [exceptions[field] ?? function(field)]
        case .fieldPrefix(let prefix): return field.map { [prefix + $0] }
        case .fieldSuffix(let suffix): return field.map { [$0 + suffix] }
        default: return nil
        }
    }

    /// Renames fields outside of detections: the list of fields, and those of correlations.
    mutating func mapListedFields(_ step: ProcessingItem) throws(Refusal) {
        metadata.fields = metadata.fields.flatMap { mapped($0, step) }
        guard case .correlation(var correlation, let sources) = subject else { return }
        for (alias, fields) in correlation.aliases {
            for (rule, field) in fields {
                let name = try single(field, step, correlation)
                correlation.aliases[alias]?[rule] = name
            }
        }
        let aliases = Set(correlation.aliases.keys)
        correlation.groupBy = correlation.groupBy.flatMap { aliases.contains($0) ? [$0] : mapped($0, step) }
        for index in correlation.fields.indices where !aliases.contains(correlation.fields[index]) {
            let name = try single(correlation.fields[index], step, correlation)
            correlation.fields[index] = name
        }
        subject = .correlation(correlation, sources)
    }

    private mutating func mapped(_ field: String, _ step: ProcessingItem) -> [String] {
        guard let names = names(for: field, step.transformation), holds(step, forField: field) else { return [field] }
        if names != [field] {
            var marks = appliedToFields.removeValue(forKey: field) ?? []
            if let id = step.id { marks.insert(id) }
            for name in names { appliedToFields[name] = marks }
        }
        return names
    }

    private mutating func single(
        _ field: String, _ step: ProcessingItem, _ correlation: Correlation
    ) throws(Refusal) -> String {
        let names = mapped(field, step)
        guard names.count == 1 else {
            throw Refusal(
                .pipelineRefusal,
                "a pipeline maps '\(field)' to \(names.count) fields, but the correlation needs one",
                at: correlation.metadata.location)
        }
        return names[0]
    }

    /// Renames an item's field, and the fields its values refer to.
    ///
    /// Several names are alternatives: one of them must match, or none where the item is negated.
    mutating func renamed(_ work: ItemWork, _ step: ProcessingItem) throws(Refusal) -> SearchWork? {
        var item = work.item
        var isChanged = false
        if item.modifiers.contains(.fieldref) {
            item.values = item.values.flatMap { value -> [Value] in
                guard case .string(let field) = value, holds(step, forField: field, marks: work.applied),
                    let names = names(for: field, step.transformation)
                else { return [value] }
                isChanged = true
                return names.map { .string($0) }
            }
        }
        guard let names = names(for: item.field, step.transformation),
            holds(step, forField: item.field, marks: work.applied)
        else {
            return isChanged ? .item(ItemWork(item: item)) : nil
        }
        guard !names.isEmpty else {
            throw Refusal(
                .pipelineRefusal, "a pipeline maps '\(item.field ?? "keywords")' to no field at all", at: item.location)
        }
        if let field = item.field { mappedFields.insert(field) } else { item = ItemText.keywordsAsContained(item) }
        mappedFields.formUnion(names)
        let items = names.map { name in
            var renamed = item
            renamed.field = name
            return SearchWork.item(ItemWork(item: renamed))
        }
        if items.count == 1 { return items[0] }
        return item.modifiers.contains(.neq) ? .all(items) : .any(items)
    }

    /// Refuses a rule with a field that no step has mapped.
    func requireMappedFields() throws(Refusal) {
        guard case .rule(let work) = subject else { return }
        let open = Set(work.searches.flatMap(\.search.items).compactMap(\.item.field)).subtracting(mappedFields)
        guard !open.isEmpty else { return }
        throw Refusal(
            .pipelineRefusal, "the pipeline maps no field for \(open.sorted().joined(separator: ", "))",
            at: work.metadata.location)
    }

    /// Adds a search to the rule and ANDs it to each condition.
    mutating func addCondition(_ added: AddedCondition, _ step: ProcessingItem) throws(Refusal) {
        guard case .rule(var work) = subject else { return }
        var name = added.name ?? ""
        while name.isEmpty || (added.name == nil && work.searches.contains { $0.name == name }) {
            name = "_cond_\(addedConditions)"
            addedConditions += 1
        }
        let node = added.isTemplate ? Self.filled(added.search, work.logsource) : added.search
        var quiet = ReadingContext(file: step.location.file)
        let search = SearchWork(try DetectionReader.search(node, &quiet))
        let marks = step.id.map { [$0] } ?? []
        let marked = try search.map { (item) throws(Refusal) in
            .item(ItemWork(item: item.item, applied: Set(marks)))
        }
        if let index = work.searches.firstIndex(where: { $0.name == name }) {
            work.searches[index] = (name, marked, step.location)
        } else {
            work.searches.append((name, marked, step.location))
        }
        let condition = added.isNegated ? Condition.not(.search(name)) : .search(name)
        work.conditions = work.conditions.map { .and([condition, $0]) }
        subject = .rule(work)
    }

    /// The search with `$category`, `$product` and `$service` (or `${category}` …) filled in; absent parts stay.
    private static func filled(_ node: YAMLNode, _ source: RuleLogSource) -> YAMLNode {
        var node = node
        switch node.content {
        case .scalar(var scalar):
            for (name, value) in [
                ("category", source.category), ("product", source.product), ("service", source.service),
            ] {
                guard let value else { continue }
                scalar.text = scalar.text.replacing("${\(name)}", with: value).replacing("$\(name)", with: value)
            }
            node.content = .scalar(scalar)
        case .sequence(let elements): node.content = .sequence(elements.map { filled($0, source) })
        case .mapping(let entries):
            node.content = .mapping(
                entries.map { entry in
                    var entry = entry
                    entry.value = filled(entry.value, source)
                    return entry
                })
        }
        return node
    }
}
