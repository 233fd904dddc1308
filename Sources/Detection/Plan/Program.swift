// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The conditions of all rules as flat tables, in which evaluation touches nothing but memory of its own.
///
/// SAFETY: the pointers are those of the blocks beside them, which live as long as the program.
@safe final class Program {
    /// A step: what it does and where its operands are.
    struct Step: BitwiseCopyable {
        enum Operation: UInt8, BitwiseCopyable {
            case always, never, indexed, asked, not, and, or, atLeast
        }

        var operation: Operation
        /// A predicate, the inner step, or the first child.
        var operand: Int32
        /// How many children.
        var count: Int32
        /// How many of them must hold, for `atLeast`.
        var wanted: Int32
    }

    // PERF: reading a block through its object costs a retain and a release; the pointers do not.
    private let steps: UnsafeMutablePointer<Step>
    private let children: UnsafeMutablePointer<Int32>
    private let roots: RawBlock<Int32>
    private let numbers: RawBlock<Int32>
    private let stepBlock: RawBlock<Step>
    private let childBlock: RawBlock<Int32>

    init(_ plan: Plan) {
        var steps: [Step] = []
        var children: [Int32] = []
        func parent(_ operation: Step.Operation, _ inner: [Int32], wanted: Int32 = 0) -> Step {
            let step = Step(
                operation: operation, operand: Int32(children.count), count: Int32(inner.count), wanted: wanted)
            children += inner
            return step
        }
        for node in plan.nodes {
            switch node {
            case .always: steps.append(Step(operation: .always, operand: 0, count: 0, wanted: 0))
            case .never: steps.append(Step(operation: .never, operand: 0, count: 0, wanted: 0))
            case .predicate(let number):
                let isIndexed = plan.predicates[Int(number)].test.isIndexed
                steps.append(Step(operation: isIndexed ? .indexed : .asked, operand: number, count: 0, wanted: 0))
            case .not(let inner): steps.append(Step(operation: .not, operand: inner, count: 1, wanted: 0))
            case .and(let inner): steps.append(parent(.and, inner))
            case .or(let inner): steps.append(parent(.or, inner))
            case .atLeast(let wanted, let inner): steps.append(parent(.atLeast, inner, wanted: wanted))
            }
        }
        stepBlock = RawBlock(steps)
        childBlock = RawBlock(children)
        unsafe self.steps = stepBlock.pointer
        unsafe self.children = childBlock.pointer
        roots = RawBlock(plan.rules.map(\.root))
        numbers = RawBlock(plan.rules.map { Int32($0.number) })
    }

    /// The root of a rule's condition.
    @inline(__always)
    func root(ofRule place: Int32) -> Int32 {
        // SAFETY: rules are numbered below the block's count.
        unsafe roots.pointer[Int(place)]
    }

    /// The number of a rule in its `RuleSet`.
    @inline(__always)
    func number(ofRule place: Int32) -> Int {
        // SAFETY: rules are numbered below the block's count.
        unsafe Int(numbers.pointer[Int(place)])
    }

    /// Whether a step holds, given what is known; what is not, the core is asked.
    ///
    /// Depth is bounded by the nesting of a rule's condition, which its reader bounds.
    func holds(_ step: Int32, _ truth: TruthTable, _ core: EngineCore) -> Bool {
        // SAFETY: steps and children are numbered below their blocks' counts.
        let this = unsafe steps[Int(step)]
        switch this.operation {
        case .always: return true
        case .never: return false
        case .indexed: return truth.isMarked(this.operand)
        case .asked: return truth.answer(this.operand) ?? core.ask(this.operand)
        case .not: return !holds(this.operand, truth, core)
        case .and:
            for index in Int(this.operand)..<Int(this.operand &+ this.count) {
                if unsafe !holds(children[index], truth, core) { return false }
            }
            return true
        case .or:
            for index in Int(this.operand)..<Int(this.operand &+ this.count) {
                if unsafe holds(children[index], truth, core) { return true }
            }
            return false
        case .atLeast:
            var missing = this.wanted
            for index in Int(this.operand)..<Int(this.operand &+ this.count) where missing > 0 {
                if unsafe holds(children[index], truth, core) { missing -= 1 }
            }
            return missing <= 0
        }
    }
}
