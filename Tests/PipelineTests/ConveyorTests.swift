// SPDX-License-Identifier: Apache-2.0
import Foundation
import Pipeline
import Synchronization
import Testing

/// Loads through stages: all of them, in order where asked, one at a time where asked.
@Suite struct ConveyorTests {
    /// What goes along: a number, and the stages it has been through.
    struct Load: Sendable, Equatable {
        var number = -1
        var marks: [Int] = []
    }

    /// An error a stage meets.
    struct Broken: Error, Equatable {
        var stage: Int
    }

    /// What a run did.
    final class Log: Sendable {
        struct State {
            var arrived: [[Int]] = [[], [], [], []]
            var inside: [Int] = [0, 0, 0, 0]
            var mostInside: [Int] = [0, 0, 0, 0]
            var underway = 0
            var mostUnderway = 0
        }
        let state = Mutex(State())

        func enter(_ stage: Int, _ number: Int) {
            state.withLock {
                $0.arrived[stage].append(number)
                $0.inside[stage] += 1
                $0.mostInside[stage] = max($0.mostInside[stage], $0.inside[stage])
                if stage == 0 {
                    $0.underway += 1
                    $0.mostUnderway = max($0.mostUnderway, $0.underway)
                }
            }
        }

        func leave(_ stage: Int) {
            state.withLock {
                $0.inside[stage] -= 1
                if stage == 3 { $0.underway -= 1 }
            }
        }
    }

    /// Sends loads through four stages, the second and last in order; each takes a while that has nothing to do with the
    /// others.
    private func run(
        _ count: Int, workers: Int, loads: Int, seed: UInt64 = 1, failing: (stage: Int, number: Int)? = nil
    ) throws -> (log: Log.State, out: [Load], tools: [Int]) {
        let log = Log()
        var out: [Load] = []
        var filled = 0
        let pass: @Sendable (Int, inout Load, inout Int) throws -> Void = { stage, load, tool in
            log.enter(stage, load.number)
            defer { log.leave(stage) }
            var wait = (seed &+ UInt64(load.number * 4 + stage)) &* 0x9E37_79B9_7F4A_7C15
            wait ^= wait >> 29
            if wait % 3 == 0 { usleep(UInt32(wait % 300)) }
            load.marks.append(stage)
            tool += 1
            if let failing, failing == (stage, load.number) { throw Broken(stage: stage) }
        }
        let conveyor = Conveyor<Load, Int>(
            loads: Array(repeating: Load(), count: loads), tools: Array(repeating: 0, count: workers),
            source: { load in
                guard filled < count else { return false }
                load = Load(number: filled)
                filled += 1
                return true
            },
            stages: [
                .anyOrder { try pass(0, &$0, &$1) }, .inOrder { try pass(1, &$0, &$1) },
                .anyOrder { try pass(2, &$0, &$1) },
                .inOrder { load, tool in
                    try pass(3, &load, &tool)
                    out.append(load)
                },
            ])
        let tools = try conveyor.run()
        return (log.state.withLock { $0 }, out, tools)
    }

    @Test(arguments: [1, 2, 3, 8], [1, 2, 5, 16])
    func `every load goes through every stage once, in order at the end`(workers: Int, loads: Int) throws {
        for count in [0, 1, 2, 7, 200] {
            let result = try run(count, workers: workers, loads: loads, seed: UInt64(count))
            #expect(result.out == (0..<count).map { Load(number: $0, marks: [0, 1, 2, 3]) })
            #expect(result.tools.count == workers)
            #expect(result.tools.reduce(0, +) == 4 * count)
            for stage in [1, 3] {
                #expect(result.log.arrived[stage] == Array(0..<count))
                #expect(result.log.mostInside[stage] <= 1)
            }
            #expect(result.log.mostUnderway <= loads)
            #expect(result.log.mostInside.allSatisfy { $0 <= workers })
        }
    }

    @Test func `several workers are at work at once`() throws {
        // Each of two loads waits in the first stage until the other is there too.
        let there = Mutex(0)
        var filled = 0
        let conveyor = Conveyor<Int, Void>(
            loads: [0, 0], tools: [(), ()],
            source: { _ in
                filled += 1
                return filled <= 2
            },
            stages: [
                .anyOrder { _, _ in
                    there.withLock { $0 += 1 }
                    for _ in 0..<10_000 where there.withLock({ $0 }) < 2 { usleep(1000) }
                    #expect(there.withLock { $0 } == 2)
                }
            ])
        _ = try conveyor.run()
        #expect(there.withLock { $0 } == 2)
    }

    @Test(arguments: 0..<4, [1, 4])
    func `an error ends the run and is told`(stage: Int, workers: Int) {
        #expect(throws: Broken(stage: stage)) {
            try run(1000, workers: workers, loads: 6, failing: (stage, 20))
        }
    }

    @Test(arguments: [1, 3])
    func `an error of the source ends the run and is told`(workers: Int) {
        var asked = 0
        let conveyor = Conveyor<Int, Void>(
            loads: [0, 0, 0], tools: Array(repeating: (), count: workers),
            source: { _ in
                asked += 1
                if asked == 5 { throw Broken(stage: -1) }
                return true
            }, stages: [.anyOrder { _, _ in }])
        #expect(throws: Broken(stage: -1)) { try conveyor.run() }
        #expect(asked == 5)
    }
}
