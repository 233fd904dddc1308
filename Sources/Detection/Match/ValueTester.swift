// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Answers tests one value at a time: for what the index does not answer, and for explanations.
struct ValueTester {
    let regexes: [Regex]
    /// How many regular expressions gave up at their limit; shown, for each may hide a match.
    private(set) var limitsReached = 0
    private var scratch: [UInt8] = []
    private var otherScratch: [UInt8] = []

    init(regexes: [Regex]) { self.regexes = regexes }

    /// Whether a test holds for an event: for any value of the field, or of any field for keywords.
    mutating func holds(_ test: Test, field: FieldID?, event: Int, in batch: EventBatch) -> Bool {
        switch test {
        case .null: return isNull(field, event, batch)
        case .exists(let wanted): return isThere(field, event, batch) == wanted
        default: return firstSlot(satisfying: test, field: field, event: event, in: batch) != nil
        }
    }

    /// The first slot whose value satisfies a test.
    mutating func firstSlot(satisfying test: Test, field: FieldID?, event: Int, in batch: EventBatch) -> Slot? {
        let header = batch.events[event]
        for index in header.slots where field == nil || batch.slots[index].field == field {
            if holds(test, batch.slots[index], event: event, in: batch) { return batch.slots[index] }
        }
        for index in header.added where field == nil || batch.slots[index].field == field {
            if holds(test, batch.slots[index], event: event, in: batch) { return batch.slots[index] }
        }
        return nil
    }

    /// Missing, or null, or a list with a null in it.
    private func isNull(_ field: FieldID?, _ event: Int, _ batch: EventBatch) -> Bool {
        var isThere = false
        var isNull = false
        batch.forEachSlot(of: event) { slot in
            guard field == nil || slot.field == field else { return }
            isThere = true
            if slot.kind == .null { isNull = true }
        }
        return !isThere || isNull
    }

    private func isThere(_ field: FieldID?, _ event: Int, _ batch: EventBatch) -> Bool {
        var found = false
        batch.forEachSlot(of: event) { if field == nil || $0.field == field { found = true } }
        return found
    }

    private mutating func holds(_ test: Test, _ slot: Slot, event: Int, in batch: EventBatch) -> Bool {
        if case .present = test { return slot.kind != .null }
        guard slot.kind != .null, slot.kind != .container else { return false }
        let value = batch.bytes.span.extracting(slot.range)
        switch test {
        case .equals(let wanted):
            fold(value)
            return equalBytes(scratch.span, wanted.span)
        case .equalsNumber(let wanted):
            fold(value)
            if equalBytes(scratch.span, wanted.span) { return true }
            guard slot.kind == .float, let number = Double(String(decoding: value)) else { return false }
            return equalBytes(Array(canonicalNumber(number).utf8).span, wanted.span)
        case .prefix(let wanted):
            fold(value)
            return scratch.count >= wanted.count
                && equalBytes(scratch.span.extracting(0..<wanted.count), wanted.span)
        case .suffix(let wanted):
            fold(value)
            return scratch.count >= wanted.count
                && equalBytes(scratch.span.extracting(scratch.count - wanted.count..<scratch.count), wanted.span)
        case .contains(let wanted):
            fold(value)
            return containsBytes(scratch.span, wanted.span)
        case .pattern(let pattern):
            fold(value)
            return pattern.matches(scratch.span)
        case .cased(let pattern): return pattern.matches(value)
        case .number(let comparison, let wanted):
            guard let number = decimalNumber(value) else { return false }
            return comparison.holds(number, wanted)
        case .integer(let comparison, let wanted):
            if let whole = decimal(value) { return comparison.holds(whole, wanted) }
            guard let number = decimalNumber(value) else { return false }
            return comparison.holds(number, Double(wanted))
        case .regex(let index):
            switch regexes[index].search(value) {
            case .match: return true
            case .noMatch: return false
            case .limitReached:
                limitsReached += 1
                return false
            }
        case .network(let network):
            guard let address = IPAddress(value) else { return false }
            return network.contains(address)
        case .reference(let other, let relation, let cased):
            return holds(slot, relation, other, cased: cased, event: event, in: batch)
        case .datePart(let part, let comparison, let wanted):
            guard let number = part.value(of: value) else { return false }
            return comparison.holds(Double(number), Double(wanted))
        case .present, .null, .exists: return false
        }
    }

    private mutating func holds(
        _ slot: Slot, _ relation: Test.Relation, _ other: FieldID, cased: Bool, event: Int, in batch: EventBatch
    ) -> Bool {
        if cased {
            scratch = Array(batch.bytes.span.extracting(slot.range))
        } else {
            fold(batch.bytes.span.extracting(slot.range))
        }
        let header = batch.events[event]
        for range in [header.slots, header.added] {
            for index in range where batch.slots[index].field == other {
                let candidate = batch.slots[index]
                guard candidate.kind != .null, candidate.kind != .container else { continue }
                otherScratch.removeAll(keepingCapacity: true)
                if cased {
                    otherScratch.append(contentsOf: batch.bytes.span.extracting(candidate.range))
                } else {
                    CaseFolding.append(batch.bytes.span.extracting(candidate.range), to: &otherScratch)
                }
                let (a, b) = (scratch.span, otherScratch.span)
                let holds =
                    switch relation {
                    case .equals: equalBytes(a, b) || (isNumber(slot) && isNumber(candidate) && sameNumber(a, b))
                    case .prefix: a.count >= b.count && equalBytes(a.extracting(0..<b.count), b)
                    case .suffix: a.count >= b.count && equalBytes(a.extracting(a.count - b.count..<a.count), b)
                    case .contains: containsBytes(a, b)
                    }
                if holds { return true }
            }
        }
        return false
    }

    private func isNumber(_ slot: Slot) -> Bool { slot.kind == .integer || slot.kind == .float }

    private func sameNumber(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard let first = decimalNumber(a), let second = decimalNumber(b) else { return false }
        return first == second
    }

    private mutating func fold(_ value: Span<UInt8>) {
        scratch.removeAll(keepingCapacity: true)
        CaseFolding.append(value, to: &scratch)
    }
}

/// A decimal number: sign, digits, fraction, exponent.
///
/// `Double` also reads hexadecimal, infinities and what is not a number; none of them is a number in telemetry.
func decimalNumber(_ value: Span<UInt8>) -> Double? {
    if let whole = decimal(value) { return Double(whole) }
    guard value.count > 0, value.count <= 64 else { return nil }
    for index in value.indices {
        switch value[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            continue
        default: return nil
        }
    }
    return Double(String(decoding: value))
}

/// Whether `needle` stands somewhere in `value`.
func containsBytes(_ value: Span<UInt8>, _ needle: Span<UInt8>) -> Bool {
    guard needle.count > 0 else { return true }
    guard value.count >= needle.count else { return false }
    let first = needle[0]
    var place = 0
    let last = value.count - needle.count
    while place <= last {
        if value[place] == first, equalBytes(value.extracting(place..<place + needle.count), needle) { return true }
        place &+= 1
    }
    return false
}
