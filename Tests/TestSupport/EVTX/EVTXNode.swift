// SPDX-License-Identifier: Apache-2.0

/// A piece of binary XML, for making event logs in tests.
public indirect enum EVTXNode: Sendable {
    /// An element; without content its tag closes itself.
    case element(String, [EVTXAttribute] = [], [EVTXNode]? = [])
    /// Text that stands in the template.
    case text(String)
    /// A value of the record, by its place and the type that is announced.
    case value(Int, UInt8 = 1, isOptional: Bool = false)
    case cdata(String)
    case character(UInt16)
    case entity(String)
    case instruction(String, String)
    /// Bytes as they are.
    case raw([UInt8])

    /// `<Data Name="…">…</Data>`.
    public static func data(_ name: String, _ content: EVTXNode...) -> EVTXNode {
        .element("Data", [EVTXAttribute("Name", .text(name))], content)
    }
}

/// An attribute with the pieces of its value.
public struct EVTXAttribute: Sendable {
    var name: String
    var content: [EVTXNode]

    /// Names an attribute.
    public init(_ name: String, _ content: EVTXNode...) {
        self.name = name
        self.content = content
    }
}

/// A value a record brings.
public enum EVTXValue: Sendable {
    /// A type and its bytes.
    case bytes(UInt8, [UInt8])
    /// A template of its own, with its values.
    case template(EVTXNode, [EVTXValue])
    /// Elements without a template.
    case elements(EVTXNode)

    /// Nothing.
    public static let null = EVTXValue.bytes(0, [])

    /// A text.
    public static func text(_ text: String) -> EVTXValue { .bytes(1, text.utf16.flatMap { bytes($0) }) }

    /// A number of a type.
    public static func number(_ type: UInt8, _ value: some FixedWidthInteger) -> EVTXValue {
        .bytes(type, bytes(value))
    }

    /// A number's bytes, the lowest first.
    public static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
