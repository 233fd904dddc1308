// SPDX-License-Identifier: Apache-2.0

/// Names with one or more values each, in order.
///
/// In JSON an object; a name with one value holds it, a name with several holds a list.
public struct NamedValues: Hashable, Sendable, JSONRepresentable, Decodable {
    /// A name and its values.
    public struct Entry: Hashable, Sendable {
        /// The name, as rules spell it.
        public var name: String
        /// The values in the order they were recorded; never empty.
        public var values: [JSONValue]

        /// Puts an entry together.
        public init(name: String, values: [JSONValue]) {
            self.name = name
            self.values = values
        }
    }

    /// The names in order.
    public var entries: [Entry] = []

    /// No names.
    public init() {}

    /// Names with one text each.
    public init(_ pairs: [(name: String, value: String)]) {
        entries = pairs.map { Entry(name: $0.name, values: [.string($0.value)]) }
    }

    /// The values of a name; empty when it is not here.
    public subscript(_ name: String) -> [JSONValue] { entries.first { $0.name == name }?.values ?? [] }

    /// The first value of a name as text; nil when it is not here or null.
    public func text(_ name: String) -> String? { self[name].first?.scalarText }

    /// The object.
    public var json: JSONValue {
        .object(entries.map { .init($0.name, $0.values.count == 1 ? $0.values[0] : .array($0.values)) })
    }

    /// Reads the object; entries come sorted by name, because decoders do not tell the order of keys.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: DynamicKey.self)
        for key in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            let value = try container.decode(JSONValue.self, forKey: key)
            let values = if case .array(let list) = value { list } else { [value] }
            entries.append(Entry(name: key.stringValue, values: values))
        }
    }
}
