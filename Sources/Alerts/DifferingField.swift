// SPDX-License-Identifier: Apache-2.0

/// A field that made the rule match, whose values differ among the alert's events.
public struct DifferingField: Hashable, Sendable {
    /// The field's name; `entity` where alerts fold by rule alone.
    public var field: String
    /// The first few values, in the order they were seen.
    public var values: [Value]
    /// How many events had other values than these.
    public var more: Int

    /// The most fields of an alert that are looked at.
    public static let most = 8
    /// The most values of a field that are told apart; events with others are counted.
    public static let mostValues = 8
    /// The longest value kept, in bytes.
    public static let longestValue = 1024
    /// What stands for the entity among the fields.
    public static let entity = "entity"

    /// One of the values the field had, and in how many findings.
    public struct Value: Hashable, Sendable {
        /// The value as text, of a field with several values all of them; nil where the event does not have the field.
        public var value: String?
        /// How many events had it.
        public var count: Int

        /// Describes a value.
        public init(value: String?, count: Int) {
            self.value = value
            self.count = count
        }
    }

    /// Describes a field.
    public init(field: String, values: [Value], more: Int = 0) {
        self.field = field
        self.values = values
        self.more = more
    }
}

extension DifferingField: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["field": .string(field), "values": .array(values.map(\.json)), "more": .integer(Int64(more))]
    }
}

extension DifferingField.Value: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue { ["value": .text(value), "count": .integer(Int64(count))] }
}
