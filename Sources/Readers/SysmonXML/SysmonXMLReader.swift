// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads Windows event XML, as Sysmon for Linux writes it to syslog and Windows exports it.
///
/// Elements and attributes of `System` become `Element` and `Element_Attribute` (Sigma's names), `Data Name="x"` becomes
/// `x`, elements of `UserData` keep their names.
public struct SysmonXMLReader: RecordReader {
    var fields: FieldCache
    let categories: SysmonCategories
    let unnamed: FieldID
    var decoded = DecodedBytes()
    /// A field name being put together.
    var key: [UInt8] = []
    /// Names of the open elements, outermost first.
    var open: [Range<Int>] = []

    /// The deepest nesting read; events need four.
    static let deepest = 16

    /// Makes a reader.
    public init(vocabulary: Vocabulary) {
        fields = FieldCache(vocabulary)
        categories = SysmonCategories(vocabulary)
        unnamed = vocabulary.field("Data")
    }

    /// Where a line holds an event: from `<Event>` to `</Event>`; nil when it holds no whole one.
    public static func find(_ line: Span<UInt8>) -> Range<Int>? { find(line, 0..<line.count) }

    static func find(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let start = start(bytes, range) else { return nil }
        var index = start
        while index + 8 <= range.upperBound {
            if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "/"),
                equalBytes(bytes.extracting(index..<index + 8), "</Event>")
            {
                return start..<index + 8
            }
            index &+= 1
        }
        return nil
    }

    /// Position of an event's start tag.
    static func start(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index + 7 <= range.upperBound {
            if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "E"),
                equalBytes(bytes.extracting(index..<index + 6), "<Event"),
                bytes[index + 6] == UInt8(ascii: ">") || bytes[index + 6] <= 0x20
            {
                return index
            }
            index &+= 1
        }
        return nil
    }

    /// Reads complete records, each with one event or more in it.
    public mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        let input = bytes.span
        for record in records {
            var rest = record.range
            var found = false
            while let event = Self.find(input, rest) {
                found = true
                parse(input, event, event, record.position, &batch, &report)
                rest = event.upperBound..<rest.upperBound
            }
            if Self.start(input, rest) != nil {
                report.add(.truncated, path: batch.path, position: record.position, "the event's XML has no end")
            } else if !found {
                report.add(.unrecognised, path: batch.path, position: record.position, "no event XML")
            }
        }
        batch.put(back: bytes, decoded)
    }

    /// Reads one event that lies at `line` in the batch's bytes, wrapped in a record of another format at `evidence`.
    public mutating func read(
        line: Range<Int>, evidence: Range<Int>, position: UInt64, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        let input = bytes.span
        if let event = Self.find(input, line) {
            parse(input, event, evidence, position, &batch, &report)
        } else {
            let isCut = Self.start(input, line) != nil
            report.add(
                isCut ? .truncated : .unrecognised, path: batch.path, position: position,
                isCut ? "the event's XML has no end" : "no event XML")
        }
        batch.put(back: bytes, decoded)
    }

    /// Nothing is kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {}

    private mutating func parse(
        _ input: Span<UInt8>, _ event: Range<Int>, _ evidence: Range<Int>, _ position: UInt64,
        _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let first = batch.slots.count
        var facts = EventFacts()
        guard walk(input, event, &facts, &batch.slots) else {
            batch.slots.removeSubrange(first...)
            report.add(.malformed, path: batch.path, position: position, "the event is not well-formed XML")
            return
        }
        batch.commit(
            time: facts.time, source: categories.source(facts.provider, facts.eventID), slotsFrom: first,
            record: evidence, position: position)
    }
}
