// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Finding records in a chunk (libevtx, section 4): a signature, the size, an id, a time, binary XML, the size again.
extension EVTXReader {
    /// What a record begins with: two asterisks and two NUL.
    static let signature: UInt32 = 0x0000_2A2A
    /// Bytes before a record's binary XML.
    private static let lead = 24
    /// Bytes of the smallest record.
    private static let smallest = 28

    /// Reads the chunk's records one after the other.
    ///
    /// Where the header says that they end is out of date in a log that was not closed: records that go on behind it with
    /// the next id are read, too. Where a record should be and is none, the next one is searched.
    mutating func walk(_ chunk: EVTXChunk, into batch: inout EventBatch, report: inout ReadReport) {
        // SAFETY: bytes have no padding, so all of them may be looked at.
        let raw = unsafe chunk.storage.span.bytes.extracting(0..<chunk.count)
        let end = chunk.content == .records ? chunk.recordsEnd : EVTXChunk.headerSize
        let textLimit = batch.bytes.count + raw.byteCount * Self.textPerByte + Self.allowance
        let slotLimit = batch.slots.count + raw.byteCount * Self.slotsPerByte + Self.allowance / 16
        var last: UInt64?
        var at = EVTXChunk.headerSize
        while at <= raw.byteCount - Self.smallest {
            guard let size = Self.size(raw, at, isStrict: at >= end) else {
                if at >= end { break }
                let next = Self.search(raw, from: at + 1)
                report.records += 1
                report.add(
                    .malformed, path: batch.path, position: 0,
                    "\(Self.place(chunk)): no record at byte \(chunk.offset + UInt64(at)), where one should be")
                guard let next else { break }
                at = next
                continue
            }
            let id = raw.unsigned64(at + 8)
            if at >= end, let last, id != last &+ 1 { break }
            last = id
            report.records += 1
            if batch.bytes.count >= textLimit || batch.slots.count >= slotLimit || stepsLeft <= 0 {
                report.add(
                    .partial, path: batch.path, position: id,
                    "\(Self.place(chunk)): more comes out of the chunk than events have; its other records were left out"
                )
                break
            }
            output.start(at: batch.bytes.count, limit: textLimit - batch.bytes.count)
            read(raw, at, size, id, chunk, into: &batch, report: &report)
            at += size
        }
        if chunk.isCut, at < end {
            report.add(
                .truncated, path: batch.path, position: last ?? 0, "\(Self.place(chunk)): the file ends in the chunk")
        }
    }

    /// The size of the record at a place; nil when there is none.
    ///
    /// Strictly, it must be there a second time at its end.
    private static func size(_ raw: RawSpan, _ at: Int, isStrict: Bool) -> Int? {
        guard raw.unsigned32(at) == signature else { return nil }
        let size = Int(raw.unsigned32(at + 4))
        guard size >= smallest, size <= raw.byteCount - at else { return nil }
        if isStrict, raw.unsigned32(at + size - 4) != raw.unsigned32(at + 4) { return nil }
        return size
    }

    /// The next place with a whole record.
    private static func search(_ raw: RawSpan, from start: Int) -> Int? {
        var at = start
        while at <= raw.byteCount - smallest {
            if size(raw, at, isStrict: true) != nil { return at }
            at += 1
        }
        return nil
    }

    /// Makes an event of one record.
    private mutating func read(
        _ raw: RawSpan, _ at: Int, _ size: Int, _ id: UInt64, _ chunk: EVTXChunk, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        known.reset()
        created = nil
        firstSlot = batch.slots.count
        let isWhole = fragment(
            raw, at + Self.lead..<at + size - 4, in: FieldCache.root, values: 0, nesting: 0, hasDependency: true)
        guard isWhole || known.has(.windows(.eventID)) else {
            report.add(
                .malformed, path: batch.path, position: id,
                "\(Self.place(chunk)): the record at byte \(chunk.offset + UInt64(at)) is not well formed")
            return
        }
        if !isWhole || output.omitted > 0 {
            report.add(
                .partial, path: batch.path, position: id,
                "\(Self.place(chunk)): part of the record at byte \(chunk.offset + UInt64(at)) was left out")
        }
        if output.repaired > 0 {
            let repaired = output.repaired
            report.add(
                .encoding, path: batch.path, position: id,
                "\(repaired) UTF-16 units had no partner; each became U+FFFD")
        }
        output.flush(into: &batch)
        let source = windows.complete(known, in: &batch)
        batch.commit(
            time: time(written: raw.unsigned64(at + 16), in: batch), source: source, slotsFrom: firstSlot,
            record: batch.bytes.count..<batch.bytes.count, position: id)
        report.events += 1
    }

    /// When the event happened: what Sysmon says, else what the record says, else when it was written.
    private func time(written: UInt64, in batch: EventBatch) -> Timestamp {
        if !known.has(.shared(.utcTime)), let created { return Timestamp(nanoseconds: created) }
        let found = known.time(JSONTime.windows, in: batch)
        if found != .unknown { return found }
        return EVTXOutput.nanoseconds(written).map { Timestamp(nanoseconds: $0) } ?? .unknown
    }
}
