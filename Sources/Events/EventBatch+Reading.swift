// SPDX-License-Identifier: Apache-2.0
import Bytes

extension EventBatch {
    /// Calls `body` with every slot of an event, its own first, then those enrichment added.
    @inlinable
    public func forEachSlot(of event: Int, _ body: (Slot) -> Void) {
        let header = events[event]
        for index in header.slots { body(slots[index]) }
        for index in header.added { body(slots[index]) }
    }

    /// The first slot of a field in an event.
    public func slot(_ field: FieldID, of event: Int) -> Slot? {
        let header = events[event]
        for index in header.slots where slots[index].field == field { return slots[index] }
        for index in header.added where slots[index].field == field { return slots[index] }
        return nil
    }

    /// A value as text; invalid UTF-8 becomes U+FFFD.
    ///
    /// For output and enrichment, not for matching.
    public func text(_ slot: Slot) -> String { String(decoding: bytes.span.extracting(slot.range)) }

    /// The first value of a field in an event, as text; nil when absent or null.
    public func text(_ field: FieldID, of event: Int) -> String? {
        guard let slot = slot(field, of: event), slot.kind != .null else { return nil }
        return text(slot)
    }

    /// All values of a field in an event, as text.
    public func texts(_ field: FieldID, of event: Int) -> [String] {
        var found: [String] = []
        forEachSlot(of: event) { if $0.field == field && $0.kind != .null { found.append(text($0)) } }
        return found
    }

    /// The record an event was made of, as text.
    public func record(of event: Int) -> String { String(decoding: bytes.span.extracting(events[event].record)) }
}
