// SPDX-License-Identifier: Apache-2.0
import Events

extension EvidenceStore {
    /// Writes the events kept; gives for each place how many stand before it in what was written.
    func save(to writer: inout StateWriter, _ rules: inout SavedRules) -> [Int] {
        let kept = items.indices.filter { items[$0].event != nil }.sorted { items[$0].sequence < items[$1].sequence }
        var order = Array(repeating: 0, count: items.count)
        writer.write(kept.count)
        for (number, index) in kept.enumerated() {
            order[index] = number
            guard let member = items[index].event else { continue }
            rules.write(member.rule, to: &writer)
            writer.write(items[index].time)
            writer.write(member.event)
        }
        writer.write(forgotten)
        return order
    }

    /// Reads events into an empty store; the caller holds a reference to each, and none to those of rules that are gone.
    mutating func restore(
        from reader: inout StateReader, _ rules: inout RestoredRules
    ) throws(StateError) -> [Number] {
        var numbers: [Number] = []
        for _ in 0..<(try reader.readCount(size: 8)) {
            let rule = try rules.read(from: &reader).number
            let time = try reader.readInt64()
            let event = try reader.readEvent()
            numbers.append(rule.map { insert(MemberEvent(rule: $0, event: event), at: time) } ?? Self.nothing)
        }
        forgotten = try reader.readCounter()
        return numbers
    }
}
