// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Answers predicates one value at a time: for what the index does not answer, and for explanations.
final class ValueTester {
    /// How many regular expressions gave up at their limit; shown, for each may hide a match.
    private(set) var limitsReached = 0
    private let regexes: [Regex]
    private let memory = RegexMemory()
    private let scratch = FoldingBuffer()
    private let otherScratch = FoldingBuffer()

    init(regexes: [Regex]) { self.regexes = regexes }

    /// Counts in what another tester reached.
    func absorb(_ other: ValueTester) { limitsReached += other.limitsReached }

    /// Whether a predicate holds for an event: for any value of its field, or of any field for keywords.
    ///
    /// `slots` is where the field's values lie.
    func holds(_ predicate: Predicate, _ slots: Range<Int>, _ view: EventView) -> Bool {
        switch predicate.test {
        case .null:
            let isThere = view.firstSlot(predicate.wantedField, in: slots) { _ in true } != nil
            return !isThere || view.firstSlot(predicate.wantedField, in: slots) { $0.kind == .null } != nil
        case .exists(let wanted):
            return (view.firstSlot(predicate.wantedField, in: slots) { _ in true } != nil) == wanted
        default:
            return firstSlot(satisfying: predicate, slots, view) != nil
        }
    }

    /// The first slot whose value satisfies a predicate.
    func firstSlot(satisfying predicate: Predicate, _ slots: Range<Int>, _ view: EventView) -> Slot? {
        view.firstSlot(predicate.wantedField, in: slots) { holds(predicate.test, $0, view) }
    }

    private func holds(_ test: Test, _ slot: Slot, _ view: EventView) -> Bool {
        if case .present = test { return slot.kind != .null }
        guard slot.kind != .null, slot.kind != .container else { return false }
        return view.withValue(of: slot) { value in
            switch test {
            case .equals(let wanted):
                return scratch.fold(value).withSpan { equalBytes($0, wanted.span) }
            case .equalsNumber(let wanted):
                if scratch.fold(value).withSpan({ equalBytes($0, wanted.span) }) { return true }
                guard slot.kind == .float, let number = Double(String(decoding: value)) else { return false }
                return equalBytes(Array(canonicalNumber(number).utf8).span, wanted.span)
            case .prefix(let wanted): return scratch.fold(value).withSpan { hasPrefix($0, wanted.span) }
            case .suffix(let wanted): return scratch.fold(value).withSpan { hasSuffix($0, wanted.span) }
            case .contains(let wanted): return scratch.fold(value).withSpan { containsBytes($0, wanted.span) }
            case .pattern(let pattern): return scratch.fold(value).withSpan { pattern.matches($0) }
            case .cased(let pattern): return pattern.matches(value)
            case .number(let comparison, let wanted):
                guard let number = decimalNumber(value) else { return false }
                return comparison.holds(number, wanted)
            case .integer(let comparison, let wanted):
                if let whole = decimal(value) { return comparison.holds(whole, wanted) }
                guard let number = decimalNumber(value) else { return false }
                return comparison.holds(number, Double(wanted))
            case .regex(let index):
                switch regexes[index].search(value, memory) {
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
                return holds(slot, value, relation, other, cased: cased, view)
            case .datePart(let part, let comparison, let wanted):
                guard let number = part.value(of: value) else { return false }
                return comparison.holds(Double(number), Double(wanted))
            case .present, .null, .exists: return false
            }
        }
    }

    private func holds(
        _ slot: Slot, _ value: Span<UInt8>, _ relation: Test.Relation, _ other: FieldID, cased: Bool, _ view: EventView
    ) -> Bool {
        view.firstSlot(other, in: 0..<Int.max) { candidate in
            guard candidate.kind != .null, candidate.kind != .container else { return false }
            let areNumbers = isNumber(slot) && isNumber(candidate)
            return view.withValue(of: candidate) { otherValue in
                if cased { return Self.holds(relation, value, otherValue, areNumbers: areNumbers) }
                return scratch.fold(value).withSpan { a in
                    otherScratch.fold(otherValue).withSpan { b in
                        Self.holds(relation, a, b, areNumbers: areNumbers)
                    }
                }
            }
        } != nil
    }

    private static func holds(
        _ relation: Test.Relation, _ a: Span<UInt8>, _ b: Span<UInt8>, areNumbers: Bool
    ) -> Bool {
        switch relation {
        case .equals: equalBytes(a, b) || (areNumbers && sameNumber(a, b))
        case .prefix: hasPrefix(a, b)
        case .suffix: hasSuffix(a, b)
        case .contains: containsBytes(a, b)
        }
    }

    private func isNumber(_ slot: Slot) -> Bool { slot.kind == .integer || slot.kind == .float }

    private static func sameNumber(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
        guard let first = decimalNumber(a), let second = decimalNumber(b) else { return false }
        return first == second
    }
}
