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
            let sets = literals(in: predicate.test)
            if sets.isEmpty { continue }
            let gates = sets.map { set in
                or(
                    set.map { literal in
                        self.number(
                            of: .predicate(
                                self.number(of: Predicate(field: predicate.field, test: .contains(literal)))))
                    })
            }
            // A node of its own, for whoever shares this one is to get the gates.
            nodes.append(.predicate(number))
            nodes[index] = .and(gates + [Int32(nodes.count - 1)])
        }
    }

    /// Sets of folded literals: every value that satisfies the test contains one of each set; none when nothing is known.
    private func literals(in test: Test) -> [[[UInt8]]] {
        switch test {
        case .pattern(let pattern), .cased(let pattern): pattern.foldedLiterals.map { [$0] }
        case .regex(let index): regexLiterals[index]
        default: []
        }
    }

    /// Marks the predicates below a node, which is not looked at again.
    func markPredicates(of node: Int32, _ isAsked: inout [Bool], _ isSeen: inout [Bool]) {
        if isSeen[Int(node)] { return }
        isSeen[Int(node)] = true
        switch nodes[Int(node)] {
        case .always, .never: return
        case .predicate(let number): isAsked[Int(number)] = true
        case .not(let inner): markPredicates(of: inner, &isAsked, &isSeen)
        case .and(let children), .or(let children), .atLeast(_, let children):
            for child in children { markPredicates(of: child, &isAsked, &isSeen) }
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
