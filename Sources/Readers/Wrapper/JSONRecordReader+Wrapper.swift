// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// What a text in a record is itself.
    enum WrappedText {
        case json
        case line(reader: Int, Range<Int>)
    }

    /// The fields that carry other records, in the order they are tried.
    private static let carriers: [KnownField] = [
        .journal(.syslogMessage), .journal(.message), .wrapper(.message), .wrapper(.log), .wrapper(.msg),
    ]

    /// Whether the record is CloudWatch's `logEvents`.
    var isLogEvents: Bool { flattener.has(.wrapper(.logEvents)) }

    /// Whether a text of the record may be a record itself.
    func isWrapper(in batch: EventBatch) -> Bool {
        !flattener.has(.ecs(.winlog)) && wrappedText(in: batch) != nil
    }

    /// The first text of the record that may be a record itself.
    func wrappedText(in batch: EventBatch) -> (Slot, WrappedText)? {
        for field in Self.carriers {
            guard let slot = flattener.text(field, in: batch), slot.length > 1 else { continue }
            let text = batch.bytes.span.extracting(slot.range)
            if startsLikeObject(text) { return (slot, .json) }
            for index in wrapped.indices {
                guard let found = wrapped[index].find(text) else { continue }
                let start = slot.range.lowerBound
                return (slot, .line(reader: index, start + found.lowerBound..<start + found.upperBound))
            }
        }
        return nil
    }

    /// Reads the record in a record's text.
    mutating func readWrapper(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let (first, context) = (record.first, record.context)
        switch wrappedText(in: batch) {
        case (_, .line(let reader, let line))?:
            let host = shippedHost(in: batch)
            batch.slots.removeSubrange(first...)
            handOver(line, to: reader, host: host, context, into: &batch, report: &report)
        case (let slot, .json)?
        where readInner(slot, from: first, context, into: &batch, report: &report):
            break
        default:
            // The text is no record after all: the outer one stands for itself.
            flattener.reset()
            batch.slots.removeSubrange(first...)
            flattener.flatten(object.tape, from: object.index, into: &batch)
            read(plainShape, object, record, into: &batch, report: &report)
        }
    }

    /// Reads the JSON in a text; false when it is none or of no known shape.
    ///
    /// The wrapper's other fields go to the record's event as well, in front of its own; the host it names becomes
    /// `host.name` of an event without one.
    private mutating func readInner(
        _ slot: Slot, from first: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) -> Bool {
        let inner = JSONContext(
            evidence: context.evidence, document: slot.range, position: context.position, nesting: context.nesting + 1)
        guard inner.nesting < Self.maximumNesting,
            case .document(let tape) = parsers[inner.nesting].parse(slot.range, in: &batch),
            tape.tag(JSONTape.root) == JSONTape.Tag.object
        else { return false }
        let before = batch.events.count
        let reportBefore = report
        let outer = first..<batch.slots.count
        let host = shippedHost(in: batch)
        let handedBefore = handedOver
        holdsBackSecrets = false
        readObject(tape, JSONTape.root, inner, into: &batch, report: &report)
        if handedOver > handedBefore || batch.events.count > before + 1 { return true }
        guard batch.events.count == before + 1, batch.events[before].source != shapes.other.unknown else {
            // No event, or one of no known source: that says less than the wrapper does.
            if batch.events.count > before { batch.events.removeLast() }
            report = reportBefore
            return false
        }
        let own = batch.events[before].slots
        let hasHost = own.contains { batch.slots[$0].field == .hostName }
        for index in outer {
            let isText = batch.slots[index].offset == slot.offset && batch.slots[index].kind == .string
            // The text's own fields now stand for it. The wrapper's container is the one that printed the record, which
            // for a sensor is not the one the record is about.
            let isOfPrinter = shapeRead != .other && flattener.traits[batch.slots[index].field].isOfContainer
            // Shippers keep the text a second time (`event.original`).
            let isCopy = holdsBackSecrets && batch.starts(batch.slots[index].range, with: "{")
            if isText || isCopy || isOfPrinter || (hasHost && batch.slots[index].field == .hostName) {
                batch.slots[index] = Slot(field: .overflow, offset: 0, length: 0, kind: .null)
            }
        }
        batch.events[before].slots = outer.lowerBound..<own.upperBound
        if !hasHost, !host.isEmpty, own.upperBound == batch.slots.count,
            batch.slot(.hostName, of: before) == nil
        {
            batch.append(.hostName, host)
            batch.events[before].slots = outer.lowerBound..<batch.slots.count
        }
        return true
    }

    /// The host a wrapper names; empty for none.
    func shippedHost(in batch: EventBatch) -> Range<Int> {
        for field in [KnownField.shared(.hostName), .journal(.host), .shared(.computer), .wrapper(.shippedHost)] {
            if let slot = flattener.text(field, in: batch), slot.length > 0 { return slot.range }
        }
        return 0..<0
    }

    /// Reads CloudWatch's `logEvents`: each has its record as text in `message`.
    mutating func readLogEvents(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        batch.slots.removeSubrange(record.first...)
        let tape = object.tape
        for element in tape.elements(of: tape.member("logEvents", of: object.index, in: batch.bytes)) {
            readObject(
                tape, element.value, record.context.of(element.value, tape, &batch), into: &batch, report: &report)
        }
    }

    private func startsLikeObject(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count, text[index] <= UInt8(ascii: " ") { index += 1 }
        return index < text.count && text[index] == UInt8(ascii: "{") && text[text.count - 1] == UInt8(ascii: "}")
    }
}
