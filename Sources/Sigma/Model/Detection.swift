// SPDX-License-Identifier: Apache-2.0

/// The searches of a rule and the condition over them.
public struct Detection: Sendable, Hashable {
    /// Search identifiers in the order they are written, with what they hold.
    public var searches: [NamedSearch]
    /// The conditions; a list of several is joined by OR.
    public var conditions: [Condition]

    /// Puts a detection together.
    public init(searches: [NamedSearch], conditions: [Condition]) {
        self.searches = searches
        self.conditions = conditions
    }
}

/// A search under its identifier.
public struct NamedSearch: Sendable, Hashable {
    /// The identifier conditions use.
    public var name: String
    /// What is searched.
    public var search: Search
    /// Where the identifier stands.
    public var location: SourceLocation

    /// Names a search.
    public init(name: String, search: Search, location: SourceLocation) {
        self.name = name
        self.search = search
        self.location = location
    }
}

/// What a search identifier holds.
public indirect enum Search: Sendable, Hashable {
    /// A map: every item must hold. An empty map holds for every event.
    case all([Search])
    /// A list of maps: one must hold.
    case any([Search])
    /// `field|modifiers: values`, or keywords when there is no field.
    case item(DetectionItem)
}

/// One line of a search: a field (none for keywords), modifiers, values.
public struct DetectionItem: Sendable, Hashable {
    /// The field; nil for keywords, which are looked for in every value of the event.
    public var field: String?
    /// Modifiers in the order they are written.
    public var modifiers: [Modifier]
    /// The values as written.
    ///
    /// An empty list never holds (or always, under `all`).
    public var values: [Value]
    /// Where the item stands.
    public var location: SourceLocation

    /// Puts an item together.
    public init(field: String?, modifiers: [Modifier] = [], values: [Value], location: SourceLocation) {
        self.field = field
        self.modifiers = modifiers
        self.values = values
        self.location = location
    }
}

/// A value of a detection item, resolved by YAML 1.2's core schema and otherwise as written.
public enum Value: Sendable, Hashable {
    /// Text; wildcards and backslashes still stand in it.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// Another number.
    case float(Double)
    /// true or false.
    case boolean(Bool)
    /// `null`, `~` or nothing.
    case null
    /// Pieces to be matched literally (wildcards as such): what a pipeline made of a value.
    case pattern(StringPattern)
}

/// A modifier of a detection item (Sigma specification 2.1, appendix "Modifiers").
public enum Modifier: String, Sendable, Hashable, CaseIterable {
    case all, contains, startswith, endswith, exists, cased, neq
    case windash, re, i, m, s, base64, base64offset, wide, utf16le, utf16be, utf16
    case lt, lte, gt, gte
    case minute, hour, day, week, month, year
    case cidr, expand, fieldref
    case ignorecase, multiline, dotall
}
