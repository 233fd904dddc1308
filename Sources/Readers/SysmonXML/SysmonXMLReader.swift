// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads Windows event XML, as Sysmon for Linux writes it to syslog and Windows exports it.
///
/// Elements and attributes of `System` become `Element` and `Element_Attribute` (Sigma's names), `Data Name="x"` becomes
/// `x`, elements of `UserData` keep their names. Log source and derived fields are those of the same event as JSON.
public struct SysmonXMLReader: RecordReader {
    var fields: FieldCache
    private let windows: WindowsTaxonomy
    private var traits: FieldTraitsTable
    private var known = KnownSlots()
    let unnamed: FieldID
    var decoded = DecodedBytes()
    /// A field name being put together.
    var key: [UInt8] = []
    /// Names of the open elements, outermost first.
    var open: [Range<Int>] = []

    private static let noEnd = "the event's XML has no end"

    /// The deepest nesting read; events need four.
    static let deepest = 16

    /// Makes a reader.
    public init(vocabulary: Vocabulary) {
        fields = FieldCache(vocabulary)
        windows = WindowsTaxonomy(vocabulary)
        traits = FieldTraitsTable(vocabulary)
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

    /// Where a line holds what was an event before it was cut: from `<Event>` to the end, with its `<System>` begun.
    ///
    /// Syslog cuts long messages, and a long command line is enough to make one.
    public static func findCut(_ line: Span<UInt8>) -> Range<Int>? { findCut(line, 0..<line.count) }

    static func findCut(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let start = start(bytes, range) else { return nil }
        var index = start + 7
        while index + 8 <= range.upperBound {
            if bytes[index] == UInt8(ascii: "<"), equalBytes(bytes.extracting(index..<index + 8), "<System>") {
                return start..<range.upperBound
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
        for record in records {
            var rest = record.range
            var found = false
            while let event = Self.find(batch.bytes.span, rest) {
                found = true
                parse(event, event, record.position, 0..<0, &batch, &report)
                rest = event.upperBound..<rest.upperBound
            }
            if let cut = Self.findCut(batch.bytes.span, rest) {
                parse(cut, cut, record.position, 0..<0, &batch, &report)
            } else if Self.start(batch.bytes.span, rest) != nil {
                report.add(.truncated, path: batch.path, position: record.position, Self.noEnd)
            } else if !found {
                report.add(.unrecognised, path: batch.path, position: record.position, "no event XML")
            }
        }
    }

    /// Reads one event that lies at `line` in the batch's bytes, wrapped in a record of another format at `evidence`;
    /// `host` is the host that record names, for an event that names none.
    public mutating func read(
        line: Range<Int>, evidence: Range<Int>, position: UInt64, host: Range<Int> = 0..<0,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        if let event = Self.find(batch.bytes.span, line) ?? Self.findCut(batch.bytes.span, line) {
            parse(event, evidence, position, host, &batch, &report)
        } else {
            let isCut = Self.start(batch.bytes.span, line) != nil
            report.add(
                isCut ? .truncated : .unrecognised, path: batch.path, position: position,
                isCut ? Self.noEnd : "no event XML")
        }
    }

    /// Nothing is kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {}

    private mutating func parse(
        _ event: Range<Int>, _ evidence: Range<Int>, _ position: UInt64, _ host: Range<Int>,
        _ batch: inout EventBatch, _ report: inout ReadReport
    ) {
        let first = batch.slots.count
        let bytes = batch.takeBytes()
        decoded.start(at: bytes.count)
        let ending = walk(bytes.span, event, &batch.slots)
        batch.put(back: bytes, decoded)
        known.reset()
        if ending != .malformed { for index in first..<batch.slots.count { learn(index, in: &batch) } }
        switch ending {
        case .complete: break
        case .cut where known.has(.windows(.eventID)):
            report.add(
                .truncated, path: batch.path, position: position,
                "the event's XML has no end; what there is of it was read")
        case .cut, .malformed:
            batch.slots.removeSubrange(first...)
            report.add(
                ending == .cut ? .truncated : .malformed, path: batch.path, position: position,
                ending == .cut ? Self.noEnd : "the event is not well-formed XML")
            return
        }
        let source = windows.complete(known, in: &batch)
        if !known.has(.shared(.computer)), !host.isEmpty { batch.append(.hostName, host) }
        batch.commit(
            time: known.time(JSONTime.windows, in: batch), source: source, slotsFrom: first, record: evidence,
            position: position)
    }

    /// Notes a slot that others are derived of; names with blanks lose them (Sigma specification 2.1).
    private mutating func learn(_ index: Int, in batch: inout EventBatch) {
        let traits = traits[batch.slots[index].field]
        if traits.alias != FieldTraits.none { batch.slots[index].field = traits.alias }
        if let field = traits.knownField { known.note(field, at: index, in: batch.slots) }
    }
}
