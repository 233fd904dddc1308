// SPDX-License-Identifier: Apache-2.0
import Events

/// The names rules know a shape's fields by, found by the fields' numbers; worked out the first time a field is met.
struct FieldNames {
    private static let unasked = FieldID(rawValue: .max - 3)

    private let names: [String: String]
    private let vocabulary: Vocabulary
    private var table: [FieldID] = []

    /// Prepares a table of rules' names by native names.
    init(_ names: [String: String], _ vocabulary: Vocabulary) {
        self.names = names
        self.vocabulary = vocabulary
    }

    /// The field rules know `field` by; `FieldTraits.none` when they know it by no other.
    @inline(__always)
    subscript(field: FieldID) -> FieldID {
        mutating get {
            let index = Int(field.rawValue)
            if index < table.count, table[index] != Self.unasked { return table[index] }
            return learn(field)
        }
    }

    private mutating func learn(_ field: FieldID) -> FieldID {
        guard field != .overflow, field != FieldCache.root else { return FieldTraits.none }
        let found = names[vocabulary.name(of: field)].map { vocabulary.field($0) } ?? FieldTraits.none
        let index = Int(field.rawValue)
        if index >= table.count {
            table.append(contentsOf: repeatElement(Self.unasked, count: index + 1 - table.count))
        }
        table[index] = found
        return found
    }
}
