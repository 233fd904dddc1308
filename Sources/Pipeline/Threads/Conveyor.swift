// SPDX-License-Identifier: Apache-2.0

/// Carries numbered loads through stages on several threads.
///
/// A load is filled by the source, goes through all stages, and is then filled again. Stages in order take one load at a
/// time, in the order of filling; the others take as many as there are workers. A worker carries its load on through the
/// stages as far as it gets; a load whose turn has not come is put down, and is taken up by whoever is free when its turn
/// comes. So no worker waits while anything can be done, the number of loads bounds memory, and a stage in order is only
/// felt when it takes longer than all the work divided by the number of workers.
///
/// Each worker has tools of its own, which no other touches.
///
/// SAFETY: what workers share is `line`, behind its lock, and the stages. A stage in order is only ever at work once,
/// and its calls are ordered by the lock through which the turn is handed on; the source likewise. The other stages are
/// `@Sendable`. A load belongs to the worker that carries it, and changes hands through the lock.
package final class Conveyor<Load: Sendable, Tools>: @unchecked Sendable {
    /// One station of the way.
    package struct Stage {
        /// Whether loads pass one at a time, in the order they were filled.
        package let isInOrder: Bool
        fileprivate let work: (inout Load, inout Tools) throws -> Void

        /// A stage that takes loads one at a time and in order.
        package static func inOrder(_ work: @escaping (inout Load, inout Tools) throws -> Void) -> Stage {
            Stage(isInOrder: true, work: work)
        }

        /// A stage that takes any load at any time.
        package static func anyOrder(_ work: @escaping @Sendable (inout Load, inout Tools) throws -> Void) -> Stage {
            Stage(isInOrder: false, work: work)
        }
    }

    /// A load on its way.
    final class Cart {
        var load: Load
        var number = 0
        var stage = 0

        init(_ load: Load) { self.load = load }
    }

    private let source: (inout Load) throws -> Bool
    private let stages: [Stage]
    private let line: Monitor<ConveyorLine<Cart>>
    private let workplaces: [Workplace]

    /// Plans the way.
    ///
    /// `source` fills a load or says that there are no more; one worker at a time asks it. As many workers as `tools`,
    /// at least one load.
    package init(loads: [Load], tools: [Tools], source: @escaping (inout Load) throws -> Bool, stages: [Stage]) {
        precondition(!loads.isEmpty && !tools.isEmpty, "somebody must carry something")
        self.source = source
        self.stages = stages
        line = Monitor(ConveyorLine(idle: loads.map(Cart.init), isInOrder: stages.map(\.isInOrder)))
        workplaces = tools.map(Workplace.init)
    }

    /// Carries loads until the source has no more; gives the tools back.
    ///
    /// The calling thread is one of the workers. Throws the first error of the source or a stage, once nobody works any
    /// more. Call it once.
    package func run() throws -> [Tools] {
        var threads: [WorkerThread] = []
        for number in 1..<workplaces.count {
            // Fewer threads than wished for do the same work, only longer.
            guard let thread = WorkerThread({ self.work(at: self.workplaces[number]) }) else { break }
            threads.append(thread)
        }
        work(at: workplaces[0])
        for thread in threads { thread.join() }
        if let failure = line.withLock({ $0.failure }) { throw failure }
        return workplaces.map(\.tools)
    }

    /// One worker's tools.
    private final class Workplace {
        var tools: Tools
        init(_ tools: Tools) { self.tools = tools }
    }

    private func work(at place: Workplace) {
        var done: ConveyorLine<Cart>.Report?
        while true {
            let step = line.wait { line -> ConveyorLine<Cart>.Step? in
                var own: Cart?
                if let report = done.take() { own = line.take(report) }
                let step = line.step(carrying: own)
                // Who is woken looks for more in its turn, so one is enough; at the end all must go home.
                if line.isOver { self.line.wakeAll() } else if step != nil, line.hasMore { self.line.wakeOne() }
                return step
            }
            do {
                switch step {
                case .fill(let cart): done = .filled(cart, try source(&cart.load))
                case .work(let cart):
                    try stages[cart.stage].work(&cart.load, &place.tools)
                    done = .worked(cart)
                case .goHome: return
                }
            } catch {
                done = .failed(error)
            }
        }
    }
}

extension Conveyor.Cart: ConveyorCart {}
