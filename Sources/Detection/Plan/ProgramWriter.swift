// SPDX-License-Identifier: Apache-2.0

/// Writes the nodes of a plan as steps of a `Program`; a node's position is its step's.
struct ProgramWriter {
    private(set) var steps: [Program.Step] = []
    private(set) var children: [Int32] = []
    private let plan: Plan
    /// For each node what it is expected to cost; 0 while that is not known.
    private var costs: [Int32]

    /// From this cost on a node asks tests the index does not answer.
    private static let asking: Int32 = 1 << 20

    init(_ plan: Plan) {
        self.plan = plan
        costs = [Int32](repeating: 0, count: plan.nodes.count)
    }

    /// Writes all nodes.
    mutating func write() {
        steps.reserveCapacity(plan.nodes.count)
        for node in plan.nodes {
            switch node {
            case .always: steps.append(Program.Step(operation: .always))
            case .never: steps.append(Program.Step(operation: .never))
            case .predicate(let number):
                let isIndexed = plan.predicates[Int(number)].test.isIndexed
                steps.append(Program.Step(operation: isIndexed ? .indexed : .asked, operand: number))
            case .not(let inner): steps.append(Program.Step(operation: .not, operand: inner, count: 1))
            case .and(let inner): append(.and, inner)
            case .or(let inner): append(.or, inner)
            case .atLeast(let wanted, let inner): append(.atLeast, inner, wanted: wanted)
            }
        }
    }

    private mutating func append(_ operation: Program.Step.Operation, _ inner: [Int32], wanted: Int32 = 0) {
        let start = children.count
        var others: [(cost: Int32, isNegated: Bool, node: Int32)] = []
        for node in inner {
            if let number = indexed(node) {
                children.append(number)
            } else {
                var isNegated = false
                // What a rule excludes is seldom there, so it seldom settles a conjunction.
                if case .not = plan.nodes[Int(node)] { isNegated = operation == .and }
                others.append((cost(of: node), isNegated, node))
            }
        }
        let indexed = children.count - start
        if others.count > 1 {
            others.sort { a, b in
                let (first, second) = (a.cost >= Self.asking, b.cost >= Self.asking)
                if first != second { return second }
                if a.isNegated != b.isNegated { return b.isNegated }
                return (a.cost, a.node) < (b.cost, b.node)
            }
        }
        children += others.map(\.node)
        steps.append(
            Program.Step(
                operation: operation, operand: Int32(start), indexed: Int32(indexed), count: Int32(inner.count),
                wanted: wanted))
    }

    /// The predicate of a node that is nothing but one the index answers.
    private func indexed(_ node: Int32) -> Int32? {
        guard case .predicate(let number) = plan.nodes[Int(node)], plan.predicates[Int(number)].test.isIndexed else {
            return nil
        }
        return number
    }

    /// What a node is expected to cost; conditions nest no deeper than their reader allows.
    private mutating func cost(of node: Int32) -> Int32 {
        if costs[Int(node)] > 0 { return costs[Int(node)] }
        let cost: Int32
        switch plan.nodes[Int(node)] {
        case .always, .never: cost = 1
        case .predicate(let number): cost = Self.cost(of: plan.predicates[Int(number)].test)
        case .not(let inner): cost = self.cost(of: inner)
        case .and(let children), .or(let children), .atLeast(_, let children):
            var sum: Int32 = 4
            for child in children { sum = min(sum &+ self.cost(of: child), 1 << 29) }
            cost = sum
        }
        costs[Int(node)] = cost
        return cost
    }

    private static func cost(of test: Test) -> Int32 {
        if test.isIndexed { return 1 }
        switch test {
        case .null, .exists, .present: return 6
        case .regex: return 4 * asking
        default: return asking
        }
    }
}
