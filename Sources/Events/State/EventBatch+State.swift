// SPDX-License-Identifier: Apache-2.0

extension StateWriter {
    /// Writes a batch that holds one event alone, as `EventBatch.copy(of:)` makes it.
    public mutating func write(_ batch: EventBatch) {
        write(shared: batch.path)
        write(batch.arrived)
        write(batch.bytes)
        write(batch.slots) { writer, slot in
            writer.write(slot.field)
            writer.write(UInt64(slot.kind.rawValue))
            writer.write(slot.range.lowerBound)
            writer.write(slot.range.count)
        }
        write(batch.events) { writer, event in
            writer.write(event.time)
            writer.write(event.source)
            writer.write(event.isDerived)
            for range in [event.slots, event.added, event.record] {
                writer.write(range.lowerBound)
                writer.write(range.count)
            }
            writer.write(event.position)
        }
    }
}

extension StateReader {
    /// Reads a batch; every range in it lies within what it holds.
    public mutating func readBatch() throws(StateError) -> EventBatch {
        var batch = EventBatch()
        batch.path = try readShared()
        batch.arrived = try readTimestamp()
        batch.bytes = try readBytes()
        let size = batch.bytes.count
        batch.slots = try readList(size: 4) { reader throws(StateError) in
            let field = try reader.readField()
            guard let kind = ValueKind(rawValue: UInt8(truncatingIfNeeded: try reader.readUInt64())) else {
                throw .torn
            }
            let range = try reader.readRange(within: size)
            return Slot(field: field, offset: UInt32(range.lowerBound), length: UInt32(range.count), kind: kind)
        }
        let slots = batch.slots.count
        batch.events = try readList(size: 8) { reader throws(StateError) in
            let time = try reader.readTimestamp()
            let source = try reader.readSource()
            let isDerived = try reader.readBool()
            let own = try reader.readRange(within: slots)
            let added = try reader.readRange(within: slots)
            let record = try reader.readRange(within: size)
            var header = EventHeader(
                time: time, source: source, isDerived: isDerived, slots: own, record: record,
                position: try reader.readUInt64())
            header.added = added
            return header
        }
        return batch
    }

    /// Reads a batch that must hold exactly one event.
    public mutating func readEvent() throws(StateError) -> EventBatch {
        let batch = try readBatch()
        guard batch.events.count == 1 else { throw .torn }
        return batch
    }

    private mutating func readRange(within size: Int) throws(StateError) -> Range<Int> {
        let start = try readInt(in: 0..<size + 1)
        let count = try readInt(in: 0..<size + 1 - start)
        return start..<start + count
    }
}
