// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A rule that nothing in the input could have made fire.
public struct UnreachableRule: Sendable, Hashable {
    /// Why.
    public enum Cause: Sendable, Hashable {
        /// No event of the log source it asks for arrived.
        case noLogSource
        /// Its log source arrived, but these fields, without which it cannot hold, never did.
        case missingFields([String])
    }

    /// Position of the rule in its `RuleSet`.
    public var rule: Int
    /// Why it could not fire.
    public var cause: Cause
}

extension Engine {
    /// The rules that could not have fired on anything seen so far, whatever the values had been.
    public func unreachableRules() -> [UnreachableRule] {
        var arrived: [Int32: Set<UInt32>] = [:]
        for state in core.states {
            guard let state, state.events > 0 else { continue }
            let fields = Set(state.seenFields.map(\.rawValue))
            for rule in state.route.rules { arrived[rule, default: []].formUnion(fields) }
        }
        var unreachable: [UnreachableRule] = []
        for (index, rule) in core.plan.rules.enumerated() {
            guard let fields = arrived[Int32(index)] else {
                unreachable.append(UnreachableRule(rule: rule.number, cause: .noLogSource))
                continue
            }
            if !reach(rule.root, fields).canHold {
                let missing = rule.fields.filter { !fields.contains($0.rawValue) }.map {
                    core.rules.vocabulary.name(of: $0)
                }
                unreachable.append(UnreachableRule(rule: rule.number, cause: .missingFields(missing.sorted())))
            }
        }
        return unreachable.sorted { $0.rule < $1.rule }
    }

    /// Whether a node can hold, and whether it can fail, when only `fields` ever arrive.
    ///
    /// Coarse on the safe side: a field that did arrive may have had any value.
    private func reach(_ node: Int32, _ fields: Set<UInt32>) -> (canHold: Bool, canFail: Bool) {
        switch core.plan.nodes[Int(node)] {
        case .always: return (true, false)
        case .never: return (false, true)
        case .predicate(let number):
            let predicate = core.plan.predicates[Int(number)]
            if predicate.field == Predicate.keyword || fields.contains(predicate.field) { return (true, true) }
            switch predicate.test {
            case .null, .exists(false): return (true, false)
            default: return (false, true)
            }
        case .not(let inner):
            let reached = reach(inner, fields)
            return (reached.canFail, reached.canHold)
        case .and(let children):
            let reached = children.map { reach($0, fields) }
            return (reached.allSatisfy(\.canHold), reached.contains(where: \.canFail))
        case .or(let children):
            let reached = children.map { reach($0, fields) }
            return (reached.contains(where: \.canHold), reached.allSatisfy(\.canFail))
        case .atLeast(let count, let children):
            let reached = children.map { reach($0, fields) }
            return (
                reached.count(where: \.canHold) >= count, reached.count(where: \.canFail) > children.count - Int(count)
            )
        }
    }
}
