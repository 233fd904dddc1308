// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// What one value of an item asks of a field once its modifiers are applied.
enum PlainTest {
    case pattern(PlainPattern, cased: Bool)
    case number(PlainNumber)
    case boolean(Bool)
    case null
    case exists(Bool)
    case regex(PlainRegex)
    case network(PlainNetwork)
    case compare(PlainComparison, PlainNumber, part: PlainTimePart?)
    case reference(String, Anchoring, cased: Bool)
    /// A value its modifiers cannot take; such rules are refused when they are read.
    case never

    /// Where the other field's value must stand.
    enum Anchoring { case whole, start, end, anywhere }
}

/// A detection item with its modifiers applied.
struct PlainItem {
    private let field: String?
    private let modifiers: Set<Modifier>
    /// For each value, the ways it can be met.
    private let values: [[PlainTest]]

    init(_ item: DetectionItem) {
        field = item.field
        modifiers = Set(item.modifiers)
        values = item.values.map { PlainItem.tests(of: $0, item) }
    }

    /// Whether the item holds.
    func holds(for event: PlainEvent) -> Bool {
        let met = values.map { tests in tests.contains { self.holds($0, event) } }
        let positive = modifiers.contains(.all) ? met.allSatisfy { $0 } : met.contains(true)
        guard modifiers.contains(.neq) else { return positive }
        return !positive && bothSidesArePresent(event)
    }

    /// Comparing two fields needs both, also to find them different.
    private func bothSidesArePresent(_ event: PlainEvent) -> Bool {
        guard modifiers.contains(.fieldref) else { return true }
        let others = values.joined().map { test -> String? in
            if case .reference(let name, _, _) = test { name } else { nil }
        }
        return ([field] + others).allSatisfy { name in event.values(of: name).contains(where: \.isScalar) }
    }

    private func holds(_ test: PlainTest, _ event: PlainEvent) -> Bool {
        let found = event.values(of: field)
        switch test {
        case .never: return false
        case .exists(let wanted): return found.isEmpty != wanted
        case .null: return found.isEmpty || found.contains { $0.kind == .null }
        case .reference(let name, let anchoring, let cased):
            return found.contains { value in
                event.values(of: name).contains { other in
                    PlainItem.holds(value, other, anchoring, cased: cased)
                }
            }
        case .pattern(let pattern, _) where pattern.isPresence: return found.contains { $0.kind != .null }
        default: return found.contains { $0.isScalar && PlainItem.holds(test, $0) }
        }
    }

    private static func holds(_ test: PlainTest, _ value: PlainValue) -> Bool {
        switch test {
        case .pattern(let pattern, let cased): return pattern.matches(cased ? value.characters : value.folded)
        case .number(let wanted):
            if value.kind == .string { return value.bytes == Array(wanted.text.utf8) }
            return value.isNumber && PlainNumber(value)?.compare(.equal, wanted) ?? false
        case .boolean(let wanted):
            return value.kind != .integer && value.kind != .float
                && PlainPattern(literal: Array("\(wanted)".utf8)).matches(value.folded)
        case .regex(let regex): return regex.matches(value.characters)
        case .network(let network):
            guard let text = String(validating: value.bytes, as: UTF8.self) else { return false }
            return network.contains(text)
        case .compare(let comparison, let wanted, let part):
            let number = part.map { part in part.read(value.bytes).map { PlainNumber.integer($0) } }
            return (number ?? PlainNumber(value))?.compare(comparison, wanted) ?? false
        case .never, .null, .exists, .reference: return false
        }
    }

    private static func holds(_ value: PlainValue, _ other: PlainValue, _ anchoring: PlainTest.Anchoring, cased: Bool)
        -> Bool
    {
        guard value.isScalar, other.isScalar else { return false }
        let (text, wanted) = cased ? (value.characters, other.characters) : (value.folded, other.folded)
        switch anchoring {
        case .whole:
            if value.isNumber, other.isNumber, let a = PlainNumber(value), let b = PlainNumber(other) {
                return a.compare(.equal, b)
            }
            return text == wanted
        case .start: return text.starts(with: wanted)
        case .end: return text.reversed().starts(with: wanted.reversed())
        case .anywhere: return (0...text.count).contains { text[$0...].starts(with: wanted) }
        }
    }
}
