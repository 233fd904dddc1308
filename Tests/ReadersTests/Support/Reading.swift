// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import Readers
import TestSupport

/// One event as text, for expectations.
struct SeenEvent: CustomStringConvertible {
    var source: String
    var isDerived: Bool
    var time: Int64
    var position: UInt64
    var fields: [(name: String, value: String, kind: ValueKind)]
    var record: String

    /// All values of a field.
    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The only value of a field; nil when it has none, or several.
    subscript(_ name: String) -> String? {
        let found = values(name)
        return found.count == 1 ? found[0] : nil
    }

    var description: String {
        "\(source)\(isDerived ? " derived" : "") " + fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}

/// Everything an input gives.
struct Reading {
    var events: [SeenEvent] = []
    var report = ReadReport()
    var format: Format?

    /// Events of a log source, written as `LogSource` describes itself.
    func events(_ source: String) -> [SeenEvent] { events.filter { $0.source == source } }

    /// Events made of several records.
    var derived: [SeenEvent] { events.filter(\.isDerived) }

    /// Takes in a batch.
    mutating func add(_ batch: EventBatch, _ vocabulary: Vocabulary) {
        for index in batch.events.indices {
            let header = batch.events[index]
            var fields: [(String, String, ValueKind)] = []
            batch.forEachSlot(of: index) { slot in
                fields.append((vocabulary.name(of: slot.field), batch.text(slot), slot.kind))
            }
            events.append(
                SeenEvent(
                    source: vocabulary.source(of: header.source).description, isDerived: header.isDerived,
                    time: header.time.nanoseconds, position: header.position, fields: fields,
                    record: batch.record(of: index)))
        }
    }
}

/// Reads bytes through a temporary file, the way a user's file is read.
func read(
    _ bytes: [UInt8], format: Format? = nil, limits: InputLimits = InputLimits(), logSource: LogSource? = nil
) throws -> Reading {
    let path = FileManager.default.temporaryDirectory.path + "/vedette-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return read(path: path, format: format, limits: limits, logSource: logSource)
}

/// Reads text; see above.
func read(
    _ text: String, format: Format? = nil, limits: InputLimits = InputLimits(), logSource: LogSource? = nil
) throws -> Reading {
    try read(Array(text.utf8), format: format, limits: limits, logSource: logSource)
}

/// Reads a file.
func read(
    path: String, format: Format? = nil, limits: InputLimits = InputLimits(), logSource: LogSource? = nil
) -> Reading {
    let vocabulary = Vocabulary()
    var source = EventPump(paths: [path], format: format, limits: limits, vocabulary: vocabulary, logSource: logSource)
    var batch = EventBatch()
    var reading = Reading()
    while source.next(&batch) { reading.add(batch, vocabulary) }
    reading.report = source.report
    reading.format = source.format
    return reading
}

/// What a reader makes of lines that are handed to it directly, in batches of a few.
func read<Reader: RecordReader>(
    lines: [String], with reader: inout Reader, vocabulary: Vocabulary, batchesOf size: Int = .max
) -> Reading {
    var reading = Reading()
    var batch = EventBatch()
    var index = 0
    while index < lines.count {
        batch.removeAll()
        var records: [Record] = []
        while index < lines.count, records.count < size {
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: lines[index].utf8)
            records.append(Record(range: start..<batch.bytes.count, position: UInt64(index + 1)))
            batch.bytes.append(UInt8(ascii: "\n"))
            index += 1
        }
        batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
        reader.read(records, into: &batch, report: &reading.report)
        reading.add(batch, vocabulary)
    }
    batch.removeAll()
    reader.finish(into: &batch, report: &reading.report)
    reading.add(batch, vocabulary)
    return reading
}
