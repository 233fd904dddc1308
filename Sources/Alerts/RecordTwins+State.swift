// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

extension RecordTwins {
    /// Writes the matches that wait and what was counted, whatever numbers this run gave to rules.
    public func save(to writer: inout StateWriter) {
        writer.write(rules.digest(ofRules: rulesThatSeeBoth))
        var saved = SavedRules(rules: rules)
        writer.write(order[oldest...]) { writer, arrival in
            let key = arrival.key
            saved.write(key.rule, to: &writer)
            writer.write(key.time)
            writer.write(fixed: key.host)
            writer.write(arrival.time)
            writer.write(held[key] ?? []) { writer, one in
                writer.write(fixed: one.evidence)
                writer.write(one.event)
            }
            // In an order of their own, so that equal states are equal bytes.
            writer.write(counted[key]?.sorted()) { $0.write($1) { $0.write(fixed: $1) } }
        }
    }

    /// Takes up what was saved, in the place of everything known so far.
    ///
    /// - Throws: `StateError.torn`, or another of the code `otherRules` when the rules that look at audit records are not
    ///   the same; then nothing has changed.
    public mutating func restore(from reader: inout StateReader) throws(StateError) {
        _ = try take(from: &reader, isExact: true)
    }

    /// Takes up what was saved of rules that are still the same; gives sentences that say what was dropped.
    ///
    /// - Throws: `StateError.torn`; then nothing has changed.
    public mutating func carryOver(from reader: inout StateReader) throws(StateError) -> [String] {
        try take(from: &reader, isExact: false)
    }

    private var rulesThatSeeBoth: [Int] { seesBoth.indices.filter { seesBoth[$0] } }

    private mutating func take(from reader: inout StateReader, isExact: Bool) throws(StateError) -> [String] {
        let digest = try reader.readDigest()
        if isExact, digest != rules.digest(ofRules: rulesThatSeeBoth) {
            throw .otherRules("the rules that look at audit records are not those of the saved state")
        }
        var restored = RestoredRules(rules: rules, among: rulesThatSeeBoth)
        var fresh = self
        (fresh.held, fresh.counted, fresh.order, fresh.oldest) = ([:], [:], [], 0)
        (fresh.heldCount, fresh.heldBytes) = (0, 0)
        var dropped: [String: Int] = [:]
        for _ in 0..<(try reader.readCount(size: 12)) {
            let (rule, identifier) = try restored.read(from: &reader)
            let time = try reader.readInt64()
            let host = try reader.readFixed()
            let key = rule.map { Key(rule: $0, time: time, host: host) }
            let arrived = try reader.readTimestamp()
            let held = try fresh.takeHeld(of: key, time, from: &reader)
            let counted = try reader.readOptional { reader throws(StateError) in
                try reader.readList(size: 8) { reader throws(StateError) in try reader.readFixed() }
            }
            guard let key else {
                dropped[identifier, default: 0] += held.count
                continue
            }
            try fresh.add(held, counted, Arrival(key: key, time: arrived))
        }
        self = fresh
        return dropped.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { identifier, count in
            "the rule '\(identifier)' is gone or was changed: \(count) of its matches on audit records are dropped"
        }
    }

    private func takeHeld(
        of key: Key?, _ time: Int64, from reader: inout StateReader
    ) throws(StateError) -> [Held] {
        try reader.readList(size: 16) { reader throws(StateError) in
            let evidence = try reader.readFixed()
            return Held(rule: key?.rule ?? -1, event: try reader.readEvent(), time: time, evidence: evidence)
        }
    }

    private mutating func add(
        _ some: [Held], _ lines: [UInt64]?, _ arrival: Arrival
    ) throws(StateError) {
        let key = arrival.key
        guard held[key] == nil, counted[key] == nil, !some.isEmpty || lines != nil else { throw .torn }
        order.append(arrival)
        if !some.isEmpty { held[key] = some }
        if let lines { counted[key] = Set(lines) }
        heldCount += some.count
        heldBytes += some.reduce(0) { $0 + $1.size }
    }
}
