// SPDX-License-Identifier: Apache-2.0

/// Writes the nodes of a plan as steps of a `Program`; a node's position is its step's.
struct ProgramWriter {
    private(set) var steps: [Program.Step] = []
    private(set) var children: [Int32] = []
    /// For each predicate the alternatives it is one of, as numbers behind those of predicates (see `Program`).
    private(set) var alternatives: [(predicate: Int32, group: Int32)] = []
    private(set) var alternativeCount: Int32 = 0
    /// For each predicate in how many lists of alternatives it stands.
    private var uses: [Int32]
    /// Steps no node stands for; they come behind all others.
    private var groups: [Program.Step] = []
    private let plan: Plan
    /// For each node what it is expected to cost; 0 while that is not known.
    private var costs: [Int32]

    /// From this cost on a node asks tests the index does not answer.
    private static let asking: Int32 = 1 << 20

    init(_ plan: Plan) {
        self.plan = plan
        costs = [Int32](repeating: 0, count: plan.nodes.count)
        uses = [Int32](repeating: 0, count: plan.predicates.count)
        for case .or(let inner) in plan.nodes {
            for node in inner {
                if case .predicate(let number) = plan.nodes[Int(node)] { uses[Int(number)] += 1 }
            }
        }
    }

    /// A predicate of more lists than this stands in them as itself, or an event in which it holds would note too many.
    private static let mostUses = 64
    /// A list of fewer is looked through as fast as noted.
    private static let fewestAlternatives = 3

    /// Of predicates any of which will do, those that cannot be answered together, and a number for all that can.
    private mutating func gathered(_ numbers: [Int32]) -> [Int32] {
        let together = numbers.filter { uses[Int($0)] <= Self.mostUses }
        guard together.count >= Self.fewestAlternatives else { return numbers }
        let group = Int32(plan.predicates.count) + alternativeCount
        alternativeCount += 1
        for number in together { alternatives.append((number, group)) }
        return [group] + numbers.filter { uses[Int($0)] > Self.mostUses }
    }

    /// Writes all nodes.
    mutating func write() {
        steps.reserveCapacity(plan.nodes.count)
        for node in plan.nodes {
            switch node {
            case .always: steps.append(Program.Step(operation: .always))
            case .never: steps.append(Program.Step(operation: .never))
            case .predicate(let number):
                steps.append(step(ofPredicate: number))
            case .not(let inner): steps.append(Program.Step(operation: .not, operand: inner, count: 1))
            case .and(let inner): append(.and, inner)
            case .or(let inner): append(.or, inner)
            case .atLeast(let wanted, let inner): append(.atLeast, inner, wanted: wanted)
            }
        }
        steps += groups
    }

    private func step(ofPredicate number: Int32) -> Program.Step {
        if plan.isDeferred(number) {
            return Program.Step(
                operation: .deferred, operand: number, field: plan.predicates[Int(number)].field)
        }
        return Program.Step(operation: plan.isEager(number) ? .indexed : .asked, operand: number)
    }

    private mutating func append(_ operation: Program.Step.Operation, _ inner: [Int32], wanted: Int32 = 0) {
        let late = operation == .atLeast ? [] : lateGroups(inner, operation == .and ? .deferredAll : .deferredAny)
        if late.count == 1, inner.allSatisfy({ isDeferred($0) }) { return steps.append(late[0]) }
        var eager: [Int32] = []
        var others: [(cost: Int32, isNegated: Bool, node: Int32)] = []
        for group in late {
            others.append((20 &+ 2 &* group.count, false, Int32(plan.nodes.count + groups.count)))
            groups.append(group)
        }
        for node in inner {
            if let number = predicate(node), plan.isEager(number) {
                eager.append(number)
            } else if operation != .atLeast, let number = predicate(node), plan.isDeferred(number) {
                continue
            } else {
                var isNegated = false
                // What a rule excludes is seldom there, so it seldom settles a conjunction.
                if case .not = plan.nodes[Int(node)] { isNegated = operation == .and }
                others.append((cost(of: node), isNegated, node))
            }
        }
        let start = children.count
        children += operation == .or ? gathered(eager) : eager
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
                operation: operation, operand: Int32(start), indexed: Int32(indexed),
                count: Int32(indexed + others.count), wanted: wanted))
    }

    /// Steps that ask deferred predicates among nodes, one a field, with the predicates as their children.
    private mutating func lateGroups(_ inner: [Int32], _ operation: Program.Step.Operation) -> [Program.Step] {
        var late: [(field: UInt32, number: Int32)] = []
        for node in inner {
            guard let number = predicate(node), plan.isDeferred(number) else { continue }
            late.append((plan.predicates[Int(number)].field, number))
        }
        if late.isEmpty { return [] }
        late.sort { ($0.field, $0.number) < ($1.field, $1.number) }
        var made: [Program.Step] = []
        var first = 0
        while first < late.count {
            let field = late[first].field
            let end = late[first...].firstIndex { $0.field != field } ?? late.count
            let numbers = late[first..<end].map(\.number)
            let asked = operation == .deferredAny ? gathered(numbers) : numbers
            made.append(
                Program.Step(
                    operation: operation, operand: Int32(children.count), count: Int32(asked.count), field: field))
            children += asked
            first = end
        }
        return made
    }

    private func isDeferred(_ node: Int32) -> Bool { predicate(node).map { plan.isDeferred($0) } ?? false }

    /// The predicate of a node that is nothing but one.
    private func predicate(_ node: Int32) -> Int32? {
        guard case .predicate(let number) = plan.nodes[Int(node)] else { return nil }
        return number
    }

    /// What a node is expected to cost; conditions nest no deeper than their reader allows.
    private mutating func cost(of node: Int32) -> Int32 {
        if costs[Int(node)] > 0 { return costs[Int(node)] }
        let cost: Int32
        switch plan.nodes[Int(node)] {
        case .always, .never: cost = 1
        case .predicate(let number):
            cost = plan.isDeferred(number) ? 20 : Self.cost(of: plan.predicates[Int(number)].test)
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
