// SPDX-License-Identifier: Apache-2.0
import Events

extension ReorderBuffer {
    /// Writes the hits that wait, first those that are next.
    func save(to writer: inout StateWriter, _ rules: inout SavedRules) {
        var left = self
        writer.write(left.count)
        while let hit = left.pop() {
            rules.write(hit.rule, to: &writer)
            writer.write(hit.time)
            writer.write(hit.identity)
            writer.write(hit.isExcused)
            writer.write(hit.event)
        }
    }

    /// Reads hits into an empty buffer; gives how many were of each rule that is gone.
    mutating func restore(
        from reader: inout StateReader, _ rules: inout RestoredRules
    ) throws(StateError) -> [String: Int] {
        var dropped: [String: Int] = [:]
        for _ in 0..<(try reader.readCount(size: 8)) {
            let (rule, identifier) = try rules.read(from: &reader)
            let time = try reader.readTimestamp()
            let identity = try reader.readUInt64()
            let isExcused = try reader.readBool()
            let event = try reader.readEvent()
            guard time != .unknown else { throw .torn }
            if let rule {
                push(Hit(time: time, rule: rule, identity: identity, event: event, isExcused: isExcused))
            } else {
                dropped[identifier, default: 0] += 1
            }
        }
        return dropped
    }
}
