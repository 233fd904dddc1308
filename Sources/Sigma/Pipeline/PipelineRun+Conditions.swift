// SPDX-License-Identifier: Apache-2.0

extension PipelineRun {
    // MARK: - The rule

    /// Whether a condition on the rule holds.
    func holds(_ condition: RuleCondition) -> Bool {
        switch condition {
        case .logsource(let source):
            switch subject {
            case .rule(let work): return source.covers(work.logsource)
            case .correlation(_, let sources): return sources.contains { source.covers($0) }
            }
        case .containsField(let field): return items.contains { $0.item.field == field }
        case .containsItem(let field, let value):
            return items.contains { work in
                work.item.field == field
                    && ItemText(work.item).values.contains { ItemText.isEqual($0, value) }
            }
        case .itemApplied(let id): return applied.contains(id)
        case .state(let test): return holds(test)
        case .isRule: if case .rule = subject { return true } else { return false }
        case .isCorrelation: if case .correlation = subject { return true } else { return false }
        case .attribute(let test): return holds(test)
        case .tag(let tag): return metadata.tags.contains { $0.lowercased() == tag.lowercased() }
        }
    }

    private var items: [ItemWork] {
        if case .rule(let work) = subject { work.searches.flatMap(\.search.items) } else { [] }
    }

    private func holds(_ test: StateTest) -> Bool {
        guard let value = state[test.key] else { return false }
        return Comparison.compare(value, test.operation, test.value)
    }

    private func holds(_ test: AttributeTest) -> Bool {
        let metadata = metadata
        let single: String?
        switch test.attribute {
        case "title": single = metadata.title
        case "id": single = metadata.id
        case "name": single = metadata.name
        case "description": single = metadata.description
        case "author": single = metadata.author
        case "license": single = metadata.license
        case "date": single = metadata.date
        case "modified": single = metadata.modified
        case "level":
            guard let level = metadata.level, let other = Level(rawValue: Comparison.text(test.value).lowercased())
            else {
                return false
            }
            return Comparison.compare(.integer(Int64(level.rank)), test.operation, .integer(Int64(other.rank)))
        case "status":
            let ranks = ["unsupported", "deprecated", "experimental", "test", "stable"]
            guard let mine = ranks.firstIndex(of: metadata.status ?? ""),
                let other = ranks.firstIndex(of: Comparison.text(test.value).lowercased())
            else { return false }
            return Comparison.compare(.integer(Int64(mine)), test.operation, .integer(Int64(other)))
        case "tags": return holds(test, metadata.tags)
        case "references": return holds(test, metadata.references)
        case "falsepositives": return holds(test, metadata.falsePositives)
        case "fields": return holds(test, metadata.fields)
        default: single = metadata.custom[test.attribute]
        }
        guard let single else { return false }
        return Comparison.compare(.string(single), test.operation, test.value)
    }

    /// A list is never equal to a single value.
    private func holds(_ test: AttributeTest, _ list: [String]) -> Bool {
        let isIn = list.contains(Comparison.text(test.value))
        switch test.operation {
        case .isIn: return isIn
        case .notIn: return !isIn
        case .ne: return true
        default: return false
        }
    }

    // MARK: - Items and fields

    /// Whether a step is for this item.
    func holds(_ step: ProcessingItem, for work: ItemWork) -> Bool {
        step.itemConditions.holds { holds($0, work) } && step.fieldConditions.holds { holds($0, work) }
    }

    /// Whether a step is for this field name.
    ///
    /// `marks` are the steps applied to the item the field belongs to; outside of items they are those of the rule's
    /// list of fields.
    func holds(_ step: ProcessingItem, forField field: String?, marks: Set<String>? = nil) -> Bool {
        step.fieldConditions.holds { holds($0, field: field, marks: marks) }
    }

    private func holds(_ condition: ItemCondition, _ work: ItemWork) -> Bool {
        func test(all: Bool, _ test: (Value) -> Bool) -> Bool {
            let values = ItemText(work.item).values
            return all ? values.allSatisfy(test) : values.contains(where: test)
        }
        let isText = ItemText.isTextual(work.item)
        switch condition {
        case .matchString(let expression, let isNegated, let all):
            return test(all: all) { value in
                guard isText, let pattern = ItemText.pattern(value) else { return isNegated }
                return expression.matchesStart(of: ItemText.plain(pattern)) != isNegated
            }
        case .matchValue(let wanted, let all): return test(all: all) { ItemText.isEqual($0, wanted) }
        case .containsWildcard(let all):
            return test(all: all) { value in isText && ItemText.pattern(value).map { $0.plainText == nil } ?? false }
        case .isNull(let all): return test(all: all) { $0 == .null }
        case .itemApplied(let id): return work.applied.contains(id)
        case .state(let test): return holds(test)
        }
    }

    /// A condition on field names holds for an item if it holds for its field or for a field one of its values names.
    private func holds(_ condition: FieldCondition, _ work: ItemWork) -> Bool {
        if holds(condition, field: work.item.field, marks: work.applied) { return true }
        guard work.item.modifiers.contains(.fieldref) else { return false }
        return work.item.values.contains { value in
            if case .string(let field) = value { holds(condition, field: field, marks: work.applied) } else { false }
        }
    }

    private func holds(_ condition: FieldCondition, field: String?, marks: Set<String>?) -> Bool {
        switch condition {
        case .names(let names, let isExcluded):
            return (field.map(names.contains) ?? false) != isExcluded
        case .patterns(let patterns, let isExcluded):
            let matches = field.map { field in patterns.contains { $0.matchesStart(of: field) } } ?? false
            return matches != isExcluded
        case .itemApplied(let id): return (marks ?? field.flatMap { appliedToFields[$0] })?.contains(id) ?? false
        case .state(let test): return holds(test)
        }
    }
}

/// Comparing values of pipelines.
enum Comparison {
    /// Numbers are compared as numbers, all else as text; text has no order, except that ISO dates sort as text.
    static func compare(_ left: Value, _ operation: StateTest.Operation, _ right: Value) -> Bool {
        let order: Int
        if let a = number(left), let b = number(right) {
            order = a < b ? -1 : a > b ? 1 : 0
        } else {
            let (a, b) = (text(left), text(right))
            order = a < b ? -1 : a > b ? 1 : 0
        }
        switch operation {
        case .eq, .isIn: return order == 0
        case .ne, .notIn: return order != 0
        case .gte: return order >= 0
        case .gt: return order > 0
        case .lte: return order <= 0
        case .lt: return order < 0
        }
    }

    static func text(_ value: Value) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .float(let number): String(number)
        case .boolean(let flag): String(flag)
        case .null: ""
        case .pattern(let pattern): pattern.sigma
        }
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .float(let number): number
        default: nil
        }
    }
}
