// SPDX-License-Identifier: Apache-2.0

/// A type with one JSON form, defined in one place; its `Encodable` conformance follows from it.
public protocol JSONRepresentable: Encodable {
    /// The JSON form.
    var json: JSONValue { get }
}

extension JSONRepresentable {
    /// Encodes the JSON form.
    ///
    /// Encoders that do not keep the order of keys may reorder it; `JSONValue.text` does not.
    public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}

/// A key that is only known at run time.
struct DynamicKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension JSONValue: Codable {
    /// The deepest nesting that is decoded; alerts nest four deep, the rest is a hostile file.
    private static let deepest = 64

    /// Reads any JSON value.
    ///
    /// Decoders do not tell the order of keys, so members come sorted by key.
    public init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count <= Self.deepest else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "nested deeper than \(Self.deepest)"))
        }
        if let container = try? decoder.container(keyedBy: DynamicKey.self) {
            self = .object(
                try container.allKeys.sorted { $0.stringValue < $1.stringValue }
                    .map { Member($0.stringValue, try container.decode(JSONValue.self, forKey: $0)) })
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var list: [JSONValue] = []
            while !container.isAtEnd { list.append(try container.decode(JSONValue.self)) }
            self = .array(list)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: DynamicKey.self)
            for member in members { try container.encode(member.value, forKey: DynamicKey(stringValue: member.key)) }
        case .array(let list):
            var container = encoder.unkeyedContainer()
            for value in list { try container.encode(value) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean(let flag):
            var container = encoder.singleValueContainer()
            try container.encode(flag)
        case .integer(let number):
            var container = encoder.singleValueContainer()
            try container.encode(number)
        case .number(let number):
            var container = encoder.singleValueContainer()
            try number.isFinite ? container.encode(number) : container.encodeNil()
        case .string(let text):
            var container = encoder.singleValueContainer()
            try container.encode(text)
        }
    }
}
