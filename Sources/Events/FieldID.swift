// SPDX-License-Identifier: Apache-2.0

/// A field name as a small number: an index into the `Vocabulary` that interned it.
///
/// Catalogued fields have constants (`FieldID.commandLine`) that are the same in every vocabulary.
public struct FieldID: Hashable, Sendable, Comparable, BitwiseCopyable {
    /// Position of the name in its vocabulary.
    public let rawValue: UInt32

    /// Wraps a position.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Stands for every field whose name came after the vocabulary was full; its values still count for keywords.
    public static let overflow = FieldID(rawValue: .max)

    /// Orders by position.
    public static func < (a: FieldID, b: FieldID) -> Bool { a.rawValue < b.rawValue }
}

/// The catalogue of documented fields; its data is generated.
public enum FieldCatalogue {}
