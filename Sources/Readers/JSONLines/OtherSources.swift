// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log sources of records of no shape.
struct OtherSources {
    /// Those of records with a program and its command line.
    static let processes = [
        LogSource(category: "process_creation"), LogSource(product: "windows", category: "process_creation"),
    ]

    let process: LogSourceID
    let windowsProcess: LogSourceID
    let unknown: LogSourceID
    let given: LogSourceID?
    let hints: LogSourceHints

    init(_ vocabulary: Vocabulary, given: LogSource?) {
        process = vocabulary.source(Self.processes[0])
        windowsProcess = vocabulary.source(Self.processes[1])
        unknown = vocabulary.source(LogSource())
        self.given = given.map { vocabulary.source($0) }
        hints = LogSourceHints(vocabulary)
    }
}

extension JSONRecordReader {
    /// A record of no shape: its source is the one given, or what its keys give away, or nothing.
    mutating func readOther(_ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport) {
        var source = shapes.other.unknown
        if let given = shapes.other.given {
            source = given
        } else if let hinted = shapes.other.hints.source(flattener.hints) {
            source = hinted
        } else if flattener.has(.shared(.image)), flattener.has(.shared(.commandLine)) {
            source = looksWindows(.shared(.image), in: batch) ? shapes.other.windowsProcess : shapes.other.process
        } else {
            report.add(
                .unrecognised, path: batch.path, position: record.context.position,
                "nothing tells which log source the record belongs to; name it with --log-source")
        }
        commit(source, times: JSONTime.other, record, into: &batch, report: &report)
    }

    /// Whether a path starts with a drive letter.
    private func looksWindows(_ field: KnownField, in batch: EventBatch) -> Bool {
        guard let slot = flattener.text(field, in: batch), slot.length > 2 else { return false }
        let bytes = batch.bytes.span.extracting(slot.range)
        return bytes[1] == UInt8(ascii: ":") && bytes[2] == UInt8(ascii: "\\")
    }
}
