// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The conditions of all rules as flat tables, in which evaluation touches nothing but memory of its own.
///
/// The children of a step are put in the order in which they are likely to settle it for least: what the index answers
/// stands first, as numbers of predicates, then other steps, those that ask costly tests last.
///
/// Predicates any of which will do are answered together where that pays: they share a number of their own, behind those of
/// all predicates, which is marked as soon as one of them is.
///
/// SAFETY: the pointers are those of the blocks beside them, which live as long as the program.
@safe final class Program {
    /// A step: what it does and where its operands are.
    struct Step: BitwiseCopyable {
        enum Operation: UInt8, BitwiseCopyable {
            case always, never, indexed, asked, not, and, or, atLeast
            /// A predicate of a field whose deferred tests are asked first; all or any of some of one field.
            case deferred, deferredAll, deferredAny
        }

        var operation: Operation
        /// A predicate, the inner step, or the first child.
        var operand: Int32 = 0
        /// How many of the children are predicates the index answers; they stand first.
        var indexed: Int32 = 0
        /// How many children there are.
        var count: Int32 = 0
        /// How many of them must hold, for `atLeast`.
        var wanted: Int32 = 0
        /// The field deferred predicates are asked of.
        var field: UInt32 = 0
    }

    // PERF: reading a block through its object costs a retain and a release; the pointers do not.
    private let steps: UnsafeMutablePointer<Step>
    private let children: UnsafeMutablePointer<Int32>
    private let roots: UnsafeMutablePointer<Int32>
    private let numbers: UnsafeMutablePointer<Int32>
    private let stepBlock: RawBlock<Step>
    private let childBlock: RawBlock<Int32>
    private let rootBlock: RawBlock<Int32>
    private let numberBlock: RawBlock<Int32>
    /// For each predicate where the numbers it shares begin in `alternatives`; one start more stands behind the last.
    let alternativeStarts: RawBlock<Int32>
    let alternatives: RawBlock<Int32>
    /// How many numbers there are, those of predicates and those they share.
    let numberCount: Int

    init(_ plan: Plan) {
        var writer = ProgramWriter(plan)
        writer.write()
        numberCount = plan.predicates.count + Int(writer.alternativeCount)
        var starts = [Int32](repeating: 0, count: plan.predicates.count + 1)
        for (predicate, _) in writer.alternatives { starts[Int(predicate) + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var (next, list) = (starts, [Int32](repeating: 0, count: writer.alternatives.count))
        for (predicate, group) in writer.alternatives {
            list[Int(next[Int(predicate)])] = group
            next[Int(predicate)] += 1
        }
        alternativeStarts = RawBlock(starts)
        alternatives = RawBlock(list)
        stepBlock = RawBlock(writer.steps)
        childBlock = RawBlock(writer.children)
        rootBlock = RawBlock(plan.rules.map(\.root))
        numberBlock = RawBlock(plan.rules.map { Int32($0.number) })
        unsafe steps = stepBlock.pointer
        unsafe children = childBlock.pointer
        unsafe roots = rootBlock.pointer
        unsafe numbers = numberBlock.pointer
    }

    /// The root of a rule's condition.
    @inline(__always)
    func root(ofRule place: Int32) -> Int32 {
        // SAFETY: rules are numbered below the block's count.
        unsafe roots[Int(place)]
    }

    /// The number of a rule in its `RuleSet`.
    @inline(__always)
    func number(ofRule place: Int32) -> Int {
        // SAFETY: rules are numbered below the block's count.
        unsafe Int(numbers[Int(place)])
    }

    /// Whether a step holds, given what is known; what is not, the core is asked.
    ///
    /// Depth is bounded by the nesting of a rule's condition, which its reader bounds.
    func holds(_ step: Int32, _ marks: TruthTable.Marks, _ core: EngineCore) -> Bool {
        // SAFETY: steps and children are numbered below their blocks' counts.
        let this = unsafe steps + Int(step)
        let operand = unsafe this.pointee.operand
        switch unsafe this.pointee.operation {
        case .always: return true
        case .never: return false
        case .indexed: return marks.holds(operand)
        case .asked: return core.answer(operand)
        case .not: return !holds(operand, marks, core)
        case .and:
            var child = unsafe children + Int(operand)
            let firstStep = unsafe child + Int(this.pointee.indexed)
            let end = unsafe child + Int(this.pointee.count)
            while unsafe child != firstStep {
                if unsafe !marks.holds(child.pointee) { return false }
                unsafe child += 1
            }
            while unsafe child != end {
                if unsafe !holds(child.pointee, marks, core) { return false }
                unsafe child += 1
            }
            return true
        case .or:
            var child = unsafe children + Int(operand)
            let firstStep = unsafe child + Int(this.pointee.indexed)
            let end = unsafe child + Int(this.pointee.count)
            while unsafe child != firstStep {
                if unsafe marks.holds(child.pointee) { return true }
                unsafe child += 1
            }
            while unsafe child != end {
                if unsafe holds(child.pointee, marks, core) { return true }
                unsafe child += 1
            }
            return false
        case .atLeast:
            var missing = unsafe this.pointee.wanted
            for index in unsafe 0..<Int(this.pointee.count) where missing > 0 {
                let child = unsafe children[Int(operand) &+ index]
                let isIndexed = unsafe index < Int(this.pointee.indexed)
                if isIndexed ? marks.holds(child) : holds(child, marks, core) { missing -= 1 }
            }
            return missing <= 0
        case .deferred:
            unsafe core.settle(this.pointee.field)
            return marks.holds(operand)
        case .deferredAll, .deferredAny:
            unsafe core.settle(this.pointee.field)
            let isAny = unsafe this.pointee.operation == .deferredAny
            var child = unsafe children + Int(operand)
            let end = unsafe child + Int(this.pointee.count)
            while unsafe child != end {
                if unsafe marks.holds(child.pointee) == isAny { return isAny }
                unsafe child += 1
            }
            return !isAny
        }
    }
}
