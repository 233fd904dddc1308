// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// Whether the record is a Windows event in no shipper's own shape.
    var isWindowsEvent: Bool {
        let fields = flattener.known
        if fields.has(.ecs(.winlog)) { return false }
        if fields.has(.windows(.eventSystem)) { return true }
        return fields.has(.windows(.eventID))
            && (fields.has(.windows(.channel)) || fields.has(.windows(.provider)) || fields.has(.windows(.processGuid)))
    }

    /// Makes a Windows event of a record's slots: names from other exporters are added under Sigma's, wrapped
    /// event data is unwrapped, and the log source is looked up.
    mutating func readWindows(
        _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        pairEventData(from: record.first, in: &batch)
        unwrapEventData(record.context, in: &batch)
        add(.providerName, from: .windows(.provider), in: &batch)
        add(.computer, from: .shared(.computer), in: &batch)
        add(.eventID, from: .windows(.eventID), in: &batch)
        add(.channel, from: .windows(.channel), in: &batch)
        let source = shapes.windows.complete(flattener.known, in: &batch)
        commit(source, times: JSONTime.windows, record, into: &batch, report: &report)
    }

    /// Adds a known field's value under Sigma's name, when it came under another.
    private func add(_ field: FieldID, from known: KnownField, in batch: inout EventBatch) {
        guard let slot = flattener.slot(known, in: batch), slot.field != field, slot.field != .overflow,
            slot.kind != .container
        else { return }
        batch.append(field, slot.range, kind: slot.kind)
    }

    /// Makes fields of event data given as a list of names and texts.
    private mutating func pairEventData(from first: Int, in batch: inout EventBatch) {
        guard flattener.has(.windows(.dataName)) else { return }
        var name: Slot?
        var text: Slot?
        let last = batch.slots.count
        for index in first...last {
            // Each element starts with the slot of its own object.
            let slot = index < last ? batch.slots[index] : nil
            if slot == nil || (slot?.field == .data && slot?.kind == .container) {
                if let name {
                    let value = text ?? Slot(field: .data, offset: name.offset, length: 0, kind: .string)
                    appendPair(name, value, in: &batch)
                }
                (name, text) = (nil, nil)
            }
            guard let slot else { break }
            let known = flattener.traits[slot.field].knownField
            if known == .windows(.dataName) { name = slot }
            if known == .windows(.dataText) || (slot.field == .data && slot.kind == .string) {
                text = slot
            }
        }
    }

    private mutating func appendPair(_ name: Slot, _ value: Slot, in batch: inout EventBatch) {
        guard name.length > 0, Int(name.length) <= JSONFlattener.maximumName else { return }
        let field = flattener.field(named: batch.bytes.span.extracting(name.range))
        batch.append(field, value.range, kind: value.kind)
        if let known = flattener.traits[field].knownField { flattener.note(known, in: batch) }
        let alias = flattener.traits[field].alias
        if alias != FieldTraits.none { batch.append(alias, value.range, kind: value.kind) }
    }

    /// Makes fields of event data given as a text of JSON or XML (Azure Monitor's WindowsEvent and Event tables).
    private mutating func unwrapEventData(_ context: JSONContext, in batch: inout EventBatch) {
        guard let slot = flattener.text(.windows(.eventDataText), in: batch), slot.length > 1 else { return }
        let nesting = context.nesting + 1
        let lead = batch.bytes[slot.range.lowerBound]
        if lead == UInt8(ascii: "{") {
            guard nesting < Self.maximumNesting,
                case .document(let tape) = parsers[nesting].parse(slot.range, in: &batch),
                tape.tag(JSONTape.root) == JSONTape.Tag.object
            else { return }
            flattener.flatten(tape, from: JSONTape.root, into: &batch)
        } else if lead == UInt8(ascii: "<") {
            for pair in EventDataXML.pairs(slot.range, in: &batch) {
                appendPair(
                    Slot(
                        field: .data, offset: UInt32(pair.name.lowerBound), length: UInt32(pair.name.count),
                        kind: .string),
                    Slot(
                        field: .data, offset: UInt32(pair.text.lowerBound), length: UInt32(pair.text.count),
                        kind: .string),
                    in: &batch)
            }
        }
    }
}
