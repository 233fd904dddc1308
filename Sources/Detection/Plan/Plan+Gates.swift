// SPDX-License-Identifier: Apache-2.0
import Bytes

extension Plan {
    /// Puts in front of every costly test (patterns, regular expressions) a literal that whatever satisfies it contains.
    ///
    /// The literals are answered by the index; the test itself is asked only where one of them was found. The gate changes
    /// no answer: it is part of the test it stands before.
    mutating func gateCostlyTests() {
        for index in nodes.indices {
            guard case .predicate(let number) = nodes[index] else { continue }
            let predicate = predicates[Int(number)]
            guard let literals = literals(in: predicate.test) else { continue }
            let gates = literals.map { literal in
                self.number(
                    of: .predicate(self.number(of: Predicate(field: predicate.field, test: .contains(literal)))))
            }
            let gate = or(gates)
            // A node of its own, for whoever shares this one is to get the gate.
            nodes.append(.predicate(number))
            nodes[index] = .and([gate, Int32(nodes.count - 1)])
        }
    }

    /// Folded literals one of which every value that satisfies the test contains; nil when nothing is known.
    private func literals(in test: Test) -> [[UInt8]]? {
        switch test {
        case .pattern(let pattern), .cased(let pattern):
            guard let literal = pattern.foldedLiteral else { return nil }
            return [literal]
        case .regex(let index): return regexLiterals[index]
        default: return nil
        }
    }

    /// Collects the predicates below a node.
    func gatherPredicates(of node: Int32, into found: inout Set<Int32>) {
        switch nodes[Int(node)] {
        case .always, .never: return
        case .predicate(let number): found.insert(number)
        case .not(let inner): gatherPredicates(of: inner, into: &found)
        case .and(let children), .or(let children), .atLeast(_, let children):
            for child in children { gatherPredicates(of: child, into: &found) }
        }
    }
}
