// SPDX-License-Identifier: Apache-2.0
import Bytes

extension Plan {
    /// Finds, for each rule, predicates one of which must hold for the rule to hold, so that a rule is looked at only
    /// when one of them did.
    ///
    /// Sound by construction: `nil` wherever nothing can be said (negation, absence).
    mutating func findWitnesses() {
        for index in rules.indices {
            rules[index].witness = witness(of: rules[index].root).map { Array(Set($0.predicates)).sorted() }
        }
        awaitPredicates()
    }

    /// Notes which predicates must be known of every event: witnesses, and what rules ask that (nearly) every event wakes.
    ///
    /// All others are asked only by rules that were woken, so most events never need them.
    private mutating func awaitPredicates() {
        isAwaited = [Bool](repeating: false, count: predicates.count)
        var isSeen = [Bool](repeating: false, count: nodes.count)
        for rule in rules {
            let witness = rule.witness ?? []
            for number in witness { isAwaited[Int(number)] = true }
            let isWokenOften =
                rule.witness == nil || witness.contains { predicates[Int($0)].test == .exists(true) }
            if isWokenOften { markPredicates(of: rule.root, &isAwaited, &isSeen) }
        }
    }

    /// A necessary set and how much work it is expected to cause.
    private struct Witness {
        var predicates: [Int32]
        var cost: Int
    }

    private mutating func witness(of node: Int32) -> Witness? {
        switch nodes[Int(node)] {
        case .always, .not: return nil
        case .never: return Witness(predicates: [], cost: 0)
        case .predicate(let number): return witness(ofPredicate: number)
        case .and(let children):
            var best: Witness?
            for child in children {
                guard let candidate = witness(of: child) else { continue }
                if best.map({ candidate.cost < $0.cost }) ?? true { best = candidate }
            }
            return best
        case .or(let children): return union(children)
        case .atLeast(let count, let children): return count >= 1 ? union(children) : nil
        }
    }

    private mutating func union(_ children: [Int32]) -> Witness? {
        var all = Witness(predicates: [], cost: 0)
        for child in children {
            guard let one = witness(of: child) else { return nil }
            all.predicates += one.predicates
            all.cost += one.cost
        }
        return all
    }

    private mutating func witness(ofPredicate number: Int32) -> Witness? {
        let predicate = predicates[Int(number)]
        switch predicate.test {
        case .null, .exists(false): return nil
        case .equals(let bytes), .equalsNumber(let bytes):
            return Witness(predicates: [number], cost: WitnessCost.ofWhole(bytes, field: predicate.field))
        case .prefix(let bytes), .suffix(let bytes):
            return Witness(predicates: [number], cost: WitnessCost.ofEnd(bytes))
        case .contains(let bytes):
            return Witness(predicates: [number], cost: WitnessCost.ofPart(bytes))
        case .pattern(let pattern), .cased(let pattern):
            guard let literal = pattern.foldedLiterals.first else { return presence(predicate) }
            let helper = self.number(of: Predicate(field: predicate.field, test: .contains(literal)))
            return Witness(predicates: [helper], cost: WitnessCost.ofPart(literal) + 2)
        case .present, .exists(true), .number, .integer, .regex, .network, .reference, .datePart:
            return presence(predicate)
        }
    }

    private mutating func presence(_ predicate: Predicate) -> Witness? {
        guard predicate.field != Predicate.keyword else { return nil }
        return Witness(
            predicates: [number(of: Predicate(field: predicate.field, test: .exists(true)))], cost: 1_000)
    }
}
