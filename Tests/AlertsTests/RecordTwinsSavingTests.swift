// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// Matches on records that are saved and taken up again wait as if nothing had happened.
@Suite struct RecordTwinsSavingTests {
    typealias Sample = RecordTwinsTests.Sample

    /// Samples on their way, in this run or in several.
    private struct Run {
        var vocabulary = Vocabulary()
        var shuffled: ShuffledRules
        var twins: RecordTwins
        let limits: RecordTwins.Limits
        var seen: [String] = []

        init(_ rules: RuleSet, _ limits: RecordTwins.Limits, _ random: inout SeededGenerator) {
            self.limits = limits
            shuffled = ShuffledRules(rules, using: &random)
            twins = RecordTwins(rules: shuffled.rules, vocabulary: vocabulary, limits: limits)
        }

        mutating func add(_ sample: Sample, arrived: Int64? = nil) {
            var batch = EventBatch()
            batch.arrived = arrived.map { Timestamp(nanoseconds: $0 * second) } ?? .unknown
            let evidence = batch.store(Array(sample.evidence.utf8).span)
            batch.append(.hostName, text: sample.host)
            batch.commit(
                time: sample.at.map { Timestamp(nanoseconds: $0 * second) } ?? .unknown,
                source: vocabulary.source(sample.isRecord ? RecordTwinsTests.record : RecordTwinsTests.event),
                slotsFrom: 0, record: evidence, position: 1)
            var released: [RecordTwins.Held] = []
            let match = Match(event: 0, rule: shuffled.number(of: sample.rule))
            seen.append("\(twins.decide(match, in: batch, released: &released))")
            see(released)
            see(twins.release(at: batch.events[0].time))
        }

        mutating func advance(to watermark: Int64?, now: Int64? = nil) {
            func time(_ seconds: Int64?) -> Timestamp {
                seconds.map { Timestamp(nanoseconds: $0 * second) } ?? .unknown
            }
            see(twins.advance(to: StreamTime(watermark: time(watermark), now: time(now))))
        }

        mutating func finish() { see(twins.finish()) }

        func saved() -> [UInt8] { SavedBytes.of(vocabulary) { twins.save(to: &$0) } }

        mutating func moveOn(
            _ rules: RuleSet, _ bytes: [UInt8], _ random: inout SeededGenerator
        ) throws(StateError) {
            let vocabulary = SavedBytes.otherVocabulary(&random)
            let shuffled = ShuffledRules(rules, using: &random)
            var next = RecordTwins(rules: shuffled.rules, vocabulary: vocabulary, limits: limits)
            try SavedBytes.read(bytes, vocabulary) { reader throws(StateError) in try next.restore(from: &reader) }
            (self.vocabulary, self.shuffled, twins) = (vocabulary, shuffled, next)
        }

        private mutating func see(_ released: [RecordTwins.Held]) {
            for one in released {
                seen.append("late \(shuffled.ruleNumbers[one.rule]) \(one.event.record(of: 0))")
            }
        }
    }

    private static func samples(_ random: inout SeededGenerator) -> [Sample] {
        var at: Int64 = 100
        return (0..<60).map { _ in
            at += Int64(random.pick([0, 0, 0, 1, 2, 7]))
            let lines = (0..<random.number(1...3)).map { _ in "line \(random.number(0...5))" }
            let isRecord = random.chance(60)
            return Sample(
                isRecord: isRecord, host: random.pick(["web1", "web2"]),
                at: random.chance(5) ? nil : at - (random.chance(10) ? 4 : 0),
                evidence: isRecord ? lines[0] : lines.joined(separator: "\n"), rule: random.number(0...2))
        }
    }

    @Test func `a stream cut anywhere is decided as it is in one piece`() throws {
        var late = 0
        for seed in 0..<UInt64(200) {
            var random = SeededGenerator(seed: seed)
            var limits = RecordTwins.Limits()
            limits.held = random.pick([4, 2048])
            let samples = Self.samples(&random)
            var whole = Run(RecordTwinsTests.rules, limits, &random)
            var cut = Run(RecordTwinsTests.rules, limits, &random)
            for sample in samples {
                if random.chance(8) { try cut.moveOn(RecordTwinsTests.rules, cut.saved(), &random) }
                let watermark = random.chance(5) ? sample.at : nil
                whole.add(sample)
                cut.add(sample)
                whole.advance(to: watermark)
                cut.advance(to: watermark)
            }
            whole.finish()
            cut.finish()
            #expect(whole.seen == cut.seen, "seed \(seed)")
            late += whole.seen.count { $0.hasPrefix("late") }
        }
        #expect(late > 1000)
    }

    @Test func `a damaged state is refused or works, and never crashes`() throws {
        var refused = 0
        var taken = 0
        for seed in 0..<UInt64(100) {
            var random = SeededGenerator(seed: seed)
            let samples = Self.samples(&random)
            var run = Run(RecordTwinsTests.rules, RecordTwins.Limits(), &random)
            for sample in samples.prefix(20) { run.add(sample) }
            let state = run.saved()
            for _ in 0..<20 {
                do throws(StateError) {
                    try run.moveOn(RecordTwinsTests.rules, SavedBytes.damaged(state, &random), &random)
                } catch {
                    refused += 1
                    continue
                }
                taken += 1
                for sample in samples.suffix(20) { run.add(sample) }
                try run.moveOn(RecordTwinsTests.rules, run.saved(), &random)
            }
            run.finish()
        }
        #expect(refused > 100 && taken > 100, "\(refused) \(taken)")
    }

    @Test func `what waits of a rule that changed is dropped and told, or the state is refused`() throws {
        var random = SeededGenerator(seed: 1)
        var run = Run(RecordTwinsTests.rules, RecordTwins.Limits(), &random)
        run.add(Sample(evidence: "one"))
        run.add(Sample(evidence: "two", rule: 2))
        var changed = RecordTwinsTests.rules
        changed.rules[2].detection.conditions = [.not(.search("selection"))]
        let state = run.saved()
        #expect(throws: StateError.self) { try run.moveOn(changed, state, &random) }

        var twins = RecordTwins(rules: changed, vocabulary: run.vocabulary)
        var reader = StateReader(state, vocabulary: run.vocabulary)
        let identifier = changed.rules[2].metadata.identifier
        #expect(
            try twins.carryOver(from: &reader) == [
                "the rule '\(identifier)' is gone or was changed: 1 of its matches on audit records are dropped"
            ])
        #expect(twins.finish().map { $0.event.record(of: 0) } == ["one"])
    }

    @Test func `time lets matches go: those older than the watermark, and those that came long ago`() {
        var random = SeededGenerator(seed: 1)
        var run = Run(RecordTwinsTests.rules, RecordTwins.Limits(), &random)
        run.add(Sample(at: 9_000_000_000, evidence: "far ahead"), arrived: 50)
        run.add(Sample(at: 10, evidence: "ten"), arrived: 51)
        run.add(Sample(at: 11, evidence: "eleven"), arrived: 51)
        run.seen = []
        run.advance(to: nil)
        run.advance(to: 10, now: 52)
        #expect(run.seen == [])
        run.advance(to: 11, now: 52)
        #expect(run.seen == ["late 0 ten"])
        run.advance(to: 11, now: 55)
        #expect(run.seen == ["late 0 ten", "late 0 far ahead"])
        run.finish()
        #expect(run.seen.last == "late 0 eleven")
    }
}
