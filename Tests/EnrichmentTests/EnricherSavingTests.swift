// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Events
import TestSupport
import Testing

/// Processes that are saved and taken up again are the same processes.
@Suite struct EnricherSavingTests {
    private static func limits(_ random: inout SeededGenerator) -> EnrichmentLimits {
        var limits = EnrichmentLimits()
        limits.processes = random.pick([16, 24, 100_000])
        limits.processBytes = random.pick([3000, 128 << 20])
        limits.valueBytes = random.pick([16, 60, 4096])
        return limits
    }

    private static func saved(_ scene: Scene) -> [UInt8] {
        SavedBytes.of(scene.vocabulary) { scene.enricher.save(to: &$0) }
    }

    /// Another run that knows what a state says.
    private static func restored(
        _ state: [UInt8], _ limits: EnrichmentLimits, _ random: inout SeededGenerator
    ) throws(StateError) -> Scene {
        var next = Scene(limits: limits, vocabulary: SavedBytes.otherVocabulary(&random))
        try SavedBytes.read(state, next.vocabulary) { reader throws(StateError) in
            try next.enricher.restore(from: &reader)
        }
        return next
    }

    @Test func `a stream cut anywhere is enriched as it is in one piece`() throws {
        var total = EnrichmentStats()
        for seed in 0..<UInt64(150) {
            var random = SeededGenerator(seed: seed)
            let limits = Self.limits(&random)
            var stream = ProcessStream(seed: seed)
            var whole = Scene(limits: limits)
            var cut = Scene(limits: limits)
            for step in 0..<200 {
                if random.chance(4) { cut = try Self.restored(Self.saved(cut), limits, &random) }
                let record = stream.next()
                let (one, other) = (whole.play(record), cut.play(record))
                #expect(one == other, "seed \(seed), step \(step)")
            }
            #expect(whole.enricher.stats == cut.enricher.stats, "seed \(seed)")
            let stats = whole.enricher.stats
            total.enriched += stats.enriched
            total.evicted += stats.evicted
            total.reusedPids += stats.reusedPids
            total.pythonCommands += stats.pythonCommands
        }
        #expect(total.enriched > 10_000 && total.evicted > 2000, "\(total)")
        #expect(total.reusedPids > 1000 && total.pythonCommands > 1000, "\(total)")
    }

    @Test func `a damaged state is refused or works, and never crashes`() throws {
        var refused = 0
        var taken = 0
        for seed in 0..<UInt64(60) {
            var random = SeededGenerator(seed: seed)
            let limits = Self.limits(&random)
            var stream = ProcessStream(seed: seed)
            var scene = Scene(limits: limits)
            for _ in 0..<80 { _ = scene.play(stream.next()) }
            let state = Self.saved(scene)
            for _ in 0..<20 {
                let damaged = SavedBytes.damaged(state, &random)
                guard var next = try? Self.restored(damaged, limits, &random) else {
                    refused += 1
                    continue
                }
                taken += 1
                for _ in 0..<60 { _ = next.play(stream.next()) }
                next = try Self.restored(Self.saved(next), limits, &random)
            }
        }
        #expect(refused > 100 && taken > 300, "\(refused) \(taken)")
    }

    @Test func `a state that ends early is refused, and nothing changes`() throws {
        var stream = ProcessStream(seed: 1)
        var scene = Scene()
        for _ in 0..<30 { _ = scene.play(stream.next()) }
        let state = Self.saved(scene)
        for count in 0..<state.count {
            #expect(throws: StateError.torn) {
                try SavedBytes.read(Array(state[..<count]), scene.vocabulary) { reader throws(StateError) in
                    try scene.enricher.restore(from: &reader)
                }
            }
        }
        #expect(Self.saved(scene) == state)
    }
}
