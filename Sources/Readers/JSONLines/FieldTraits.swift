// SPDX-License-Identifier: Apache-2.0
import Events

/// What the readers know of a field by its name alone.
struct FieldTraits {
    /// Stands for no field.
    static let none = FieldID(rawValue: .max - 2)

    /// The name rules know the field by, when it is another.
    var alias = Self.none
    /// `KnownField`'s raw value plus one; 0 for any other field.
    var known: UInt16 = 0
    /// Bit of `LogSourceHints` plus one; 0 for any other field.
    var hint: UInt8 = 0
    /// Whether the alias stands in for the field instead of beside it.
    var isReplaced = false
    /// Whether its values are `NAME=secret`, of which only the name may be kept.
    var isSecret = false
    /// Whether it describes a container or pod in ECS's words.
    var isOfContainer = false
    /// Whether the rest was worked out yet.
    var isKnown = false

    /// The known field it is, if any.
    var knownField: KnownField? { known == 0 ? nil : KnownField(rawValue: known - 1) }
}

/// Traits by field id, worked out the first time a field is met.
struct FieldTraitsTable {
    private var table: [FieldTraits] = []
    private let vocabulary: Vocabulary

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The traits of a field.
    @inline(__always)
    subscript(field: FieldID) -> FieldTraits {
        mutating get {
            let index = Int(field.rawValue)
            if index < table.count, table[index].isKnown { return table[index] }
            return learn(field)
        }
    }

    private mutating func learn(_ field: FieldID) -> FieldTraits {
        guard field != .overflow, field != FieldCache.root else { return FieldTraits() }
        let name = vocabulary.name(of: field)
        var traits = FieldTraits()
        traits.isKnown = true
        if let alias = FieldNaming.alias(of: name) {
            traits.alias = vocabulary.field(alias.name)
            traits.isReplaced = alias.replaces && traits.alias != .overflow
            if traits.alias == .overflow { traits.alias = FieldTraits.none }
            // The alias is what shapes look for; the native name counts only where no shape knows the alias.
            traits.known = (KnownField.byName[alias.name] ?? KnownField.byName[name]).map { $0.rawValue + 1 } ?? 0
        } else {
            traits.known = KnownField.byName[name].map { $0.rawValue + 1 } ?? 0
        }
        traits.hint = LogSourceHints.bit[name].map { $0 + 1 } ?? 0
        traits.isOfContainer = name.hasPrefix("container.") || name.hasPrefix("orchestrator.")
        traits.isSecret = FieldNaming.holdsSecrets(name)
        let index = Int(field.rawValue)
        if index >= table.count {
            table.append(contentsOf: repeatElement(FieldTraits(), count: index + 1 - table.count))
        }
        table[index] = traits
        return traits
    }
}
