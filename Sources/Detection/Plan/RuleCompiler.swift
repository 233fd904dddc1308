// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Compiles rules one after the other into a plan.
struct RuleCompiler {
    let vocabulary: Vocabulary
    var plan = Plan()

    init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Compiles a rule, or adds a diagnostic that says why it cannot be.
    mutating func add(_ rule: Rule, number: Int) {
        do throws(CompileError) {
            var explained: [ExplainedSearch] = []
            var roots: [String: Int32] = [:]
            var collector = Collector()
            for named in rule.detection.searches {
                collector.items = []
                let root = try compile(named.search, &collector)
                roots[named.name] = root
                explained.append(
                    ExplainedSearch(name: named.name, root: root, isPositive: false, items: collector.items))
            }
            let conditions = rule.detection.conditions.map { compile($0, roots) }
            var positive = Set<String>()
            for condition in rule.detection.conditions { collect(condition, isPositive: true, into: &positive) }
            for index in explained.indices { explained[index].isPositive = positive.contains(explained[index].name) }
            let root = plan.or(conditions)
            plan.rules.append(
                CompiledRule(
                    number: number, logsource: rule.logsource, root: root, witness: nil, searches: explained,
                    fields: collector.fields, looksAtKeywords: collector.looksAtKeywords))
        } catch {
            plan.diagnostics.append(Diagnostic(.error, error.code, error.message, at: error.location))
        }
    }

    /// What compiling a search gathers on the way.
    private struct Collector {
        var items: [ExplainedItem] = []
        var fields = Set<FieldID>()
        var looksAtKeywords = false
    }

    private mutating func compile(_ search: Search, _ collector: inout Collector) throws(CompileError) -> Int32 {
        switch search {
        case .item(let item): return try compile(item, &collector)
        case .all(let children):
            var compiled: [Int32] = []
            for child in children { compiled.append(try compile(child, &collector)) }
            return plan.and(compiled)
        case .any(let children):
            var compiled: [Int32] = []
            for child in children { compiled.append(try compile(child, &collector)) }
            return plan.or(compiled)
        }
    }

    private mutating func compile(_ item: DetectionItem, _ collector: inout Collector) throws(CompileError) -> Int32 {
        let resolved = try ItemResolver(vocabulary: vocabulary).resolve(item, &plan)
        if let field = resolved.field { collector.fields.insert(field) } else { collector.looksAtKeywords = true }
        var explained: [(pattern: String, predicate: Int32)] = []
        var values: [Int32] = []
        for (value, tests) in zip(item.values, resolved.alternatives) {
            var forms: [Int32] = []
            for test in tests {
                if case .reference(let other, _, _) = test { collector.fields.insert(other) }
                let field = resolved.field?.rawValue ?? Predicate.keyword
                let predicate = plan.number(of: Predicate(field: field, test: test))
                forms.append(plan.number(of: .predicate(predicate)))
                explained.append((Self.pattern(item, value), predicate))
            }
            values.append(plan.or(forms))
        }
        let joined = resolved.needsAll ? plan.and(values) : plan.or(values)
        let root = resolved.isNegated ? plan.and([plan.not(joined)] + presence(of: resolved)) : joined
        collector.items.append(
            ExplainedItem(field: item.field, root: root, isNegated: resolved.isNegated, tests: explained))
        return root
    }

    /// "This field differs from that one" needs two values to compare, so both must be there.
    private mutating func presence(of item: ResolvedItem) -> [Int32] {
        var fields: [UInt32] = []
        for case .reference(let other, _, _) in item.alternatives.joined() {
            if let own = item.field?.rawValue, !fields.contains(own) { fields.append(own) }
            fields.append(other.rawValue)
        }
        return fields.map { field in
            let predicate = plan.number(of: Predicate(field: field, test: .present))
            return plan.number(of: .predicate(predicate))
        }
    }

    /// The pattern as the rule writes it.
    private static func pattern(_ item: DetectionItem, _ value: Value) -> String {
        let modifiers = item.modifiers.filter { $0 != .all }.map(\.rawValue).joined(separator: "|")
        let text =
            switch value {
            case .string(let text): text
            case .pattern(let pattern): pattern.sigma
            case .integer(let number): String(number)
            case .float(let number): String(number)
            case .boolean(let flag): String(flag)
            case .null: "null"
            }
        return modifiers.isEmpty ? text : "\(modifiers): \(text)"
    }

    private mutating func compile(_ condition: Condition, _ roots: [String: Int32]) -> Int32 {
        switch condition {
        case .search(let name): return roots[name] ?? plan.number(of: .never)
        case .not(let inner): return plan.not(compile(inner, roots))
        case .and(let children): return plan.and(children.map { compile($0, roots) })
        case .or(let children): return plan.or(children.map { compile($0, roots) })
        case .of(let quantifier, let names):
            let children = names.map { roots[$0] ?? plan.number(of: .never) }
            switch quantifier {
            case .any: return plan.or(children)
            case .all: return plan.and(children)
            case .atLeast(let count): return plan.number(of: .atLeast(Int32(clamping: count), children))
            }
        }
    }

    private func collect(_ condition: Condition, isPositive: Bool, into names: inout Set<String>) {
        switch condition {
        case .search(let name): if isPositive { names.insert(name) }
        case .not(let inner): collect(inner, isPositive: !isPositive, into: &names)
        case .and(let children), .or(let children):
            for child in children { collect(child, isPositive: isPositive, into: &names) }
        case .of(_, let searches): if isPositive { names.formUnion(searches) }
        }
    }
}
