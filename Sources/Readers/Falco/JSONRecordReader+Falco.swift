// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// Whether the record is an alert of Falco's: it names its rule, that rule's priority and the fields it printed.
    var isFalco: Bool {
        flattener.has(.falco(.fields)) && flattener.has(.falco(.rule)) && flattener.has(.falco(.priority))
    }

    /// Makes an event of an alert of Falco's.
    mutating func readFalco(_ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport) {
        Self.addNames(&shapes.falco, &flattener, user: .falco(.user), from: record.first, in: &batch)
        falco(&batch)
        let name = flattener.known.range(.falco(.type), in: batch)
        commit(
            shapes.falco.source(batch.bytes.span.extracting(name)), times: JSONTime.sensor, record, into: &batch,
            report: &report)
    }

    /// Falco names the host itself as a container, and the image without its tag.
    private func falco(_ batch: inout EventBatch) {
        if let id = flattener.text(.falco(.container), in: batch), id.length > 0, !batch.holds(id.range, "host"),
            !batch.holds(id.range, "<NA>")
        {
            batch.append(.containerId, id.range)
            if let image = flattener.text(.falco(.image), in: batch), image.length > 0,
                !batch.holds(image.range, "<NA>")
            {
                let start = batch.bytes.count
                batch.appendCopy(image.range)
                if let tag = flattener.text(.falco(.tag), in: batch), tag.length > 0, !batch.holds(tag.range, "<NA>") {
                    batch.bytes.append(UInt8(ascii: ":"))
                    batch.appendCopy(tag.range)
                }
                batch.append(.containerImageName, start..<batch.bytes.count)
            }
        } else {
            for index in batch.slots.indices.reversed() where batch.slots[index].field == .containerName {
                batch.slots[index].kind = .null
                break
            }
        }
        let isConnect = flattener.text(.falco(.type), in: batch).map { batch.holds($0.range, "connect") } ?? false
        for (field, known, isNeeded) in [
            (FieldID.destinationIp, KnownField.falco(.server), isConnect), (.destinationPort, .falco(.port), isConnect),
            (.targetFilename, .falco(.file), !isConnect),
        ] {
            guard isNeeded, let slot = flattener.slot(known, in: batch), slot.kind != .null, slot.length > 0,
                !batch.holds(slot.range, "<NA>")
            else { continue }
            batch.append(field, slot.range, kind: slot.kind)
        }
    }
}
