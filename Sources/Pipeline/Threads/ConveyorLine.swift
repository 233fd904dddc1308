// SPDX-License-Identifier: Apache-2.0

/// What the bookkeeping of a conveyor must know of a load.
protocol ConveyorCart: AnyObject {
    /// The place of its filling in the order of all fillings.
    var number: Int { get set }
    /// The stage it is at, or comes to next.
    var stage: Int { get set }
}

/// Who may do what next on a conveyor: the bookkeeping behind its lock.
struct ConveyorLine<Cart: ConveyorCart> {
    /// What a worker is to do.
    enum Step {
        /// Fill an empty cart.
        case fill(Cart)
        /// Do the work of the stage the cart is at.
        case work(Cart)
        /// Nothing is left to do.
        case goHome
    }

    /// What a worker has done.
    enum Report {
        /// Asked the source; false when it had no more.
        case filled(Cart, Bool)
        /// Done the work of the stage the cart is at.
        case worked(Cart)
        /// Met an error.
        case failed(any Error)
    }

    /// The first error.
    private(set) var failure: (any Error)?
    private var idle: [Cart]
    /// For each stage in order: the carts put down before it.
    private var waiting: [[Cart]]
    /// For each stage in order: the number of the cart whose turn it is, or that is at work there.
    private var turns: [Int]
    private let isInOrder: [Bool]
    private var isFilling = false
    private var isExhausted = false
    private var nextNumber = 0
    private var underway = 0

    /// A conveyor at rest.
    init(idle: [Cart], isInOrder: [Bool]) {
        self.idle = idle
        self.isInOrder = isInOrder
        waiting = Array(repeating: [], count: isInOrder.count)
        turns = Array(repeating: 0, count: isInOrder.count)
    }

    /// Whether nobody has anything to do any more.
    var isOver: Bool { failure != nil || (isExhausted && underway == 0) }

    /// Whether another worker would find something to do.
    var hasMore: Bool { canFill || nextStage != nil }

    /// Notes what a worker did; gives back the cart if it may be carried on at once.
    mutating func take(_ report: Report) -> Cart? {
        switch report {
        case .failed(let error):
            if failure == nil { failure = error }
            return nil
        case .filled(let cart, let got):
            isFilling = false
            guard got else {
                isExhausted = true
                return nil
            }
            cart.number = nextNumber
            cart.stage = 0
            nextNumber += 1
            underway += 1
            return arrive(cart)
        case .worked(let cart):
            if isInOrder[cart.stage] { turns[cart.stage] += 1 }
            cart.stage += 1
            return arrive(cart)
        }
    }

    /// What to do next, for a worker that carries a cart or nothing; nil when it has to wait.
    mutating func step(carrying own: Cart?) -> Step? {
        if isOver { return .goHome }
        if let own { return .work(own) }
        // What is furthest comes first: it frees a cart, and others may wait for it.
        if let stage = nextStage, let index = waiting[stage].firstIndex(where: { $0.number == turns[stage] }) {
            return .work(waiting[stage].remove(at: index))
        }
        guard canFill, let cart = idle.popLast() else { return nil }
        isFilling = true
        return .fill(cart)
    }

    private var canFill: Bool { !isFilling && !isExhausted && !idle.isEmpty }

    /// The last stage before which the cart whose turn it is was put down.
    private var nextStage: Int? {
        waiting.indices.last { stage in waiting[stage].contains { $0.number == turns[stage] } }
    }

    /// Lets a cart into the stage it has come to, or puts it down.
    private mutating func arrive(_ cart: Cart) -> Cart? {
        guard cart.stage < isInOrder.count else {
            underway -= 1
            idle.append(cart)
            return nil
        }
        guard isInOrder[cart.stage], turns[cart.stage] != cart.number else { return cart }
        waiting[cart.stage].append(cart)
        return nil
    }
}
