// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// Whether the record is a Kunai event: it says so, or describes event, task and time as Kunai does.
    func isKunai(in batch: EventBatch) -> Bool {
        if isText(.kunai(.source), ["kunai"], in: batch) { return true }
        return flattener.has(.kunai(.event)) && flattener.has(.kunai(.task)) && flattener.has(.kunai(.time))
    }

    /// Makes an event of a Kunai event.
    mutating func readKunai(_ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport) {
        Self.addNames(&shapes.kunai, &flattener, user: .kunai(.user), from: record.first, in: &batch)
        let name = flattener.known.range(.kunai(.event), in: batch)
        kunai(isScript: batch.holds(name, "execve_script"), &batch)
        commit(
            shapes.kunai.source(batch.bytes.span.extracting(name)), times: Self.kunaiTimes, record, into: &batch,
            report: &report)
    }

    /// The fields that say when a Kunai event happened, best first.
    private static let kunaiTimes: [KnownField] = [.kunai(.time)] + JSONTime.sensor

    /// Kunai calls a script the program and names its interpreter beside; ancestors stand in one text, the oldest first.
    ///
    /// To the kernel and to rules the interpreter is the program.
    private mutating func kunai(isScript: Bool, _ batch: inout EventBatch) {
        let program = isScript ? KnownField.kunai(.interpreter) : .kunai(.program)
        let hashes: [(KnownField, FieldID)] =
            isScript
            ? [
                (.kunai(.interpreterMD5), .md5), (.kunai(.interpreterSHA1), .sha1),
                (.kunai(.interpreterSHA256), .sha256),
            ]
            : [(.kunai(.md5), .md5), (.kunai(.sha1), .sha1), (.kunai(.sha256), .sha256)]
        for (known, field) in [(program, FieldID.image)] + hashes {
            if let slot = flattener.text(known, in: batch), slot.length > 0 { batch.append(field, slot.range) }
        }
        guard let line = flattener.text(.kunai(.ancestors), in: batch) else { return }
        var end = line.range.upperBound
        while end > line.range.lowerBound {
            var start = end
            while start > line.range.lowerBound, batch.bytes[start - 1] != UInt8(ascii: "|") { start -= 1 }
            if start < end { batch.append(.processAncestors, start..<end) }
            end = start - 1
        }
    }
}
