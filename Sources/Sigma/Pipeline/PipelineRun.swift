// SPDX-License-Identifier: Apache-2.0

/// One pass of a chain of steps over one document, with the state steps leave for those after them.
struct PipelineRun {
    /// What is being changed.
    enum Subject {
        case rule(RuleWork)
        case correlation(Correlation, [RuleLogSource])
    }

    /// The document.
    var subject: Subject
    /// Values for placeholders.
    let variables: [String: [Value]]
    /// What set_state left.
    var state: [String: Value] = [:]
    /// Steps applied to the document.
    var applied: Set<String> = []
    /// Steps that renamed to a field of the rule's list.
    var appliedToFields: [String: Set<String>] = [:]
    /// Fields that were mapped, and what they were mapped to.
    var mappedFields: Set<String> = []
    /// How many searches add_condition made up names for.
    var addedConditions = 0

    /// The document's meta data.
    var metadata: Metadata {
        get {
            switch subject {
            case .rule(let work): work.metadata
            case .correlation(let correlation, _): correlation.metadata
            }
        }
        set {
            switch subject {
            case .rule(var work):
                work.metadata = newValue
                subject = .rule(work)
            case .correlation(var correlation, let sources):
                correlation.metadata = newValue
                subject = .correlation(correlation, sources)
            }
        }
    }

    /// Applies a step if its conditions on the rule hold.
    mutating func apply(_ step: ProcessingItem) throws(Refusal) {
        guard step.ruleConditions.conditions.isEmpty || step.ruleConditions.holds({ holds($0) }) else { return }
        try transform(step)
        if let id = step.id { applied.insert(id) }
    }

    private mutating func transform(_ step: ProcessingItem) throws(Refusal) {
        switch step.transformation {
        case .ignored: break
        case .nest(let steps):
            for step in steps { try apply(step) }
        case .setState(let key, let value): state[key] = value
        case .setCustomAttribute(let name, let value): metadata.custom[name] = value
        case .addFields(let fields): metadata.fields += fields
        case .removeFields(let fields):
            for field in fields {
                if let index = metadata.fields.firstIndex(of: field) { metadata.fields.remove(at: index) }
            }
        case .setFields(let fields): metadata.fields = fields
        case .ruleFailure(let message):
            throw Refusal(.pipelineRefusal, "a pipeline refuses the rule: \(message)", at: metadata.location)
        case .changeLogSource(let source):
            guard case .rule(var work) = subject else { break }
            var changed = source
            changed.definition = work.logsource.definition
            work.logsource = changed
            subject = .rule(work)
        case .addCondition(let added): try addCondition(added, step)
        case .strictFieldMapping: try requireMappedFields()
        case .fieldMapping, .fieldPrefixMapping, .fieldFunction, .fieldPrefix, .fieldSuffix:
            try mapListedFields(step)
            try mapItems(step)
        default: try mapItems(step)
        }
    }

    /// Gives every item of the rule to the step, if the step's conditions on items and fields hold for it.
    private mutating func mapItems(_ step: ProcessingItem) throws(Refusal) {
        guard case .rule(var work) = subject else { return }
        for index in work.searches.indices {
            work.searches[index].search = try work.searches[index].search.map { (item) throws(Refusal) in
                guard holds(step, for: item) else { return .item(item) }
                return try change(item, step) ?? .item(item)
            }
        }
        subject = .rule(work)
    }

    /// What a step makes of an item; nil when it leaves it alone.
    private mutating func change(_ work: ItemWork, _ step: ProcessingItem) throws(Refusal) -> SearchWork? {
        var changed: SearchWork?
        switch step.transformation {
        case .dropItem: return .all([])
        case .itemFailure(let message):
            throw Refusal(.pipelineRefusal, "a pipeline refuses the rule: \(message)", at: work.item.location)
        case .fieldMapping, .fieldPrefixMapping, .fieldFunction, .fieldPrefix, .fieldSuffix:
            changed = try renamed(work, step)
        case .hashes(let hashes): changed = try hashes.apply(to: work.item)
        case .extractFields(let extraction): changed = extraction.apply(to: work.item)
        default:
            let transformation = ItemTransformation(step.transformation, variables: variables)
            changed = try transformation.apply(to: work.item).map { .item(ItemWork(item: $0)) }
        }
        guard let changed else { return nil }
        let marks = step.id.map { work.applied.union([$0]) } ?? work.applied
        return try changed.map { (item) throws(Refusal) in .item(ItemWork(item: item.item, applied: marks)) }
    }
}
