// SPDX-License-Identifier: Apache-2.0
import Events

extension Engine {
    /// Why a match came about; meant for matches only, for it evaluates the event once more.
    public func reasons(for match: Match, in batch: EventBatch) -> [Reason] {
        guard let place = core.rules.places[match.rule] else { return [] }
        let rule = core.plan.rules[place]
        return core.considering(match.event, of: batch) {
            var reasons: [Reason] = []
            for search in rule.searches where search.isPositive && core.holds(search.root) {
                for item in search.items where core.holds(item.root) {
                    if item.isNegated {
                        explainAbsence(item, search.name, match.event, batch, into: &reasons)
                    } else {
                        explain(item, search.name, batch, into: &reasons)
                    }
                }
            }
            return reasons
        }
    }

    private func explain(
        _ item: ExplainedItem, _ selection: String, _ batch: EventBatch, into reasons: inout [Reason]
    ) {
        for test in item.tests where core.holds(predicate: test.predicate) {
            let slot = core.satisfyingSlot(core.plan.predicates[Int(test.predicate)])
            add(
                Reason(
                    selection: selection, field: item.field, pattern: item.pattern(of: test),
                    value: slot.map { batch.text($0) } ?? "", place: slot?.field),
                to: &reasons)
        }
    }

    /// A field that is none of what the item names: what it is instead.
    private func explainAbsence(
        _ item: ExplainedItem, _ selection: String, _ event: Int, _ batch: EventBatch, into reasons: inout [Reason]
    ) {
        for test in item.tests {
            let field = FieldID(rawValue: core.plan.predicates[Int(test.predicate)].field)
            add(
                Reason(
                    selection: selection, field: item.field, pattern: item.pattern(of: test),
                    value: batch.text(field, of: event) ?? "", place: field), to: &reasons)
        }
    }

    private func add(_ reason: Reason, to reasons: inout [Reason]) {
        if !reasons.contains(where: reason.saysTheSame) { reasons.append(reason) }
    }
}
