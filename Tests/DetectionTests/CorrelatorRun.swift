// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport

/// A stream of hits on its way through a correlator that may be saved and taken up again by another run in between.
struct CorrelatorRun {
    /// A firing in words that do not depend on the numbers of a run.
    typealias Seen = String

    private(set) var correlator: Correlator
    private(set) var vocabulary: Vocabulary
    private(set) var seen: [Seen] = []
    private var shuffled: ShuffledRules
    private let original: RuleSet
    private let limits: Correlator.Limits

    init(_ rules: RuleSet, limits: Correlator.Limits, _ random: inout SeededGenerator) {
        original = rules
        self.limits = limits
        vocabulary = Vocabulary()
        shuffled = ShuffledRules(rules, keepsCorrelations: Self.isTight(limits), using: &random)
        correlator = Correlator(rules: shuffled.rules, vocabulary: vocabulary, limits: limits)
    }

    mutating func add(_ hit: PlainHit, isExcused: Bool) {
        var event = EventBatch()
        event.path = "part-\(hit.event % 3).log"
        for (name, values) in hit.fields.sorted(by: { $0.key < $1.key }) {
            for value in values { event.append(vocabulary.field(name), text: value) }
        }
        let time = Timestamp(nanoseconds: hit.time)
        let source = vocabulary.source(LogSource(product: "test"))
        event.commit(time: time, source: source, slotsFrom: 0, record: 0..<0, position: UInt64(hit.event))
        let hit = Hit(
            time: time, rule: shuffled.number(of: hit.rule), identity: UInt64(hit.event), event: event,
            isExcused: isExcused)
        see(correlator.add(hit))
    }

    mutating func advance(to time: Int64) { see(correlator.advance(to: Timestamp(nanoseconds: time))) }

    mutating func finish() { see(correlator.finish()) }

    /// The state, as bytes.
    func saved() -> [UInt8] { SavedBytes.of(vocabulary) { correlator.save(to: &$0) } }

    /// Goes on in another run: other numbers of fields, log sources, rules and correlations.
    mutating func moveOn(_ bytes: [UInt8], _ random: inout SeededGenerator) throws(StateError) {
        let vocabulary = SavedBytes.otherVocabulary(&random)
        let shuffled = ShuffledRules(original, keepsCorrelations: Self.isTight(limits), using: &random)
        var next = Correlator(rules: shuffled.rules, vocabulary: vocabulary, limits: limits)
        try SavedBytes.read(bytes, vocabulary) { reader throws(StateError) in try next.restore(from: &reader) }
        (self.vocabulary, self.shuffled, correlator) = (vocabulary, shuffled, next)
    }

    /// Whether a short stream can reach the bounds.
    private static func isTight(_ limits: Correlator.Limits) -> Bool {
        limits.entries < 10_000 || limits.evidenceBytes < 1 << 20
    }

    private mutating func see(_ firings: [Firing]) {
        for firing in firings {
            let events = firing.events.map { member in
                let fields = member.event.slots.map { "\(vocabulary.name(of: $0.field))=\(member.event.text($0))" }
                let header = member.event.events[0]
                return "\(shuffled.ruleNumbers[member.rule]) \(member.event.path):\(header.position) "
                    + "\(header.time.nanoseconds) \(fields)"
            }
            let correlation = shuffled.correlationNumbers[firing.correlation]
            seen.append(
                "\(firing.time.nanoseconds) \(correlation) \(firing.group) \(firing.measured) "
                    + "\(firing.isExcused) \(events)")
        }
    }
}
