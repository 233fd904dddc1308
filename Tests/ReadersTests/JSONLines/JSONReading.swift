// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Readers

/// Reads JSON texts the way the input layer hands them over, and gives what came out in comparable form.
struct JSONReading {
    /// One event.
    struct Event: Equatable {
        var source: String
        var fields: [String: [String]]
        var kinds: [String: ValueKind]
        var record: String
        var position: UInt64
        var time: Timestamp

        /// The only value of a field; nil without one or with several.
        subscript(name: String) -> String? {
            guard let values = fields[name], values.count == 1 else { return nil }
            return values[0]
        }

        /// The product, category and service, `-` where unknown.
        var logSource: String { source }
    }

    var events: [Event] = []
    var report = ReadReport()

    init(_ lines: [[UInt8]], options: JSONReaderOptions = JSONReaderOptions(), wrapped: [any WrappedLineReader]? = nil)
    {
        let vocabulary = Vocabulary()
        let reader =
            wrapped.map { JSONReader(vocabulary: vocabulary, options: options, wrapped: $0) }
            ?? JSONReader(vocabulary: vocabulary, options: options)
        self.init(lines, reader: reader, vocabulary: vocabulary)
    }

    init(_ texts: String..., options: JSONReaderOptions = JSONReaderOptions(), wrapped: [any WrappedLineReader]? = nil)
    {
        self.init(texts.map { Array($0.utf8) }, options: options, wrapped: wrapped)
    }

    init(_ lines: [[UInt8]], reader: JSONReader, vocabulary: Vocabulary) {
        var batch = EventBatch()
        var records: [Record] = []
        for line in lines {
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: line)
            records.append(Record(range: start..<batch.bytes.count, position: UInt64(records.count + 1)))
            batch.bytes.append(UInt8(ascii: "\n"))
        }
        batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
        reader.read(records, into: &batch, report: &report)
        reader.finish(into: &batch, report: &report)
        for (index, header) in batch.events.enumerated() {
            var event = Event(
                source: vocabulary.source(of: header.source).description, fields: [:], kinds: [:],
                record: batch.record(of: index), position: header.position, time: header.time)
            batch.forEachSlot(of: index) { slot in
                let name = vocabulary.name(of: slot.field)
                event.kinds[name] = event.kinds[name] ?? slot.kind
                if slot.kind != .container && slot.kind != .null {
                    event.fields[name, default: []].append(batch.text(slot))
                }
            }
            events.append(event)
        }
    }
}
