// SPDX-License-Identifier: Apache-2.0
import Bytes

extension EventBatch {
    /// The longest value a copy keeps, in bytes, unless asked for more.
    public static let longestCopiedValue = 65_536

    /// A batch that holds one event alone, with its record and the fields enrichment added: what outlives the batch.
    ///
    /// Values longer than `longestValue` bytes and a longer record are cut.
    public func copy(of event: Int, longestValue: Int = longestCopiedValue) -> EventBatch {
        let header = events[event]
        var copy = EventBatch()
        copy.path = path
        let record = copy.store(bytes.span.extracting(header.record.prefix(longestValue)))
        for index in header.slots { copy.append(slots[index], of: self, longestValue) }
        let own = copy.slots.count
        for index in header.added { copy.append(slots[index], of: self, longestValue) }
        var kept = header
        kept.record = record
        kept.slots = 0..<own
        kept.added = own..<copy.slots.count
        copy.events = [kept]
        return copy
    }

    private mutating func append(_ slot: Slot, of other: EventBatch, _ longestValue: Int) {
        let range = store(other.bytes.span.extracting(slot.range.prefix(longestValue)))
        append(slot.field, range, kind: slot.kind)
    }
}
