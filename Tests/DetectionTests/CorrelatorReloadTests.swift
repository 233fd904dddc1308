// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// What becomes of windows when rules change, and when time passes.
@Suite struct CorrelatorReloadTests {
    /// A correlator over two correlations of `a`, to which some hits come.
    private struct Scene {
        let vocabulary = Vocabulary()
        var correlator: Correlator
        private var next: UInt64 = 0

        init(_ rules: RuleSet, waiting: Int = 0, lateness: Int64 = 0) {
            var limits = Correlator.Limits()
            limits.waitingHits = waiting
            limits.lateness = lateness
            correlator = Correlator(rules: rules, vocabulary: vocabulary, limits: limits)
        }

        mutating func add(at second: Int64, _ user: String = "x", rule: Int = 0) -> [String] {
            next += 1
            var event = EventBatch()
            event.append(vocabulary.field("User"), text: user)
            let time = Timestamp(nanoseconds: second * 1_000_000_000)
            event.commit(
                time: time, source: vocabulary.source(LogSource(product: "test")), slotsFrom: 0, record: 0..<0,
                position: next)
            return Self.words(correlator.add(Hit(time: time, rule: rule, identity: next, event: event)))
        }

        mutating func advance(to second: Int64) -> [String] {
            Self.words(correlator.advance(to: Timestamp(nanoseconds: second * 1_000_000_000)))
        }

        var saved: [UInt8] { SavedBytes.of(vocabulary) { correlator.save(to: &$0) } }

        private static func words(_ firings: [Firing]) -> [String] {
            firings.map { "\($0.correlation): \($0.group) \($0.measured)" }
        }
    }

    private static func rules(thresholds: [Double], within timespan: Int = 100) -> RuleSet {
        correlationSet(
            thresholds.map { correlation(.eventCount, ["a"], by: ["User"], within: timespan, .init(.gte, $0)) })
    }

    @Test func `correlations that did not change keep their windows, others begin anew and it is told`() throws {
        var before = Scene(Self.rules(thresholds: [3, 3]))
        for second in [1, 2] as [Int64] { #expect(before.add(at: second) == []) }
        var after = Scene(Self.rules(thresholds: [3, 2]))
        var reader = StateReader(before.saved, vocabulary: after.vocabulary)
        let sentences = try after.correlator.carryOver(from: &reader)
        #expect(
            sentences == ["the correlation '1' is gone or was changed: what it counted (1 groups) is dropped"])
        #expect(after.add(at: 3) == ["0: [\"x\"] 3.0"])
        #expect(after.add(at: 4) == ["1: [\"x\"] 2.0"])
    }

    @Test func `matches that wait of a rule that changed are dropped and told`() throws {
        var before = Scene(Self.rules(thresholds: [2]), waiting: 100)
        for second in [1, 2, 3] as [Int64] { #expect(before.add(at: second) == []) }
        var changed = Self.rules(thresholds: [2])
        changed.rules[0].detection.conditions = [.not(.search("selection"))]
        var after = Scene(changed)
        var reader = StateReader(before.saved, vocabulary: after.vocabulary)
        let sentences = try after.correlator.carryOver(from: &reader)
        #expect(
            sentences == [
                "the rule 'id-a' is gone, was changed or is no longer counted: 3 of its matches no longer wait"
            ])
        #expect(after.correlator.finish().isEmpty)
    }

    @Test(arguments: [
        rules(thresholds: [3, 2]), rules(thresholds: [3]), rules(thresholds: [3, 3, 3]),
        rules(thresholds: [3, 3], within: 50),
    ])
    func `other correlations are refused in words, and nothing changes`(rules: RuleSet) throws {
        var before = Scene(Self.rules(thresholds: [3, 3]))
        for second in [1, 2] as [Int64] { #expect(before.add(at: second) == []) }
        var after = Scene(rules)
        _ = after.add(at: 1, "y")
        let own = after.saved
        var reader = StateReader(before.saved, vocabulary: after.vocabulary)
        var refusal: StateError?
        do throws(StateError) { try after.correlator.restore(from: &reader) } catch { refusal = error }
        #expect(refusal?.code == .otherRules)
        #expect(refusal?.description.contains("correlation '") == true)
        #expect(after.saved == own)
    }

    @Test func `what is only read by people may change`() throws {
        var before = Scene(Self.rules(thresholds: [3]))
        for second in [1, 2] as [Int64] { #expect(before.add(at: second) == []) }
        var edited = Self.rules(thresholds: [3])
        edited.rules[0].metadata.level = .critical
        edited.rules[0].metadata.description = "new"
        edited.rules[0].logsource.definition = "new"
        edited.rules[0].detection.searches[0].location.line += 5
        edited.correlations[0].correlation.metadata.location.line += 5
        edited.correlations[0].correlation.generate.toggle()
        var after = Scene(edited)
        var reader = StateReader(before.saved, vocabulary: after.vocabulary)
        try after.correlator.restore(from: &reader)
        #expect(after.add(at: 3) == ["0: [\"x\"] 3.0"])
    }

    @Test func `time lets hits go, and quiet windows are forgotten`() {
        var scene = Scene(Self.rules(thresholds: [2]), waiting: 1000)
        for user in 0..<50 { #expect(scene.add(at: Int64(user), "u\(user)") == []) }
        #expect(scene.add(at: 40, "u39") == [])
        #expect(scene.advance(to: 39) == [])
        #expect(scene.advance(to: 40) == ["0: [\"u39\"] 2.0"])
        let full = scene.saved.count
        #expect(scene.advance(to: 120) == [])
        #expect(scene.advance(to: 100_000) == [])
        #expect(scene.saved.count < full / 20)
        #expect(scene.correlator.losses == Correlator.Losses())
    }

    @Test func `a hit behind the watermark counts as long as it is in order and its window is kept`() {
        var scene = Scene(Self.rules(thresholds: [2], within: 10), lateness: 60_000_000_000)
        #expect(scene.add(at: 100) == [])
        #expect(scene.advance(to: 165) == [])
        #expect(scene.add(at: 105) == ["0: [\"x\"] 2.0"])
        #expect(scene.add(at: 104) == [])
        #expect(scene.correlator.losses.lateHits == 1)
        #expect(scene.advance(to: 1000) == [])
        // Its windows are gone, but the hit itself is no older than what was taken.
        #expect(scene.add(at: 106) == [])
        #expect(scene.add(at: 107) == ["0: [\"x\"] 2.0"])
    }

    @Test func `time that stands still takes nothing`() {
        var scene = Scene(Self.rules(thresholds: [1]), waiting: 10)
        #expect(scene.add(at: 1) == [])
        #expect(scene.correlator.advance(to: .unknown).isEmpty)
        #expect(scene.advance(to: 1) == ["0: [\"x\"] 1.0"])
    }
}
