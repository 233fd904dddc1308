// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Compiles rules one after the other into a plan.
struct RuleCompiler {
    private(set) var plan = Plan()
    private var resolver: ItemResolver

    init(vocabulary: Vocabulary) { resolver = ItemResolver(vocabulary: vocabulary) }

    /// Compiles all rules of a set; gives the plan with a witness for each.
    static func plan(of rules: [Rule], vocabulary: Vocabulary) -> Plan {
        var compiler = RuleCompiler(vocabulary: vocabulary)
        compiler.plan.reserve(8 * rules.count)
        for (number, rule) in rules.enumerated() { compiler.add(rule, number: number) }
        compiler.plan.gateCostlyTests()
        compiler.plan.findWitnesses()
        compiler.plan.close()
        return compiler.plan
    }

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
            let logsource = plan.number(of: rule.logsource)
            plan.rules.append(
                CompiledRule(
                    number: number, logsource: logsource, root: root, witness: nil, searches: explained,
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
        let own = item.field.map { resolver.field($0) }
        if let own { collector.fields.insert(own) } else { collector.looksAtKeywords = true }
        let field = own?.rawValue ?? Predicate.keyword
        let plain = PlainItem(item)
        var explained: [ExplainedTest] = []
        var values: [Int32] = []
        var others: [FieldID] = []
        explained.reserveCapacity(item.values.count)
        values.reserveCapacity(item.values.count)
        for (number, value) in item.values.enumerated() {
            if let test = plain?.test(value) {
                let predicate = plan.number(of: Predicate(field: field, test: test))
                values.append(plan.node(ofPredicate: predicate))
                explained.append(ExplainedTest(value: Int32(number), predicate: predicate))
                continue
            }
            var forms: [Int32] = []
            for test in try resolver.tests(for: value, of: item, &plan) {
                if case .reference(let other, _, _) = test { others.append(other) }
                let predicate = plan.number(of: Predicate(field: field, test: test))
                forms.append(plan.node(ofPredicate: predicate))
                explained.append(ExplainedTest(value: Int32(number), predicate: predicate))
            }
            values.append(plan.or(forms))
        }
        collector.fields.formUnion(others)
        let isNegated = item.modifiers.contains(.neq)
        let joined = item.modifiers.contains(.all) ? plan.and(values) : plan.or(values)
        let root = isNegated ? plan.and([plan.not(joined)] + presence(of: own, others)) : joined
        collector.items.append(
            ExplainedItem(field: item.field, root: root, isNegated: isNegated, tests: explained, source: item))
        return root
    }

    /// "This field differs from that one" needs two values to compare, so both must be there.
    private mutating func presence(of own: FieldID?, _ others: [FieldID]) -> [Int32] {
        var fields: [UInt32] = []
        for other in others {
            if let own = own?.rawValue, !fields.contains(own) { fields.append(own) }
            fields.append(other.rawValue)
        }
        return fields.map { field in
            let predicate = plan.number(of: Predicate(field: field, test: .present))
            return plan.node(ofPredicate: predicate)
        }
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
