// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// Correlations that are saved and taken up again count as if nothing had happened.
@Suite struct CorrelatorSavingTests {
    /// A stream, its bounds and where time passes: all that follows from a seed.
    private struct Scene {
        let each: CorrelationPropertyCase
        let limits: Correlator.Limits
        let isExcused: [Bool]
        let watermarks: [Int64?]
        let cuts: Set<Int>

        init(seed: UInt64) {
            let each = CorrelationPropertyCase(seed: seed)
            self.each = each
            var random = SeededGenerator(seed: seed &+ 1_000_000)
            var limits = Correlator.Limits()
            limits.waitingHits = random.pick([0, 3, 20, 50_000])
            limits.entries = random.pick([60, 200, 3_000_000])
            limits.evidenceBytes = random.pick([1500, 6000, 32 << 20])
            limits.lateness = random.pick([0, 5_000_000_000])
            self.limits = limits
            isExcused = each.hits.map { _ in random.chance(30) }
            let isLive = random.chance(50)
            watermarks = each.hits.map { hit in
                isLive && random.chance(20) ? hit.time - Int64(random.number(-5...9)) * 1_000_000_000 : nil
            }
            cuts = Set((0..<random.number(1...5)).map { _ in random.number(0...each.hits.count) })
        }

        /// What is seen, with or without cuts, and what was lost.
        func run(isCut: Bool) throws -> (seen: [String], losses: Correlator.Losses, states: [[UInt8]]) {
            var random = SeededGenerator(seed: each.seed &+ 2_000_000)
            var run = CorrelatorRun(each.rules, limits: limits, &random)
            var states: [[UInt8]] = []
            for index in 0...each.hits.count {
                if isCut, cuts.contains(index) {
                    states.append(run.saved())
                    try run.moveOn(states[states.count - 1], &random)
                }
                guard index < each.hits.count else { break }
                run.add(each.hits[index], isExcused: isExcused[index])
                if let time = watermarks[index] { run.advance(to: time) }
            }
            run.finish()
            // Which of two correlations fires first at one event depends on their numbers.
            return (run.seen.sorted(), run.correlator.losses, states)
        }
    }

    @Test func `a stream cut anywhere fires as it does in one piece`() throws {
        var fired = 0
        for seed in 0..<UInt64(300) {
            let scene = Scene(seed: seed)
            let whole = try scene.run(isCut: false)
            let cut = try scene.run(isCut: true)
            #expect(cut.seen == whole.seen, "seed \(seed)")
            #expect(cut.losses == whole.losses, "seed \(seed)")
            fired += whole.seen.count
        }
        #expect(fired > 1000)
    }

    @Test func `a damaged state is refused or works, and never crashes`() throws {
        var refused = 0
        var taken = 0
        for seed in 0..<UInt64(80) {
            let scene = Scene(seed: seed)
            var random = SeededGenerator(seed: seed &+ 3_000_000)
            for state in try scene.run(isCut: true).states {
                for _ in 0..<12 {
                    var run = CorrelatorRun(scene.each.rules, limits: scene.limits, &random)
                    do throws(StateError) {
                        try run.moveOn(SavedBytes.damaged(state, &random), &random)
                    } catch {
                        refused += 1
                        continue
                    }
                    taken += 1
                    for hit in scene.each.hits { run.add(hit, isExcused: false) }
                    run.advance(to: scene.each.hits[0].time)
                    run.finish()
                    // What came of it can be saved and read again.
                    try run.moveOn(run.saved(), &random)
                }
            }
        }
        #expect(refused > 300 && taken > 100, "\(refused) \(taken)")
    }

    @Test func `a state that ends early is refused, and nothing changes`() throws {
        let scene = Scene(seed: 5)
        let state = try #require(try scene.run(isCut: true).states.last)
        var random = SeededGenerator(seed: 1)
        var run = CorrelatorRun(scene.each.rules, limits: scene.limits, &random)
        for hit in scene.each.hits.prefix(7) { run.add(hit, isExcused: false) }
        var correlator = run.correlator
        for count in 0..<state.count {
            let part = Array(state[..<count])
            #expect(throws: StateError.torn) {
                try SavedBytes.read(part, run.vocabulary) { reader throws(StateError) in
                    try correlator.restore(from: &reader)
                }
            }
        }
        #expect(SavedBytes.of(run.vocabulary) { correlator.save(to: &$0) } == run.saved())
    }
}
