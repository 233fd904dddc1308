// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension Correlator {
    /// Writes everything the correlator knows, whatever numbers this run gave to rules, fields and groups.
    ///
    /// The secret of its hashes is among it: who can read the state can make values that count as one.
    public func save(to writer: inout StateWriter) {
        writer.write(fixed: hashKey)
        writer.write(clock)
        for count in [lost.evictedGroups, lost.lateHits, lost.untimedHits] { writer.write(count) }
        var saved = SavedRules(rules: rules)
        let order = evidence.save(to: &writer, &saved)
        waiting.save(to: &writer, &saved)
        let keys = rules.correlationFingerprints()
        writer.write(lanes.count)
        for lane in lanes {
            writer.write(keys[lane.number])
            writer.write(lane.groups.count)
        }
        for lane in lanes { writer.writePart { lane.save(to: &$0, clock: clock, evidence, order) } }
    }

    /// Takes up what was saved, in the place of everything known so far.
    ///
    /// - Throws: `StateError.torn`, or another of the code `otherRules` when correlations or what they count are not the
    ///   same; then nothing has changed.
    public mutating func restore(from reader: inout StateReader) throws(StateError) {
        _ = try take(from: &reader, isExact: true)
    }

    /// Takes up what was saved, as far as correlations and rules are still the same; others begin with nothing.
    ///
    /// Gives sentences that say what was dropped.
    ///
    /// - Throws: `StateError.torn`; then nothing has changed.
    public mutating func carryOver(from reader: inout StateReader) throws(StateError) -> [String] {
        try take(from: &reader, isExact: false)
    }

    private mutating func take(from reader: inout StateReader, isExact: Bool) throws(StateError) -> [String] {
        var fresh = Correlator(emptied: self, hashKey: try reader.readFixed())
        fresh.clock = try reader.readInt64()
        fresh.lost.evictedGroups = try reader.readCounter()
        fresh.lost.lateHits = try reader.readCounter()
        fresh.lost.untimedHits = try reader.readCounter()
        var restored = RestoredRules(rules: rules, among: rules.rules.indices.filter { counts(rule: $0) })
        let events = try fresh.evidence.restore(from: &reader, &restored)
        let dropped = try fresh.waiting.restore(from: &reader, &restored)
        var sentences = dropped.sorted { $0.key < $1.key }.map { rule, count in
            "the rule '\(rule)' is gone, was changed or is no longer counted: \(count) of its matches no longer wait"
        }
        try fresh.takeLanes(from: &reader, events, isExact, &sentences)
        if isExact, let first = sentences.first { throw .otherRules(first) }
        for event in events { fresh.evidence.release(event) }
        self = fresh
        return sentences
    }

    /// Reads the lanes of correlations that are still the same.
    private mutating func takeLanes(
        from reader: inout StateReader, _ events: [EvidenceStore.Number], _ isExact: Bool, _ sentences: inout [String]
    ) throws(StateError) {
        var free: [RuleFingerprint: [Int]] = [:]
        for (number, key) in rules.correlationFingerprints().enumerated().reversed() {
            free[key, default: []].append(number)
        }
        var targets: [Int?] = []
        for _ in 0..<(try reader.readCount(size: 18)) {
            let key = try reader.readFingerprint()
            let count = try reader.readInt()
            let target = free[key]?.popLast()
            targets.append(target)
            if target == nil, isExact || count > 0 {
                sentences.append(
                    "the correlation '\(key.identifier)' is gone or was changed: what it counted (\(count) groups) is "
                        + "dropped")
            }
        }
        if isExact, let new = free.first(where: { !$0.value.isEmpty }) {
            throw .otherRules("the correlation '\(new.key.identifier)' is new or was changed")
        }
        for target in targets {
            guard let target else {
                try reader.skipPart()
                continue
            }
            try restoreLane(target, from: &reader, events)
        }
    }

    private mutating func restoreLane(
        _ number: Int, from reader: inout StateReader, _ events: [EvidenceStore.Number]
    ) throws(StateError) {
        let clock = clock
        try reader.readPart { reader throws(StateError) in
            try lanes[number].restore(from: &reader, clock: clock, &evidence, events)
        }
        entries += lanes[number].weight
    }
}
